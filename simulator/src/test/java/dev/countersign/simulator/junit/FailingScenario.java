package dev.countersign.simulator.junit;

import dev.countersign.Dfns;
import dev.countersign.simulator.Identity;
import org.junit.jupiter.api.Test;

/** Tests whose scenario, or who is cast from it, does not fit. Run by another test. */
class FailingScenario {

  @Test
  @WithSimulator(scenario = "wrong.yaml")
  void isWrongAndAsksForNothing() {}

  @Test
  @WithSimulator(scenario = "nowhere.yaml")
  void isNowhere() {}

  @Test
  @WithSimulator(scenario = "payouts.yaml")
  void castsAStranger(@Named("backand") Dfns dfns) {}

  @Test
  @WithSimulator(scenario = "payouts.yaml")
  void signsForSomebodyWithAnotherKey(@Named("bob") Dfns dfns) {}

  @Test
  @WithSimulator(scenario = "payouts.yaml")
  void castsSomebodyAnew(@ServiceAccount("backend") Identity identity) {}

  @Test
  @WithSimulator
  void hasNone(@Named("backend") Identity identity) {}

  @WithSimulator(per = WithSimulator.Per.CLASS)
  static class OfClass {
    @Test
    @WithSimulator(scenario = "payouts.yaml")
    void hasOneOfItsOwn() {}
  }
}
