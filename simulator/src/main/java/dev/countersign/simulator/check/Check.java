package dev.countersign.simulator.check;

import dev.countersign.simulator.call.Answer;
import dev.countersign.simulator.call.Call;
import java.util.Optional;

/** Something a call has to pass. */
@FunctionalInterface
interface Check {

  /** The refusal, or nothing if the call passes. */
  Optional<Answer> refusal(Call call);
}
