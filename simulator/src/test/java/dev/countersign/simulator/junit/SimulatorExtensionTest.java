package dev.countersign.simulator.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectNestedClass;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** The extension, seen by running tests that use it. */
class SimulatorExtensionTest {

  @Test
  void twoHundredTestsAtOnceDoNotSeeEachOther() {
    AtOnce.meeting();
    EngineExecutionResults results =
        EngineTestKit.engine("junit-jupiter")
            .configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
            .configurationParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
            .configurationParameter(
                "junit.jupiter.execution.parallel.config.fixed.parallelism",
                String.valueOf(AtOnce.TESTS))
            .selectors(selectClass(AtOnce.class))
            .execute();

    results.testEvents().assertStatistics(tests -> tests.succeeded(AtOnce.TESTS).failed(0));
  }

  @Test
  void aFailureCarriesWhatTheSimulatorDecided() {
    Throwable failure = failure("refusedAndSurprised");

    assertThat(failure.getSuppressed()).hasSize(1);
    assertThat(failure.getSuppressed()[0])
        .hasMessageContaining("what the simulator answered, and why:")
        .hasMessageContaining("403 POST /wallets");
    assertThat(text(failure)).doesNotContainPattern("eyJ[A-Za-z0-9_-]{10,}");
  }

  @Test
  void aRoleThatIsNotCastIsRefusedWithWhatToDo() {
    assertThat(failure("nobodyActs"))
        .hasMessageContaining("does not say who acts: annotate it with @ServiceAccount");
  }

  @Test
  void anActorIsNothingElse() {
    assertThat(failure("aStringActs")).hasMessageContaining("says who acts, so it is a Dfns");
  }

  @Test
  void whatDidNotHappenIsAnErrorThatSaysWhatDid() {
    assertThat(failure("transferredTooLittle"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("One transfer of 2 to 0x")
        .hasMessageContaining("Confirmed: 1 Native from wa-");
    assertThat(failure("transferredTwice")).hasMessageContaining("and there are xfr-");
    assertThat(failure("transferredAfterAll"))
        .hasMessageContaining("Nothing was to be transferred");
    assertThat(failure("notDenied")).hasMessageContaining("was to be Denied and is Pending");
    assertThat(failure("notRefusedForThat")).hasMessageContaining("the refusals are []");
    assertThat(failure("refusedSomething"))
        .hasMessageContaining("and this was: [403 POST /wallets");
  }

  @Test
  void identifiersAreTheSameInEachRun() {
    List<String> first = Failing.seen(() -> failure("tellsItsOrganisation"));

    assertThat(Failing.seen(() -> failure("tellsItsOrganisation"))).isEqualTo(first).hasSize(1);
  }

  @Test
  void aClassMayHaveOneOrganisation() {
    EngineTestKit.engine("junit-jupiter")
        .selectors(selectClass(OneForAll.class))
        .execute()
        .testEvents()
        .assertStatistics(tests -> tests.succeeded(2).failed(0));
  }

  @Test
  void aScenarioMakesTheOrganisationOfEachTest() {
    EngineTestKit.engine("junit-jupiter")
        .selectors(
            selectClass(FromScenario.class),
            selectNestedClass(List.of(FromScenario.class), FromScenario.Inside.class),
            selectClass(FromScenario.Absolute.class),
            selectClass(FromScenario.Once.class))
        .execute()
        .testEvents()
        .assertStatistics(tests -> tests.succeeded(7).failed(0));
    EngineTestKit.engine("junit-jupiter")
        .selectors(selectClass(FromScenario.Inherited.class))
        .execute()
        .testEvents()
        .assertStatistics(tests -> tests.succeeded(4).failed(0));
  }

  @Test
  void aScenarioThatIsAtFaultFailsTheTestWithItsLine() {
    assertThat(failure(FailingScenario.class, "isWrongAndAsksForNothing"))
        .hasMessageStartingWith("wrong.yaml:4: wallets[0].network: ")
        .hasMessageContaining("EthereumSepolia");
    assertThat(failure(FailingScenario.class, "isNowhere"))
        .hasMessageContaining("The scenario nowhere.yaml cannot be read");
    assertThat(failure(FailingScenario.OfClass.class, "hasOneOfItsOwn"))
        .hasMessageContaining("the class has the scenario and none of its methods");
  }

  @Test
  void whoIsCastFromAScenarioIsInIt() {
    assertThat(failure(FailingScenario.class, "castsAStranger"))
        .hasMessageContaining("nobody called backand; the nearest is backend");
    assertThat(failure(FailingScenario.class, "signsForSomebodyWithAnotherKey"))
        .hasMessageContaining("write key: generate into the scenario");
    assertThat(failure(FailingScenario.class, "castsSomebodyAnew"))
        .hasMessageContaining("annotate with @Named(\"backend\")");
    assertThat(failure(FailingScenario.class, "hasNone"))
        .hasMessageContaining("@WithSimulator names no scenario that could describe backend");
  }

  private static Throwable failure(String method) {
    return failure(Failing.class, method);
  }

  private static Throwable failure(Class<?> type, String method) {
    EngineExecutionResults results =
        EngineTestKit.engine("junit-jupiter")
            .selectors(
                Arrays.stream(type.getDeclaredMethods())
                    .filter(it -> it.getName().equals(method))
                    .map(it -> selectMethod(type, it))
                    .toArray(org.junit.platform.engine.DiscoverySelector[]::new))
            .execute();
    return results.testEvents().failed().stream()
        .map(Event::getPayload)
        .map(payload -> (TestExecutionResult) payload.orElseThrow())
        .map(result -> result.getThrowable().orElseThrow())
        .findFirst()
        .orElseThrow();
  }

  private static String text(Throwable failure) {
    return failure + Arrays.toString(failure.getSuppressed());
  }
}
