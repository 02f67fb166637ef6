package dev.countersign.approval;

import static dev.countersign.approval.WaitFixture.HOUR;
import static dev.countersign.approval.WaitFixture.TRANSFER;
import static dev.countersign.approval.WaitedDfns.event;
import static dev.countersign.approval.WaitedDfns.transferPath;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.api.policies.PolicyApproval;
import dev.countersign.api.wallets.TransferRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Verified events shorten a wait; they never send it back. */
class WaitEventsTest {

  private final WaitFixture fixture = new WaitFixture();
  private final WaitedDfns dfns = fixture.dfns;
  private final VirtualTime time = fixture.time;
  private final Waits waits = fixture.waits;

  private static String transfer(String status) {
    return "{\"transferRequest\":{\"id\":\"xfr-1\",\"walletId\":\"wa-1\",\"status\":\"%s\"}}"
        .formatted(status);
  }

  private static String denied(String activity) {
    return """
    {"approval":{"id":"ap-1","status":"Denied","activity":%s,
     "decisions":[{"userId":"us-9","value":"Denied","reason":"no"}]}}"""
        .formatted(activity);
  }

  @Test
  void anEventCompletesAWaitWithoutARequest() {
    CompletableFuture<Waited<TransferRequest>> wait = waits.on(TRANSFER).awaitAsync(HOUR);

    assertThat(waits.accept(event(transfer("Confirmed")))).isTrue();

    assertThat(wait.join()).isInstanceOf(Waited.Confirmed.class);
    assertThat(dfns.requests).isEmpty();
    assertThat(waits.accept(event(transfer("Confirmed")))).as("a second time").isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "7",
        "null",
        "{\"transferRequest\":7}",
        "{\"transferRequest\":{}}",
        "{\"transferRequest\":{\"id\":\"xfr-1\"}}",
        "{\"transferRequest\":{\"id\":\"xfr-1\",\"walletId\":\"wa-2\",\"status\":\"Confirmed\"}}",
        "{\"transferRequest\":{\"id\":\"xfr-1\",\"walletId\":\"../x\",\"status\":\"Confirmed\"}}",
        "{\"transferRequest\":{\"id\":\"xfr-1\",\"walletId\":\"wa-1\"}}",
        "{\"transferRequest\":{\"id\":\"xfr-1\",\"walletId\":\"wa-1\",\"status\":7}}",
        "{\"transactionRequest\":{\"id\":\"xfr-1\",\"walletId\":\"wa-1\",\"status\":\"Failed\"}}",
        "{\"approval\":{\"id\":\"ap-1\",\"status\":\"Denied\"}}",
        "{\"approval\":{\"status\":\"Denied\",\"activity\":[]}}"
      })
  void anEventOfSomethingElseOrOfNothingChangesNothing(String data) {
    CompletableFuture<Waited<TransferRequest>> wait = waits.on(TRANSFER).awaitAsync(HOUR);

    assertThat(waits.accept(event(data)))
        .isEqualTo(data.contains("wa-1\"}") || data.contains("status\":7"));

    assertThat(wait).isNotDone();
  }

  @Test
  void eventsInAnyOrderAndTwiceEndAWaitOnceAndRightly() {
    List<String> story = List.of("Pending", "Executing", "Broadcasted", "Confirmed", "Later");
    for (long seed = 0; seed < 200; seed++) {
      List<String> shuffled = new ArrayList<>(story);
      shuffled.addAll(story);
      Collections.shuffle(shuffled, new Random(seed));
      dfns.transfer("xfr-1", "Broadcasted", "");
      CompletableFuture<Waited<TransferRequest>> wait = waits.on(TRANSFER).awaitAsync(HOUR);
      boolean confirmed = false;
      for (String status : shuffled) {
        waits.accept(event(transfer(status)));
        confirmed |= status.equals("Confirmed");
        assertThat(wait.isDone()).as("seed %s, %s", seed, shuffled).isEqualTo(confirmed);
      }
      assertThat(wait.join()).isInstanceOf(Waited.Confirmed.class);
    }
    assertThat(dfns.requests).isEmpty();
  }

  @Test
  void aLateEventDoesNotUndoWhatWasSeen() {
    dfns.transfer("xfr-1", "Broadcasted", "");
    CompletableFuture<Waited<TransferRequest>> wait =
        waits.on(TRANSFER).awaitAsync(Duration.ofMinutes(1));
    time.advance(Duration.ofSeconds(1));

    dfns.instead = target -> new CompletableFuture<>();
    waits.accept(event(transfer("Pending")));
    time.advance(Duration.ofMinutes(1));

    assertThat(wait.join()).isInstanceOf(Waited.StillPending.class);
    Waited.StillPending<TransferRequest> still = (Waited.StillPending<TransferRequest>) wait.join();
    assertThat(still.lastSeen().orElseThrow().status().value()).isEqualTo("Broadcasted");
  }

  @Test
  void aRejectionByEventIsExplainedByItsApproval() {
    dfns.approval(
        "ap-1", "Denied", "{\"userId\":\"us-9\",\"value\":\"Denied\",\"reason\":\"no\"}", "{}");
    CompletableFuture<Waited<TransferRequest>> wait = waits.on(TRANSFER).awaitAsync(HOUR);

    waits.accept(
        event(
            """
            {"transferRequest":{"id":"xfr-1","walletId":"wa-1","status":"Rejected",
             "approvalId":"ap-1"}}"""));

    assertThat(wait.join()).isInstanceOf(Waited.Denied.class);
    assertThat(dfns.requests).containsExactly("/v2/policy-approvals/ap-1");
  }

  @Test
  void aResolvedApprovalHasWhatItHeldLookedAtAtOnce() {
    dfns.transfer("xfr-1", "Pending", ",\"approvalId\":\"ap-1\"");
    CompletableFuture<Waited<TransferRequest>> wait =
        waits.on(TRANSFER).awaitAsync(Duration.ofDays(1));
    time.advance(HOUR);
    dfns.approval("ap-1", "Denied", "", "{}");
    dfns.transfer("xfr-1", "Rejected", ",\"approvalId\":\"ap-1\"");

    assertThat(
            waits.accept(
                event(denied("{\"transferRequest\":{\"id\":\"xfr-1\",\"walletId\":\"wa-1\"}}"))))
        .isTrue();
    time.advance(Duration.ofMillis(100));

    assertThat(wait.join()).isInstanceOf(Waited.Denied.class);
  }

  @Test
  void aResolvedApprovalEndsTheWaitsOnItAndOnItsChange() {
    CompletableFuture<Waited<PolicyApproval>> approval =
        waits.on(WaitId.approval("ap-1")).awaitAsync(HOUR);
    CompletableFuture<Waited<PolicyApproval>> change =
        waits.on(WaitId.change("cr-1", "ap-1")).awaitAsync(HOUR);

    waits.accept(event(denied("{\"changeRequest\":{\"id\":\"cr-1\",\"status\":\"Pending\"}}")));

    assertThat(approval.join()).isInstanceOf(Waited.Denied.class);
    assertThat(change.join()).isInstanceOf(Waited.Denied.class);
    assertThat(((Waited.Denied<PolicyApproval>) change.join()).denials()).hasSize(1);
    assertThat(dfns.requests).isEmpty();
  }

  @Test
  void anApprovedChangeIsNotTakenForAppliedByItsEvent() {
    String activity = "{\"changeRequest\":{\"id\":\"cr-1\",\"status\":\"%s\"}}";
    CompletableFuture<Waited<PolicyApproval>> change =
        waits.on(WaitId.change("cr-1", "ap-1")).awaitAsync(HOUR);

    waits.accept(event(denied(activity.formatted("Pending")).replace("Denied", "Approved")));
    assertThat(change).isNotDone();
    dfns.approval("ap-1", "Approved", "", activity.formatted("Applied"));
    time.advance(Duration.ofMillis(100));

    assertThat(change.join()).isInstanceOf(Waited.Applied.class);
  }

  @Test
  void anAnswerThatWasOvertakenByAnEventIsNotHeeded() {
    CompletableFuture<String> slow = new CompletableFuture<>();
    dfns.instead = target -> slow;
    CompletableFuture<Waited<TransferRequest>> wait = waits.on(TRANSFER).awaitAsync(HOUR);
    time.advance(Duration.ofSeconds(1));
    assertThat(dfns.requests).containsExactly(transferPath("xfr-1"));

    waits.accept(event(transfer("Confirmed")));
    CompletableFuture<Waited<TransferRequest>> next = waits.on(TRANSFER).awaitAsync(HOUR);
    slow.complete("{\"id\":\"xfr-1\",\"walletId\":\"wa-1\",\"status\":\"Failed\"}");

    assertThat(wait.join()).isInstanceOf(Waited.Confirmed.class);
    assertThat(dfns.requests).hasSize(1);
    waits.accept(event(transfer("Confirmed")));
    assertThat(next).as("it is still waited for").isCompleted();
  }
}
