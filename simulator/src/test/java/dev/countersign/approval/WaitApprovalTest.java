package dev.countersign.approval;

import static dev.countersign.approval.WaitFixture.TRANSFER;
import static dev.countersign.approval.WaitFixture.ended;
import static dev.countersign.approval.WaitedDfns.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.api.policies.PolicyApproval;
import dev.countersign.api.wallets.TransferRequest;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an approval explains, and that it is the way to a change. */
class WaitApprovalTest {

  private static final String HELD = ",\"approvalId\":\"ap-1\"";
  private static final String NO =
      "{\"userId\":\"us-9\",\"value\":\"Denied\",\"reason\":\"too much\"}";
  private static final String YES = "{\"userId\":\"us-8\",\"value\":\"Approved\"}";

  private final WaitFixture fixture = new WaitFixture();
  private final WaitedDfns dfns = fixture.dfns;
  private final VirtualTime time = fixture.time;

  private Waited<TransferRequest> afterRejection(String more) {
    dfns.transfer("xfr-1", "Rejected", more);
    CompletableFuture<Waited<TransferRequest>> wait = fixture.begin(TRANSFER);
    time.advance(Duration.ofMinutes(10));
    return ended(wait);
  }

  private static String activity(String changeStatus) {
    return "{\"kind\":\"Policies:Modify\",\"changeRequest\":{\"id\":\"cr-1\",\"status\":\"%s\"}}"
        .formatted(changeStatus);
  }

  @Test
  void aDenialTellsWhoAndWhy() {
    dfns.approval("ap-1", "Denied", YES + "," + NO, "{}");

    Waited<TransferRequest> how = afterRejection(HELD);

    assertThat(how).isInstanceOf(Waited.Denied.class);
    assertThat(((Waited.Denied<TransferRequest>) how).denials())
        .singleElement()
        .satisfies(
            no -> {
              assertThat(no.userId()).isEqualTo("us-9");
              assertThat(no.reason()).contains("too much");
            });
  }

  @Test
  void anApprovalThatNobodyAnsweredExpires() {
    dfns.approval("ap-1", "Expired", "", "{}");

    assertThat(afterRejection(HELD)).isInstanceOf(Waited.Expired.class);
  }

  @Test
  void whatNoApprovalExplainsWasBlockedByAPolicy() {
    assertThat(afterRejection("")).isInstanceOf(Waited.Blocked.class);
  }

  @Test
  void anApprovalThatMayNotBeReadLeavesTheRejectionUnexplained() {
    dfns.instead =
        target -> target.startsWith("/v2/") ? CompletableFuture.failedFuture(refused(403)) : null;

    assertThat(afterRejection(HELD))
        .isInstanceOfSatisfying(
            Waited.Unexplained.class,
            how -> assertThat(how.why()).contains("ap-1 cannot be read").contains("403"));
  }

  @Test
  void anApprovalThatStillSaysPendingIsLookedAtAgain() {
    dfns.approval("ap-1", "Pending", "", "{}");
    dfns.transfer("xfr-1", "Rejected", HELD);
    CompletableFuture<Waited<TransferRequest>> wait = fixture.begin(TRANSFER);
    time.advance(Duration.ofSeconds(3));
    assertThat(wait).isNotDone();

    dfns.approval("ap-1", "Denied", NO, "{}");
    time.advance(Duration.ofSeconds(10));

    assertThat(ended(wait)).isInstanceOf(Waited.Denied.class);
  }

  @Test
  void anApprovalThatNeverExplainsIsNotAskedForEver() {
    dfns.approval("ap-1", "Pending", "", "{}");

    assertThat(afterRejection(HELD))
        .isInstanceOfSatisfying(
            Waited.Unexplained.class,
            how -> assertThat(how.why()).isEqualTo("Its approval ap-1 is Pending."));
  }

  @ParameterizedTest
  @CsvSource({
    "Approved, Applied, Applied",
    "Approved, Failed, Failed",
    "Approved, Pending, Approved",
    "Approved, LaterInvented, Approved",
    "Denied, Pending, Denied",
    "Expired, Rejected, Expired",
    "Pending, Rejected, Unexplained",
  })
  void aChangeIsSeenThroughItsApproval(String approval, String change, String how) {
    dfns.approval("ap-1", approval, NO, activity(change));

    CompletableFuture<?> wait = fixture.begin(WaitId.change("cr-1", "ap-1"));
    time.advance(Duration.ofMinutes(10));

    assertThat(wait).isCompleted();
    assertThat(wait.join().getClass().getSimpleName()).isEqualTo(how);
  }

  @Test
  void anApprovalOfAnUnknownStatusIsWaitedThrough() {
    dfns.approval("ap-1", "AutoApproved", "", "{}");
    CompletableFuture<Waited<PolicyApproval>> wait = fixture.begin(WaitId.approval("ap-1"));
    time.advance(Duration.ofMinutes(10));
    assertThat(wait).isNotDone();

    dfns.approval("ap-1", "Approved", YES, "{}");
    time.advance(Duration.ofMinutes(1));

    assertThat(ended(wait)).isInstanceOf(Waited.Approved.class);
  }
}
