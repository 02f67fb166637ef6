package dev.countersign.simulator.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FaultsTest {

  private record Asked(String operation, String header, Set<String> identities)
      implements Occasion {}

  private static final Asked ASKED = new Asked("getWallet", "", Set.of());

  private final Faults faults = new Faults();

  @Test
  void eachHasAnIdentifierAndIsRemovedByIt() {
    PlantedFault first = faults.add(Presets.lostAnswer("transferAsset"));
    PlantedFault second = faults.add(Presets.rateLimited(""));

    assertThat(first.id()).isNotEqualTo(second.id());
    assertThat(faults.list()).containsExactly(first, second);
    assertThat(faults.remove(first.id())).isTrue();
    assertThat(faults.remove(first.id())).isFalse();
    assertThat(faults.find(second.id())).contains(second);
    faults.clear();
    assertThat(faults.isEmpty()).isTrue();
    assertThat(faults.add(Presets.slow("")).id()).isNotIn(first.id(), second.id());
  }

  @Test
  void sixteenCallersGetExactlyAsManyAsThereAre() throws Exception {
    PlantedFault fault = faults.add(Fault.of(Phase.AFTER_COMMIT, Effect.reset()).times(1000));
    AtomicLong struck = new AtomicLong();
    ExecutorService callers = Executors.newFixedThreadPool(16);
    for (int caller = 0; caller < 16; caller++) {
      callers.execute(
          () -> {
            for (int i = 0; i < 10_000; i++) {
              struck.addAndGet(faults.striking(Phase.AFTER_COMMIT, ASKED).size());
            }
          });
    }
    callers.shutdown();

    assertThat(callers.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    assertThat(struck).hasValue(1000);
    assertThat(fault.fired()).isEqualTo(1000);
    assertThat(fault.occasions()).isEqualTo(160_000);
  }

  @Test
  void howManyChanceStrikesDoesNotDependOnWhoAsks() throws Exception {
    PlantedFault alone =
        faults.add(Fault.of(Phase.AFTER_COMMIT, Effect.reset()).probability(.1, 5));
    for (int i = 0; i < 10_000; i++) {
      faults.striking(Phase.AFTER_COMMIT, ASKED);
    }
    faults.clear();
    PlantedFault together =
        faults.add(Fault.of(Phase.AFTER_COMMIT, Effect.reset()).probability(.1, 5));
    ExecutorService callers = Executors.newFixedThreadPool(16);
    for (int i = 0; i < 10_000; i++) {
      callers.execute(() -> faults.striking(Phase.AFTER_COMMIT, ASKED));
    }
    callers.shutdown();

    assertThat(callers.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    assertThat(together.fired()).isEqualTo(alone.fired()).isBetween(850L, 1150L);
  }

  @Test
  void deliveriesAreStruckByTheKindOfEvent() {
    faults.add(Presets.duplicateDelivery("wallet.created").times(1));
    faults.add(Presets.failedDelivery(""));
    faults.add(Presets.lostAnswer(""));

    assertThat(faults.next("wallet.created")).contains(Effect.duplicate());
    assertThat(faults.next("wallet.created")).contains(Effect.status(500));
    assertThat(faults.next("policy.triggered")).contains(Effect.status(500));
    assertThat(new Faults().next("wallet.created")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = Phase.class,
      names = {"BEFORE_AUTHENTICATION", "BEFORE_COMMIT", "AFTER_COMMIT"})
  void aRequestIsNotDeliveredTwice(Phase phase) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Fault.of(phase, Effect.duplicate()).build())
        .withMessageContaining("DUPLICATE")
        .withMessageContaining(phase.toString());
  }

  @Test
  void aDeliveryIsSelectedByNoIdentityAndNoHeader() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Presets.failedDelivery("").identity("us-1").build());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Presets.failedDelivery("").header("x").build());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Fault.of(Phase.WEBHOOK, Effect.garbage()).build());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 100, 199, 600, -1})
  void noSuchStatus(int status) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Effect.status(status))
        .withMessageContaining(String.valueOf(status));
  }

  @Test
  void whatIsOutOfBoundsIsRefused() {
    Fault.Builder fault = Presets.slow("");
    assertThatIllegalArgumentException().isThrownBy(() -> fault.skip(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> fault.times(0));
    for (double probability : new double[] {0, -0.1, 1.1, Double.NaN}) {
      assertThatIllegalArgumentException().isThrownBy(() -> fault.probability(probability, 1));
    }
    for (Duration duration :
        new Duration[] {Duration.ZERO, Duration.ofMillis(-1), Duration.ofMinutes(11)}) {
      assertThatIllegalArgumentException().isThrownBy(() -> Effect.latency(duration));
      assertThatIllegalArgumentException().isThrownBy(() -> Effect.stall(duration));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Effect.answer(503, "text/html\r\nX: y", "b"));
    assertThatIllegalArgumentException().isThrownBy(() -> Effect.answer(503, "", "b"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Effect.tooManyRequests(Duration.ofMillis(1500)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Effect.reset().retryAfter(Duration.ofSeconds(1)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Presets.named("lostLuggage"))
        .withMessageContaining("lostAnswer");
  }
}
