package dev.countersign.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link BatchJournal} does. */
public abstract class BatchJournalContract {

  private static final Duration LEASE = Duration.ofMinutes(10);
  private static final Instant NOW = Instant.parse("2026-03-04T05:06:07.123456Z");

  private String batch = "";

  @BeforeEach
  void nameABatch() {
    batch = "batch " + UUID.randomUUID();
  }

  /** The journal under test; it may hold other batches. */
  protected abstract BatchJournal journal();

  /** Lets a lease of one second, just taken, run out: where the clock is real, by waiting. */
  protected void letASecondPass() throws InterruptedException {
    Thread.sleep(1_050);
  }

  private static JournalItem item(String id) {
    return JournalItem.of(id, "transferAsset", "{\"frozen\":1,\"é\":\"" + id + "\"}", "f-" + id)
        .orderKey("wa-1")
        .externalId("ext-" + id)
        .build();
  }

  private long acquire() {
    return journal().acquire(batch, LEASE).orElseThrow();
  }

  /** Takes over as another process would once the lease has run out. */
  private long takeOver(long fence) {
    journal().release(batch, fence);
    return acquire();
  }

  private JournalItem stored(long fence, String id) {
    return journal().add(batch, fence, item(id)).orElseThrow();
  }

  private static RecordedEnd end(ItemEnd end) {
    return RecordedEnd.of(end, "xfr-1", "because é", NOW);
  }

  @Test
  void oneHolderAtATime() {
    assertThat(acquire()).isPositive();
    assertThat(journal().acquire(batch, LEASE)).isEmpty();
    assertThat(journal().acquire(batch + "x", LEASE)).isPresent();
  }

  @Test
  void aLeaseThatHasRunOutCanBeTaken() throws InterruptedException {
    long first = journal().acquire(batch, Duration.ofSeconds(1)).orElseThrow();

    letASecondPass();

    assertThat(journal().acquire(batch, LEASE).orElseThrow()).isGreaterThan(first);
    assertThat(journal().renew(batch, first, LEASE)).isFalse();
  }

  @Test
  void aRenewedLeaseLasts() throws InterruptedException {
    long fence = journal().acquire(batch, Duration.ofSeconds(1)).orElseThrow();
    assertThat(journal().renew(batch, fence, LEASE)).isTrue();

    letASecondPass();

    assertThat(journal().acquire(batch, LEASE)).isEmpty();
  }

  @Test
  void aLeaseThatIsGivenBackCanBeTaken() {
    long first = acquire();
    journal().release(batch, first);
    long second = acquire();
    assertThat(second).isGreaterThan(first);
    journal().release(batch, first);
    assertThat(journal().acquire(batch, LEASE)).isEmpty();
  }

  @Test
  void ofManyWhoWantALeaseOneGetsIt() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(8);
    try {
      CountDownLatch go = new CountDownLatch(1);
      List<Future<Boolean>> takers = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        takers.add(
            pool.submit(
                () -> {
                  go.await();
                  return journal().acquire(batch, LEASE).isPresent();
                }));
      }
      go.countDown();
      int holders = 0;
      for (Future<Boolean> taker : takers) {
        holders += taker.get() ? 1 : 0;
      }
      assertThat(holders).isEqualTo(1);
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void anItemIsKeptWhole() {
    JournalItem kept = stored(acquire(), "i-1");

    JournalItem read = journal().unfinished(batch, 0, 10).get(0);

    for (JournalItem item : List.of(kept, read)) {
      assertThat(item.id()).isEqualTo("i-1");
      assertThat(item.operation()).isEqualTo("transferAsset");
      assertThat(item.request()).isEqualTo("{\"frozen\":1,\"é\":\"i-1\"}");
      assertThat(item.fingerprint()).isEqualTo("f-i-1");
      assertThat(item.orderKey()).contains("wa-1");
      assertThat(item.externalId()).contains("ext-i-1");
      assertThat(item.position()).isPositive();
      assertThat(item.startedBy()).isZero();
      assertThat(item.startedAt()).isEmpty();
      assertThat(item.end()).isEmpty();
    }
  }

  @Test
  void whatIsLongOrMissingIsKeptAsWell() {
    long fence = acquire();
    String request = "x".repeat(300_000);
    JournalItem bare = JournalItem.of("i".repeat(200), "createWallet", request, "f").build();

    JournalItem kept = journal().add(batch, fence, bare).orElseThrow();

    assertThat(kept.request()).isEqualTo(request);
    assertThat(kept.orderKey()).isEmpty();
    assertThat(kept.externalId()).isEmpty();
  }

  @Test
  void theFirstOfAnIdStays() {
    long fence = acquire();
    JournalItem first = stored(fence, "i-1");

    JournalItem again =
        journal()
            .add(batch, fence, JournalItem.of("i-1", "transferAsset", "other", "f-2").build())
            .orElseThrow();

    assertThat(again.request()).isEqualTo(first.request());
    assertThat(again.fingerprint()).isEqualTo("f-i-1");
    assertThat(again.position()).isEqualTo(first.position());
    assertThat(journal().unfinished(batch, 0, 10)).hasSize(1);
  }

