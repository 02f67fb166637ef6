package dev.countersign.call;

/** Prepares calls: what the generated API stands on. {@link CallEngine} is the real one. */
@FunctionalInterface
public interface Calls {

  /** A call of an operation, ready to be run. Nothing is sent. */
  @CheckReturnValue
  <T> Call<T> prepare(Operation<T> operation, Arguments arguments);
}
