package dev.countersign.hsm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.error.SigningException;
import java.time.Clock;
import org.junit.jupiter.api.Test;

/** Which moves a circuit makes, and whose word counts. */
class CircuitTest {

  private final Circuit circuit = new Circuit(Clock.systemUTC());

  private void assertRefuses(String sentence) {
    assertThatThrownBy(circuit::requireUsable)
        .isInstanceOf(SigningException.class)
        .hasMessage(sentence);
    assertThat(circuit.health().healthy()).isFalse();
  }

  @Test
  void itOpensOnceUntilItIsClosed() {
    assertThat(circuit.open("gone")).isPositive();
    assertThat(circuit.open("still gone")).isZero();
    assertRefuses("still gone");
  }

  @Test
  void whoProbedAnEarlierOpeningHasNoSayInThisOne() {
    long first = circuit.open("gone");
    circuit.probed(first);
    circuit.requireUsable();
    long second = circuit.open("gone again");

    circuit.probed(first);
    circuit.stillOpen(first, "from before");

    assertRefuses("gone again");
    assertThat(circuit.isOpen(first)).isFalse();
    assertThat(circuit.isOpen(second)).isTrue();
  }

  @Test
  void aProbeThatFailedLateOpensNothing() {
    long opening = circuit.open("gone");
    circuit.probed(opening);

    circuit.stillOpen(opening, "late");

    circuit.requireUsable();
    assertThat(circuit.health().healthy()).isTrue();
  }

  @Test
  void aSignatureThatCameLateClosesNothing() {
    circuit.open("hangs");

    circuit.signed();

    assertRefuses("hangs");
  }

  @Test
  void whatIsLatchedStaysSoUntilItIsClosed() {
    long opening = circuit.open("gone");
    circuit.latch("the PIN is wrong");

    circuit.probed(opening);
    circuit.signed();
    assertThat(circuit.open("gone")).isZero();
    assertRefuses("the PIN is wrong");

    assertThat(circuit.close("closed")).isTrue();
    assertThat(circuit.close("closed")).isFalse();
    circuit.latch("late");
    assertRefuses("closed");
  }

  @Test
  void recoveringIsUsableAndNotHealthyUntilSomethingWasSigned() {
    circuit.recovering("a session was lost");
    circuit.requireUsable();
    assertThat(circuit.health().healthy()).isFalse();

    circuit.signed();

    assertThat(circuit.health().healthy()).isTrue();
    assertThat(circuit.health().lastError()).contains("a session was lost");
  }
}
