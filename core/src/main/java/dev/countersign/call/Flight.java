package dev.countersign.call;

import dev.countersign.action.Assertion;
import dev.countersign.action.Challenge;
import dev.countersign.action.KeyAssertions;
import dev.countersign.action.UserAction;
import dev.countersign.action.UserActionToken;
import dev.countersign.credential.Credential;
import dev.countersign.credential.CredentialUse;
import dev.countersign.error.DfnsException;
import dev.countersign.error.ServiceUnavailableException;
import dev.countersign.error.SigningException;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonType;
import dev.countersign.transport.Reply;
import dev.countersign.transport.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One run of a call: up to three exchanges, one after the other.
 *
 * <p>An exchange is either <em>idle</em> (it can have no effect: a read, asking for a challenge,
 * redeeming it) or the one that <em>takes effect</em>. Every failure is judged by which of the two
 * it was.
 */
final class Flight<T> {

  private static final Answer<Challenge> CHALLENGE = Answer.json(JsonType.ofView(Challenge::of));
  private static final Answer<UserActionToken> USER_ACTION =
      Answer.json(JsonType.ofView(UserActionToken::of));

  private final CallEngine engine;
  private final Operation<T> operation;
  private final UserAction action;
  private final Deadline deadline;
  private final Executor executor;
  private final Failures failures;
  private final Journey journey;

  /** What must not be repeated from an answer of Dfns. */
  private final List<String> secrets = new ArrayList<>();

  private final AtomicReference<@Nullable CompletableFuture<Reply>> underWay =
      new AtomicReference<>();
  private final AtomicBoolean cancelled = new AtomicBoolean();
  private final AtomicBoolean inEffect = new AtomicBoolean();
  private final AtomicBoolean told = new AtomicBoolean();

  Flight(
      CallEngine engine,
      Operation<T> operation,
      UserAction action,
      Duration time,
      Executor executor) {
    this.engine = engine;
    this.operation = operation;
    this.action = action;
    this.deadline = Deadline.in(time);
    this.executor = executor;
    this.failures = new Failures(operation, action, engine.codec(), engine.clock());
    this.journey = new Journey(operation, action, engine.clock(), secrets);
  }

  /** The whole call. */
  CompletableFuture<T> run() {
    return cancellable(
        () -> {
          if (operation.security() == Operation.Security.NONE) {
            return send(null, null);
          }
          if (operation.security() == Operation.Security.TOKEN) {
            return new CredentialTries<T, T>(
                    credential -> send(credential, null),
                    (credential, answer) -> CompletableFuture.completedFuture(answer))
                .then(
                    engine.credentials().use(CredentialUse.Purpose.TOKEN),
                    (credential, answer) -> CompletableFuture.completedFuture(answer));
          }
          return new CredentialTries<>(this::sign, this::redeem)
              .then(engine.credentials().use(CredentialUse.Purpose.SIGNATURE), this::send);
        });
  }

  /** A challenge and its signature. */
  private CompletableFuture<SignedChallenge> sign(Credential credential) {
    Credential.Key key = credential.key().orElseThrow(this::noSigner);
    return ask(credential)
        .thenApply(challenge -> SignedChallenge.of(challenge, sign(challenge, key)));
  }

  /** The call up to its challenge. */
  CompletableFuture<Challenge> begin(Credential credential) {
    return cancellable(() -> ask(credential));
  }

  /** The call from its signed challenge on. */
  CompletableFuture<T> complete(Credential credential, SignedChallenge signed) {
    return cancellable(
        () -> redeem(credential, signed).thenCompose(token -> send(credential, token)));
  }

  /** What to tell a caller who was interrupted, or cancelled the call. */
  DfnsException interrupted() {
    return inEffect.get()
        ? failures.unknown("the caller stopped waiting for the answer", null)
        : new ServiceUnavailableException(
            operation.name() + " was given up before it could take effect", null);
  }

  private Assertion sign(Challenge challenge, Credential.Key key) {
    if (cancelled.get()) {
      throw new CancellationException(operation.name() + " was cancelled before it was signed");
    }
    Assertion assertion = new KeyAssertions(engine.codec()).sign(challenge, key);
    journey.signed(key.id());
    return assertion;
  }

