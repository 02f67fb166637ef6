package dev.countersign.call;

import dev.countersign.credential.Credential;
import dev.countersign.credential.CredentialUse;
import dev.countersign.error.DfnsException;
import dev.countersign.error.RequestRejectedException;
import dev.countersign.error.SigningException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Makes the part of a call that has no effect with the credential in use, and once more with
 * another one where the source gives one after a refusal; tells the source how each fared.
 *
 * @param <S> what is there to be redeemed
 * @param <P> what that part gives
 */
final class CredentialTries<S, P> {

  private static final int BAD_REQUEST = 400;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;

  private final Function<Credential, CompletableFuture<S>> sign;
  private final BiFunction<Credential, S, CompletableFuture<P>> redeem;

  /**
   * The two steps of the part without effect.
   *
   * @param sign asks and signs: Dfns refuses the credential here with 401 alone, as anything else
   *     is about the request
   * @param redeem redeems what was signed: here it refuses the signature, with 400, 401 or 403
   */
  CredentialTries(
      Function<Credential, CompletableFuture<S>> sign,
      BiFunction<Credential, S, CompletableFuture<P>> redeem) {
    this.sign = sign;
    this.redeem = redeem;
  }

  /** The whole call. */
  <R> CompletableFuture<R> then(
      CredentialUse use, BiFunction<Credential, P, CompletableFuture<R>> effect) {
    return attempt(use)
        .thenCompose(
            made -> {
              CompletableFuture<R> result;
              try {
                result = effect.apply(made.use.credential(), made.value);
              } catch (RuntimeException e) {
                result = CompletableFuture.failedFuture(e);
              }
              return result.whenComplete((value, error) -> made.use.ended());
            });
  }

  private CompletableFuture<Made<P>> attempt(CredentialUse use) {
    AtomicBoolean redeeming = new AtomicBoolean();
    CompletableFuture<P> made;
    try {
      Credential credential = use.credential();
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
    return made.thenApply(value -> accepted(use, value))
        .exceptionallyCompose(error -> failed(use, error, redeeming.get()));
  }

  private Made<P> accepted(CredentialUse use, P value) {
    use.accepted();
    return new Made<>(use, value);
  }

  private CompletableFuture<Made<P>> failed(CredentialUse use, Throwable error, boolean redeeming) {
    Throwable failure = Failures.unwrap(error);
    Optional<CredentialUse> another = Optional.empty();
    try {
      if (failure instanceof DfnsException why && isOfTheCredential(why, redeeming)) {
        another = use.refused(why);
      }
    } finally {
      use.ended();
    }
    return another.map(this::attempt).orElseGet(() -> CompletableFuture.failedFuture(failure));
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

  /** What the part without effect gave, and the use of the credential it was made with. */
  private static final class Made<P> {
    private final CredentialUse use;
    private final P value;

    Made(CredentialUse use, P value) {
      this.use = use;
      this.value = value;
    }
  }
}
