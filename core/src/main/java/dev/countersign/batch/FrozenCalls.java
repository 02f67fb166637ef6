package dev.countersign.batch;

import dev.countersign.call.FrozenCall;
import dev.countersign.call.Operation;

/** Where frozen calls go on: {@code dfns::resume}. */
@FunctionalInterface
public interface FrozenCalls {

  /** A call that was frozen, see {@link dev.countersign.call.Calls#resume}. */
  <T> FrozenCall<T> resume(Operation<T> operation, String frozen);
}
