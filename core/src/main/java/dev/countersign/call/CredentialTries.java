package dev.countersign.call;

import dev.countersign.credential.Credential;
import dev.countersign.credential.CredentialUse;
import dev.countersign.error.DfnsException;
import dev.countersign.error.RequestRejectedException;
import dev.countersign.error.SigningException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * One call's use of a credential over all its attempts. The part of an attempt that has no effect
 * is made with the credential in use, and once more with another one where the source gives one
 * after a refusal; later attempts go on with that. Tells the source how each fared.
 */
final class CredentialTries {

  private static final int BAD_REQUEST = 400;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;

  private final AtomicReference<CredentialUse> use;

  /** With what the call begins; ended here. */
  CredentialTries(CredentialUse use) {
    this.use = new AtomicReference<>(use);
  }

  /** The use ends when the call has. */
  <R> CompletableFuture<R> until(CompletableFuture<R> call) {
    return call.whenComplete((value, error) -> use.get().ended());
  }

  /**
   * The part of one attempt that has no effect.
   *
   * @param sign asks and signs: Dfns refuses the credential here with 401 alone, as anything else
   *     is about the request
   * @param redeem redeems what was signed: here it refuses the signature, with 400, 401 or 403
   */
  <S, P> CompletableFuture<P> attempt(
      Function<Credential, CompletableFuture<S>> sign,
      BiFunction<Credential, S, CompletableFuture<P>> redeem) {
    AtomicBoolean redeeming = new AtomicBoolean();
    CompletableFuture<P> made;
    try {
      Credential credential = use.get().credential();
      made =
          sign.apply(credential)
              .thenCompose(
                  signed -> {
                    redeeming.set(true);
                    return redeem.apply(credential, signed);
                  });
    } catch (RuntimeException e) {
      made = CompletableFuture.failedFuture(e);
    }
    return made.thenApply(this::accepted)
        .exceptionallyCompose(
            error ->
                refused(Failures.unwrap(error), redeeming.get())
                    ? attempt(sign, redeem)
                    : CompletableFuture.failedFuture(Failures.unwrap(error)));
  }

  private <P> P accepted(P value) {
    use.get().accepted();
    return value;
  }

  /** Whether the credential was refused and there is another one to go on with. */
  private boolean refused(Throwable failure, boolean redeeming) {
    if (!(failure instanceof DfnsException why) || !isOfTheCredential(why, redeeming)) {
      return false;
    }
    CredentialUse before = use.get();
    Optional<CredentialUse> another = before.refused(why);
    if (another.isPresent()) {
      use.set(another.get());
      before.ended();
    }
    return another.isPresent();
  }

  /** A caller who was interrupted while the key signed says nothing against the key. */
  private static boolean isOfTheCredential(DfnsException why, boolean redeeming) {
    if (why instanceof RequestRejectedException refusal) {
      int status = refusal.status();
      return status == UNAUTHORIZED
          || (redeeming && (status == BAD_REQUEST || status == FORBIDDEN));
    }
    return why instanceof SigningException && !Thread.currentThread().isInterrupted();
  }
}
