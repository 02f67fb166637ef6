package dev.countersign.webhook;

import static dev.countersign.webhook.DeliveryLog.Claim.BUSY;
import static dev.countersign.webhook.DeliveryLog.Claim.DONE;
import static dev.countersign.webhook.DeliveryLog.Claim.FIRST;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What every log of deliveries does. */
public abstract class DeliveryLogContract {

  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  /** An empty log with room for a thousand events. */
  protected abstract DeliveryLog log();

  /** After which time a claim of this log lapses. */
  protected abstract Duration lapse();

  @Test
  void anEventIsHandledOnce() {
    DeliveryLog log = log();

    assertThat(log.claim("whe-1", null, NOW)).isEqualTo(FIRST);
    assertThat(log.claim("whe-1", null, NOW)).isEqualTo(BUSY);
    log.confirm("whe-1", NOW);
    assertThat(log.claim("whe-1", null, NOW)).isEqualTo(DONE);
    assertThat(log.claim("whe-2", null, NOW)).as("another event").isEqualTo(FIRST);
  }

  @Test
  void aRetryIsTheEventThatItRetries() {
    DeliveryLog log = log();
    assertThat(log.claim("whe-1", null, NOW)).isEqualTo(FIRST);
    assertThat(log.claim("whe-2", "whe-1", NOW)).isEqualTo(BUSY);
    log.confirm("whe-1", NOW);

    assertThat(log.claim("whe-2", "whe-1", NOW)).isEqualTo(DONE);
    assertThat(log.claim("whe-3", "whe-1", NOW)).as("by the first").isEqualTo(DONE);
    assertThat(log.claim("whe-4", "whe-3", NOW)).as("by the one before").isEqualTo(DONE);
  }

  @Test
  void theEventIsKnownByItsRetryThatCameFirst() {
    DeliveryLog log = log();
    assertThat(log.claim("whe-2", "whe-1", NOW)).isEqualTo(FIRST);
    log.confirm("whe-2", NOW);

    assertThat(log.claim("whe-1", null, NOW)).isEqualTo(DONE);
    assertThat(log.claim("whe-3", "whe-1", NOW)).isEqualTo(DONE);
  }

  @Test
  void whatFailedIsClaimedAgainByTheRetry() {
    DeliveryLog log = log();
    assertThat(log.claim("whe-1", null, NOW)).isEqualTo(FIRST);
    log.release("whe-1");

    assertThat(log.claim("whe-2", "whe-1", NOW.plusSeconds(60))).isEqualTo(FIRST);
    log.confirm("whe-2", NOW.plusSeconds(60));
    log.release("whe-2");
    assertThat(log.claim("whe-2", "whe-1", NOW.plusSeconds(61))).as("confirmed").isEqualTo(DONE);
  }

  @Test
  void aClaimThatNobodyEndedLapses() {
    DeliveryLog log = log();
    assertThat(log.claim("whe-1", null, NOW)).isEqualTo(FIRST);

    Instant late = NOW.plus(lapse());
    assertThat(log.claim("whe-2", "whe-1", late.minusSeconds(1))).isEqualTo(BUSY);
    assertThat(log.claim("whe-3", "whe-1", late)).isEqualTo(FIRST);
    assertThat(log.claim("whe-3", "whe-1", late)).as("the new claim").isEqualTo(BUSY);
  }

  @Test
  void whatWasHandledIsKnownAsLongAsDfnsTries() {
    DeliveryLog log = log();
    assertThat(log.claim("whe-1", null, NOW)).isEqualTo(FIRST);
    log.confirm("whe-1", NOW);

    assertThat(log.claim("whe-5", "whe-1", NOW.plus(Duration.ofHours(25)))).isEqualTo(DONE);
  }

  @Test
  void whatWasNeverClaimedIsNeitherConfirmedNorReleased() {
    DeliveryLog log = log();
    log.confirm("whe-1", NOW);
    log.release("whe-2");

    assertThat(log.claim("whe-1", null, NOW)).isEqualTo(FIRST);
    assertThat(log.claim("whe-2", null, NOW)).isEqualTo(FIRST);
  }

  @Test
  void ofManyThatClaimAtOnceOneIsFirst() throws Exception {
    DeliveryLog log = log();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      for (int event = 0; event < 50; event++) {
        String original = "whe-" + event;
        CountDownLatch start = new CountDownLatch(1);
        List<Future<DeliveryLog.Claim>> claims = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
          String id = original + "-" + i;
          claims.add(
              threads.submit(
                  () -> {
                    start.await();
                    return log.claim(id, original, NOW);
                  }));
        }
        start.countDown();
        int first = 0;
        for (Future<DeliveryLog.Claim> claim : claims) {
          first += claim.get(30, TimeUnit.SECONDS) == FIRST ? 1 : 0;
        }
        assertThat(first).isOne();
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
