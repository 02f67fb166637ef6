package dev.countersign.simulator.check;

import dev.countersign.simulator.auth.UserActions;
import dev.countersign.simulator.call.Answer;
import dev.countersign.simulator.call.Call;
import java.util.Optional;

/** Whether a valid user action came with the call; it is spent by that, whatever follows. */
final class UserActionCheck implements Check {

  @Override
  public Optional<Answer> refusal(Call call) {
    return call.operation().userAction() ? UserActions.redeem(call) : Optional.empty();
  }
}
