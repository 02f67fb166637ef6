package dev.countersign.call;

import dev.countersign.action.UserAction;
import java.time.Duration;
import java.util.Optional;
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
  public Optional<String> externalId() {
    return Optional.ofNullable(ExternalIds.of(action, engine.codec()));
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
    return frozen().begin();
  }

  @Override
  public CompletableFuture<DelegatedCall<T>> beginAsync() {
    return frozen().beginAsync();
  }

  @Override
  public String freeze() {
    return frozen().freeze();
  }

  private FrozenCall<T> frozen() {
    operation.requireUserAction();
    return new Resumed<>(engine, operation, action, deadline);
  }

  @Override
  public Call<T> within(Duration deadline) {
    return new PreparedCall<>(engine, operation, action, Deadline.requirePositive(deadline));
  }

  @Override
  public String toString() {
    return "prepared " + action;
  }
}
