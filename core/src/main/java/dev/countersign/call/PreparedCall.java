package dev.countersign.call;

import dev.countersign.action.Assertion;
import dev.countersign.action.Challenge;
import dev.countersign.action.UserAction;
import dev.countersign.credential.Credential;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A call of the real engine: a frozen request that is not yet on its way. */
final class PreparedCall<T> implements Call<T> {

  private final CallEngine engine;
  private final Operation<T> operation;
  private final UserAction action;
  private final Duration deadline;

  PreparedCall(CallEngine engine, Operation<T> operation, UserAction action, Duration deadline) {
    this.engine = engine;
    this.operation = operation;
    this.action = action;
    this.deadline = deadline;
  }

  @Override
  public T execute() {
    RunLoop loop = new RunLoop();
    Flight<T> flight = new Flight<>(engine, operation, action, deadline, loop);
    return loop.await(flight.run(), flight::interrupted);
  }

  @Override
  public CompletableFuture<T> executeAsync() {
    return new Flight<>(engine, operation, action, deadline, engine.executor()).run();
  }

  @Override
  public DelegatedCall<T> begin() {
    if (operation.security() != Operation.Security.USER_ACTION) {
      throw new IllegalStateException(operation.name() + " needs no user action; execute it");
    }
    RunLoop loop = new RunLoop();
    Flight<T> flight = new Flight<>(engine, operation, action, deadline, loop);
    Credential credential = engine.credentials().current();
    Challenge challenge = loop.await(flight.begin(credential), flight::interrupted);
    return new Begun(credential, challenge);
  }

  @Override
  public Call<T> within(Duration deadline) {
    return new PreparedCall<>(engine, operation, action, Deadline.requirePositive(deadline));
  }

  @Override
  public String toString() {
    return "prepared " + action;
  }

  /** The same call once its challenge is there. */
  private final class Begun implements DelegatedCall<T> {
    private final Credential credential;
    private final Challenge challenge;

    Begun(Credential credential, Challenge challenge) {
      this.credential = credential;
      this.challenge = challenge;
    }

    @Override
    public UserAction action() {
      return action;
    }

    @Override
    public Challenge challenge() {
      return challenge;
    }

    @Override
    public T complete(Assertion assertion) {
      RunLoop loop = new RunLoop();
      Flight<T> flight = new Flight<>(engine, operation, action, deadline, loop);
      return loop.await(flight.complete(credential, challenge, assertion), flight::interrupted);
    }

    @Override
    public CompletableFuture<T> completeAsync(Assertion assertion) {
      return new Flight<>(engine, operation, action, deadline, engine.executor())
          .complete(credential, challenge, assertion);
    }

    @Override
    public String toString() {
      return "begun " + action;
    }
  }
}