  @Test
  void itemsComeInTheirOrderPageByPage() {
    long fence = acquire();
    IntStream.rangeClosed(1, 5).forEach(i -> stored(fence, "i-" + (9 - i)));
    journal().end(batch, "i-6", end(ItemEnd.DONE));

    List<JournalItem> page = journal().unfinished(batch, 0, 3);
    List<JournalItem> rest = journal().unfinished(batch, page.get(2).position(), 3);

    assertThat(page).extracting(JournalItem::id).containsExactly("i-8", "i-7", "i-5");
    assertThat(rest).extracting(JournalItem::id).containsExactly("i-4");
    assertThat(journal().unfinished("no such " + batch, 0, 3)).isEmpty();
  }

  @Test
  void anItemIsStartedOnce() {
    long fence = acquire();
    stored(fence, "i-1");

    assertThat(journal().start(batch, fence, "i-1", NOW)).isTrue();
    assertThat(journal().start(batch, fence, "i-1", NOW)).isFalse();
    assertThat(journal().start(batch, fence, "i-2", NOW)).isFalse();

    JournalItem started = journal().unfinished(batch, 0, 1).get(0);
    assertThat(started.startedBy()).isEqualTo(fence);
    assertThat(started.startedAt()).contains(NOW);
  }

  @Test
  void whoeverComesNextStartsItAgainAndTheEarlierOneDoesNot() {
    long first = acquire();
    stored(first, "i-1");
    stored(first, "i-2");
    assertThat(journal().start(batch, first, "i-1", NOW)).isTrue();
    long second = takeOver(first);

    assertThat(journal().start(batch, first, "i-2", NOW)).isFalse();
    assertThat(journal().add(batch, first, item("i-3"))).isEmpty();
    assertThat(journal().start(batch, second, "i-1", NOW)).isTrue();
    journal().putBack(batch, first, "i-1");
    assertThat(journal().unfinished(batch, 0, 1).get(0).startedBy()).isEqualTo(second);
  }

  @Test
  void whatHadNoEffectWaitsAgain() {
    long fence = acquire();
    stored(fence, "i-1");
    journal().start(batch, fence, "i-1", NOW);

    journal().putBack(batch, fence, "i-1");

    assertThat(journal().unfinished(batch, 0, 1).get(0).startedBy()).isZero();
    assertThat(journal().start(batch, fence, "i-1", NOW)).isTrue();
  }

  @Test
  void anEndIsKeptAndNothingStartsAfterIt() {
    long first = acquire();
    stored(first, "i-1");
    journal().start(batch, first, "i-1", NOW);
    journal().end(batch, "i-1", end(ItemEnd.REFUSED));
    long second = takeOver(first);

    assertThat(journal().unfinished(batch, 0, 10)).isEmpty();
    assertThat(journal().start(batch, second, "i-1", NOW)).isFalse();
    RecordedEnd kept = stored(second, "i-1").end().orElseThrow();
    assertThat(kept.end()).isEqualTo(ItemEnd.REFUSED);
    assertThat(kept.entityId()).contains("xfr-1");
    assertThat(kept.reason()).contains("because é");
    assertThat(kept.at()).isEqualTo(NOW);
  }

  @Test
  void aCertainEndTakesThePlaceOfAnUnknownOneAndNeverTheOtherWayRound() {
    long first = acquire();
    stored(first, "i-1");
    journal().start(batch, first, "i-1", NOW);
    long second = takeOver(first);
    journal().end(batch, "i-1", end(ItemEnd.UNKNOWN));

    journal().end(batch, "i-1", end(ItemEnd.DONE));
    journal().end(batch, "i-1", end(ItemEnd.UNKNOWN));
    journal().end(batch, "i-1", end(ItemEnd.REFUSED));

    assertThat(stored(second, "i-1").end().map(RecordedEnd::end)).contains(ItemEnd.DONE);
    journal().end(batch, "no such item", end(ItemEnd.DONE));
  }

  @Test
  void batchesDoNotKnowEachOther() {
    long fence = acquire();
    stored(fence, "i-1");
    String other = batch + " other";
    long otherFence = journal().acquire(other, LEASE).orElseThrow();
    journal().add(other, otherFence, item("i-1"));

    journal().end(other, "i-1", end(ItemEnd.DONE));

    assertThat(journal().unfinished(batch, 0, 10)).hasSize(1);
    assertThat(journal().start(batch, fence, "i-1", NOW)).isTrue();
  }

  @Test
  void ofManyWhoStartAnItemOneDoes() throws Exception {
    long fence = acquire();
    IntStream.range(0, 20).forEach(i -> stored(fence, "i-" + i));
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try {
      List<Future<Integer>> starters = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        starters.add(
            pool.submit(
                () -> {
                  int started = 0;
                  for (int n = 0; n < 20; n++) {
                    started += journal().start(batch, fence, "i-" + n, NOW) ? 1 : 0;
                  }
                  return started;
                }));
      }
      int started = 0;
      for (Future<Integer> starter : starters) {
        started += starter.get();
      }
      assertThat(started).isEqualTo(20);
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void aNameThatNoDatabaseKeepsIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> journal().acquire("", LEASE));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> journal().acquire("a".repeat(201), LEASE))
        .withMessage("A batch's id has 1 to 200 characters, not 201");
    assertThatIllegalArgumentException().isThrownBy(() -> journal().acquire("a\u0000", LEASE));
  }
}
