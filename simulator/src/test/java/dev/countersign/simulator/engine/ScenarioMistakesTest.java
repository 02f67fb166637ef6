package dev.countersign.simulator.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.error.ConfigurationException;
import dev.countersign.simulator.Scenario;
import dev.countersign.simulator.Simulator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Mistakes in a scenario that must not pass as something else. */
final class ScenarioMistakesTest {

  private static final String POLICY =
      """
      name: x
      policies:
        - name: asks nobody
          activityKind: Wallets:Sign
          rule: {kind: AlwaysTrigger}
          action:
            kind: RequestApproval
            approvalGroups:
              - quorum: 1
                approvers: {userId: {in: [nobody]}}
          filters: {walletId: {in: [nowhere]}}
      """;

  private final Simulator simulator = Simulator.start();

  private void load(String text) {
    simulator.load(Scenario.parse("x.yaml", text));
  }

  @Test
  void aNameIsLookedForThoughNothingOfItsKindIsThere() {
    assertThatThrownBy(() -> load(POLICY))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "x.yaml:10: policies[0].action.approvalGroups[0].approvers.userId.in[0]: nothing here"
                + " has the name nobody\n"
                + "x.yaml:11: policies[0].filters.walletId.in[0]: nothing here has the name"
                + " nowhere");
    assertThat(simulator.organisations()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "clock: {at: +1000000000-12-31T23:59:59Z, frozen: true} | clock.at: The simulator's time is from 1970 to 9999, not +1000000000-12-31T23:59:59Z",
        "clock: {at: +1000000000-12-31T23:59:59Z} | clock.at: A clock of the simulator is not ahead by PT",
        "clock: {at: 1969-12-31T23:59:59Z, frozen: true} | clock.at: The simulator's time is from 1970 to 9999",
        "switches: {executing: P99999999999D} | switches.executing: A duration of the simulator is at most PT876000H, not PT2399999999976H",
        "seed: 99999999999999999999999 | seed: must have a maximum value of 9223372036854775807",
        "seed: -99999999999999999999999 | seed: must have a minimum value of -9223372036854775808",
        "prices: [{network: A B, asset: 'native:x', symbol: X, decimals: 1, usd: '1'}] | prices[0].network: does not match",
      })
  void whatTheSimulatorCannotHoldIsRefused(String line, String message) {
    assertThatThrownBy(() -> load("name: x\n" + line + "\n"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("x.yaml:2: " + message);
  }

  @Test
  void aFieldWhoseValueBeginsFurtherDownHasTheLineOfItsName() {
    assertThatThrownBy(() -> load("name: x\nclock:\n\n  - x\n"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("x.yaml:2: clock: array found, object expected");
  }

  @Test
  void aNameOfSeveralLinesIsSaidOnOne() {
    assertThatThrownBy(() -> load("name: x\nswitches: {some\n\nthing, balances: TRACKED}\n"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("x.yaml:2: switches.some thing: ")
        .hasMessageNotContaining("\n");
  }
}
