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
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * One run of a call: attempts of up to three exchanges each, one after the other.
 *
 * <p>An exchange is either <em>idle</em> (it can have no effect: a read, asking for a challenge,
 * redeeming it) or the one that <em>takes effect</em>. Every failure is judged by which of the two
 * it was. What may be tried again starts over with a challenge of its own: a challenge is redeemed
 * once, and a user action is sent once.
 */
final class Flight<T> {

  /** What a signed call sends if it goes well: asking, redeeming, and the call itself. */
  private static final int ALL_EXCHANGES = 3;

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
  private final Attempts attempts;

  /** What must not be repeated from an answer of Dfns. */
  private final List<String> secrets = new CopyOnWriteArrayList<>();

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
    this.deadline = Deadline.in(time, engine.timer());
    this.executor = executor;
    this.failures = new Failures(operation, action, engine.codec(), engine.clock());
    this.journey = new Journey(operation, action, engine.clock(), engine.timer(), secrets);
    this.attempts = new Attempts(engine, deadline, executor, failures, journey);
  }

  /** The whole call. */
  CompletableFuture<T> run() {
    return cancellable(
        () ->
            switch (operation.security()) {
              case NONE -> attempts.repeated(1, () -> send(Pass.none(action)));
              case TOKEN -> {
                CredentialTries tries = tries(CredentialUse.Purpose.TOKEN);
                yield tries.until(
                    attempts.repeated(
                        1,
                        () ->
                            tries.attempt(
                                credential -> send(Pass.token(action, credential)),
                                (credential, answer) ->
                                    CompletableFuture.completedFuture(answer))));
              }
              case USER_ACTION -> {
                CredentialTries tries = tries(CredentialUse.Purpose.SIGNATURE);
                yield tries.until(
                    attempts.repeated(
                        ALL_EXCHANGES,
                        () ->
                            tries
                                .attempt(
                                    credential -> signed(action, credential),
                                    (credential, signed) -> redeem(action, credential, signed))
                                .thenCompose(this::send)));
              }
            });
  }

  /** The call up to its challenge. */
  CompletableFuture<Challenge> begin(Credential credential) {
    return cancellable(() -> challenge(credential));
  }

  /** The challenge for the request, within what is {@link #cancellable}. */
  CompletableFuture<Challenge> challenge(Credential credential) {
    return attempts.repeated(1, () -> ask(action, credential));
  }

  /** The call from its signed challenge on. */
  CompletableFuture<T> complete(Credential credential, SignedChallenge signed) {
    return cancellable(
        () ->
            attempts.once(
                ALL_EXCHANGES - 1,
                () -> redeem(action, credential, signed).thenCompose(this::send)));
  }

  /** The call from its challenge on, which the caller's own key signs. */
  CompletableFuture<T> complete(Credential credential, Challenge challenge) {
    return cancellable(
        () -> {
          Credential.Key key = credential.key().orElseThrow(this::noSigner);
          return attempts.once(
              ALL_EXCHANGES - 1,
              () ->
                  redeem(action, credential, SignedChallenge.of(challenge, sign(challenge, key)))
                      .thenCompose(this::send));
        });
  }

  /** What to tell a caller who was interrupted, or cancelled the call. */
  DfnsException interrupted() {
    return failures.interrupted();
  }

  private CredentialTries tries(CredentialUse.Purpose purpose) {
    return new CredentialTries(engine.credentials().use(purpose));
  }

  /** A challenge and its signature. */
  private CompletableFuture<SignedChallenge> signed(UserAction action, Credential credential) {
    Credential.Key key = credential.key().orElseThrow(this::noSigner);
    return ask(action, credential)
        .thenApply(challenge -> SignedChallenge.of(challenge, sign(challenge, key)));
  }

  private Assertion sign(Challenge challenge, Credential.Key key) {
    if (attempts.isCancelled()) {
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

  private CompletableFuture<Challenge> ask(UserAction action, Credential credential) {
    Request.Builder request = post("/auth/action/init", credential, action.challengeRequest());
    return exchange(request, false)
        .thenApply(reply -> failures.read(CHALLENGE, "its challenge", reply));
  }

  private CompletableFuture<Pass> redeem(
      UserAction action, Credential credential, SignedChallenge signed) {
    secrets.add(signed.identifier().reveal());
    Request.Builder request = post("/auth/action", credential, signed.body());
    return exchange(request, false)
        .thenApply(reply -> failures.read(USER_ACTION, "its signature", reply))
        .thenApply(
            token -> {
              secrets.add(token.value().reveal());
              return Pass.signed(action, credential, token);
            });
  }

  private CompletableFuture<T> send(Pass pass) {
    UserAction action = pass.action();
    Request.Builder request =
        Request.of(
            operation.name(), action.method(), engine.resolve(action.path(), action.query()));
    if (pass.credential() != null) {
      authorize(request, pass.credential());
    }
    if (pass.token() != null) {
      request.header(UserActionToken.HEADER, pass.token().value().reveal());
    }
    if (action.body().isPresent()) {
      request.body(action.contentType().orElseThrow(), action.body().get());
    }
    return exchange(request, !operation.isRead())
        .thenApply(reply -> failures.answer(operation.answer(), reply));
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
    failures.sent(takesEffect);
    // asked after that: whoever cancels from here on is told that it may have been sent
    if (attempts.isCancelled()) {
      failures.noEffect();
      throw new CancellationException(operation.name() + " was cancelled before this exchange");
    }
    return attempts
        .underWay(sent(request.timeout(left).build()))
        .handleAsync(
            (reply, error) -> {
              if (error != null) {
                throw failures.broken(error, takesEffect);
              }
              journey.replied(reply);
              engine.heed(reply);
              return failures.checked(reply, takesEffect, secrets);
            },
            executor);
  }

  /** What the transport throws at once is about a request that it did not take. */
  private CompletableFuture<Reply> sent(Request request) {
    try {
      journey.sent();
      return engine.transport().send(request);
    } catch (RuntimeException e) {
      failures.noEffect();
      throw e;
    }
  }

  /** Runs steps on the executor such that cancelling what is returned cancels what is under way. */
  @SuppressWarnings("FutureReturnValueIgnored") // the result carries what becomes of the steps
  <R> CompletableFuture<R> cancellable(Supplier<CompletableFuture<R>> steps) {
    CompletableFuture<R> result = new CompletableFuture<>();
    CompletableFuture.completedFuture(null)
        .thenComposeAsync(nothing -> steps.get(), executor)
        .whenComplete(
            (value, error) -> {
              if (error == null) {
                engine.retryTokens().succeeded(journey.attempts());
                tell(() -> journey.done(value));
                result.complete(value);
              } else {
                Throwable failure = failures.verdict(Failures.unwrap(error));
                tell(() -> journey.failed(failure));
                result.completeExceptionally(failure);
              }
            });
    result.whenComplete(
        (value, error) -> {
          if (result.isCancelled()) {
            attempts.cancel();
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
