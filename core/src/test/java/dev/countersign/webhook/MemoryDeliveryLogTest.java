package dev.countersign.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class MemoryDeliveryLogTest extends DeliveryLogContract {

  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  @Override
  protected DeliveryLog log() {
    return MemoryDeliveryLog.of(1000);
  }

  @Override
  protected Duration lapse() {
    return MemoryDeliveryLog.LAPSE;
  }

  private static void handle(DeliveryLog log, String id, Instant now) {
    assertThat(log.claim(id, null, now)).isEqualTo(DeliveryLog.Claim.FIRST);
    log.confirm(id, now);
  }

  @Test
  void theOldestIsForgottenWhenThereIsNoRoom() {
    MemoryDeliveryLog log = MemoryDeliveryLog.of(3);
    for (String id : new String[] {"whe-1", "whe-2", "whe-3"}) {
      handle(log, id, NOW);
    }
    assertThat(log.claim("whe-1", null, NOW)).as("all three").isEqualTo(DeliveryLog.Claim.DONE);

    handle(log, "whe-4", NOW);

    assertThat(log.claim("whe-2", null, NOW)).isEqualTo(DeliveryLog.Claim.DONE);
    assertThat(log).hasToString("MemoryDeliveryLog(3 of 3)");
    handle(log, "whe-1", NOW);
  }

  @Test
  void whatIsOlderThanTwoDaysIsForgotten() {
    MemoryDeliveryLog log = MemoryDeliveryLog.create();
    handle(log, "whe-1", NOW);
    handle(log, "whe-2", NOW.plus(Duration.ofHours(1)));
    Instant later = NOW.plus(Duration.ofHours(48));

    assertThat(log.claim("whe-2", null, later)).isEqualTo(DeliveryLog.Claim.DONE);
    assertThat(log).hasToString("MemoryDeliveryLog(1 of 100000)");
  }

  @Test
  void retriesOfEventsThatAreForgottenLeaveNothing() {
    MemoryDeliveryLog log = MemoryDeliveryLog.of(10);
    for (int i = 0; i < 10_000; i++) {
      assertThat(log.claim("whe-r" + i, "whe-" + i, NOW)).isEqualTo(DeliveryLog.Claim.FIRST);
    }
    assertThat(log.known()).isEqualTo(20);
  }

  @Test
  void aLogHasRoom() {
    assertThatThrownBy(() -> MemoryDeliveryLog.of(0)).isInstanceOf(IllegalArgumentException.class);
  }
}
