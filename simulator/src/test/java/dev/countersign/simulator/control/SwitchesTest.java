package dev.countersign.simulator.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countersign.simulator.control.Switches.NewServiceAccount;
import dev.countersign.simulator.control.Switches.Refusal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Switches keep what they were set to, and refuse what makes no sense. */
final class SwitchesTest {

  @Test
  void aCopyChangesOneAndKeepsTheOthers() {
    Switches first = Switches.defaults().toBuilder().refusedVoteStatus(422).build();

    Switches second =
        first.toBuilder().newServiceAccount(NewServiceAccount.INHERITS_FROM_CREATOR).build();

    assertThat(second.refusedVoteStatus()).isEqualTo(422);
    assertThat(first.newServiceAccount()).isEqualTo(NewServiceAccount.HAS_NO_PERMISSIONS);
    assertThat(Switches.defaults().refusedVoteStatus()).isEqualTo(403);
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    Switches.Builder builder = Switches.defaults().toBuilder();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.refusedVoteStatus(200))
        .withMessageContaining("400 to 499");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.refusalOrder(List.of(Refusal.PERMISSION)));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.executing(Duration.ZERO));
  }
}
