package dev.countersign.call;

import dev.countersign.action.Challenge;
import dev.countersign.action.UserAction;
import dev.countersign.credential.Credential;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** A frozen call of the real engine that has no challenge, or had one in another process. */
final class Resumed<T> implements FrozenCall<T> {

  private final CallEngine engine;
  private final Operation<T> operation;
  private final UserAction action;
  private final Duration deadline;

  Resumed(CallEngine engine, Operation<T> operation, UserAction action, Duration deadline) {
    this.engine = engine;
    this.operation = operation;
    this.action = action;
    this.deadline = deadline;
  }

  @Override
  public UserAction action() {
    return action;
  }

  @Override
  public String freeze() {
    return FrozenText.write(action, engine.codec());
  }

  @Override
  public DelegatedCall<T> begin() {
    RunLoop loop = new RunLoop();
    Flight<T> flight = flight(loop);
    Credential credential = engine.credentials().current();
    Challenge challenge = loop.await(flight.begin(credential), flight::interrupted);
    return begun(credential, challenge);
  }

  @Override
  public CompletableFuture<DelegatedCall<T>> beginAsync() {
    Flight<T> flight = flight(engine.executor());
    return flight.cancellable(
        () -> {
          Credential credential = engine.credentials().current();
          return flight.challenge(credential).thenApply(challenge -> begun(credential, challenge));
        });
  }

  @Override
  public T complete(String signedChallenge) {
    SignedChallenge signed = SignedChallenge.parse(signedChallenge, engine.codec());
    return complete(engine.credentials().current(), signed);
  }

  @Override
  public CompletableFuture<T> completeAsync(String signedChallenge) {
    SignedChallenge signed = SignedChallenge.parse(signedChallenge, engine.codec());
    return completeAsync(engine.credentials().current(), signed);
  }

  @Override
  public T execute() {
    return new PreparedCall<>(engine, operation, action, deadline).execute();
  }

  @Override
  public CompletableFuture<T> executeAsync() {
    return new PreparedCall<>(engine, operation, action, deadline).executeAsync();
  }

  T execute(Credential credential, Challenge challenge) {
    RunLoop loop = new RunLoop();
    Flight<T> flight = flight(loop);
    return loop.await(flight.complete(credential, challenge), flight::interrupted);
  }

  CompletableFuture<T> executeAsync(Credential credential, Challenge challenge) {
    return flight(engine.executor()).complete(credential, challenge);
  }

  @Override
  public Resumed<T> within(Duration deadline) {
    return new Resumed<>(engine, operation, action, Deadline.requirePositive(deadline));
  }

  T complete(Credential credential, SignedChallenge signed) {
    RunLoop loop = new RunLoop();
    Flight<T> flight = flight(loop);
    return loop.await(flight.complete(credential, signed), flight::interrupted);
  }

  CompletableFuture<T> completeAsync(Credential credential, SignedChallenge signed) {
    return flight(engine.executor()).complete(credential, signed);
  }

  private DelegatedCall<T> begun(Credential credential, Challenge challenge) {
    return new Begun<>(this, credential, challenge, engine.codec());
  }

  private Flight<T> flight(Executor executor) {
    return new Flight<>(engine, operation, action, deadline, executor);
  }

  @Override
  public String toString() {
    return "frozen " + action;
  }
}
