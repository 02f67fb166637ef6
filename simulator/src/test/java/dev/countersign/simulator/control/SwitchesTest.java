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
  void aCopyKeepsWhatPeopleHaveToDo() {
    Switches switches =
        Switches.defaults().toBuilder()
            .relyingPartyId("example.com")
            .relyingPartyName("Example")
            .userVerificationRequired(true)
            .secondFactorRequired(true)
            .temporaryTokenLifetime(Duration.ofSeconds(1))
            .endUserTokenLifetime(Duration.ofSeconds(2))
            .mailedCodeLifetime(Duration.ofSeconds(3))
            .build()
            .toBuilder()
            .build();

    assertThat(switches.relyingPartyId()).isEqualTo("example.com");
    assertThat(switches.relyingPartyName()).isEqualTo("Example");
    assertThat(switches.userVerificationRequired()).isTrue();
    assertThat(switches.secondFactorRequired()).isTrue();
    assertThat(switches.temporaryTokenLifetime()).isEqualTo(Duration.ofSeconds(1));
    assertThat(switches.endUserTokenLifetime()).isEqualTo(Duration.ofSeconds(2));
    assertThat(switches.mailedCodeLifetime()).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    SwitchesBuilder builder = Switches.defaults().toBuilder();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.refusedVoteStatus(200))
        .withMessageContaining("400 to 499");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.refusalOrder(List.of(Refusal.PERMISSION)));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.executing(Duration.ZERO));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.relyingPartyId("https://example.com"))
        .withMessageContaining("domain");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.temporaryTokenLifetime(Duration.ZERO));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.mailedCodeLifetime(Duration.ofSeconds(-1)));
  }
}