  private SigningException noSigner() {
    return new SigningException(
        operation.name()
            + " must be signed and there is no key to sign it with; nothing was sent."
            + " Give the credential a signer (DFNS_SIGNER and DFNS_CRED_ID), or begin() the call and"
            + " have somebody else sign it");
  }

  /** The challenge for the request. */
  CompletableFuture<Challenge> ask(Credential credential) {
    Request.Builder request = post("/auth/action/init", credential, action.challengeRequest());
    return exchange(request, false)
        .thenApply(reply -> failures.read(CHALLENGE, "its challenge", reply));
  }

  private CompletableFuture<UserActionToken> redeem(Credential credential, SignedChallenge signed) {
    secrets.add(signed.identifier().reveal());
    Request.Builder request = post("/auth/action", credential, signed.body());
    return exchange(request, false)
        .thenApply(reply -> failures.read(USER_ACTION, "its signature", reply))
        .thenApply(
            token -> {
              secrets.add(token.value().reveal());
              return token;
            });
  }

  private CompletableFuture<T> send(
      @Nullable Credential credential, @Nullable UserActionToken token) {
    Request.Builder request =
        Request.of(
            operation.name(), action.method(), engine.resolve(action.path(), action.query()));
    if (credential != null) {
      authorize(request, credential);
    }
    if (token != null) {
      request.header(UserActionToken.HEADER, token.value().reveal());
    }
    if (action.body().isPresent()) {
      request.body(action.contentType().orElseThrow(), action.body().get());
    }
    return exchange(request, !operation.isRead())
        .thenApply(reply -> failures.read(operation.answer(), null, reply));
  }

  private Request.Builder post(String path, Credential credential, JsonObject body) {
    Request.Builder request = Request.of(operation.name(), "POST", engine.resolve(path, ""));
    authorize(request, credential);
    return request.body("application/json", engine.codec().write(body));
  }

  private void authorize(Request.Builder request, Credential credential) {
    String token = credential.token().reveal();
    secrets.add(token);
    request.header("Authorization", "Bearer " + token);
  }

  /** One exchange; what follows it runs on the executor. */
  private CompletableFuture<Reply> exchange(Request.Builder request, boolean takesEffect) {
    Duration left = deadline.left();
    if (left.isNegative() || left.isZero()) {
      throw new ServiceUnavailableException(
          operation.name() + " did not get to take effect within its deadline", null);
    }
    if (cancelled.get()) {
      throw new CancellationException(operation.name() + " was cancelled before this exchange");
    }
    if (takesEffect) {
      failures.sent();
    }
    inEffect.set(takesEffect);
    journey.sent();
    CompletableFuture<Reply> sent = engine.transport().send(request.timeout(left).build());
    underWay.set(sent);
    if (cancelled.get()) {
      sent.cancel(true);
    }
    return sent.handleAsync(
        (reply, error) -> {
          if (error != null) {
            throw failures.broken(error, takesEffect);
          }
          journey.replied(reply);
          return failures.checked(reply, takesEffect, secrets);
        },
        executor);
  }

  /**
   * Runs steps on the executor such that cancelling what is returned cancels the exchange under
   * way.
   */
  @SuppressWarnings("FutureReturnValueIgnored") // the result carries what becomes of the steps
  <R> CompletableFuture<R> cancellable(Supplier<CompletableFuture<R>> steps) {
    CompletableFuture<R> result = new CompletableFuture<>();
    CompletableFuture.completedFuture(null)
        .thenComposeAsync(nothing -> steps.get(), executor)
        .whenComplete(
            (value, error) -> {
              if (error == null) {
                tell(() -> journey.done(value));
                result.complete(value);
              } else {
                Throwable failure = Failures.unwrap(error);
                tell(() -> journey.failed(failure));
                result.completeExceptionally(failure);
              }
            });
    result.whenComplete(
        (value, error) -> {
          if (result.isCancelled()) {
            cancelled.set(true);
            CompletableFuture<Reply> current = underWay.get();
            if (current != null) {
              current.cancel(true);
            }
            tell(() -> journey.failed(interrupted()));
          }
        });
    return result;
  }

  private void tell(Supplier<CallReport> report) {
    if (told.compareAndSet(false, true)) {
      engine.tell(report);
    }
  }
}
