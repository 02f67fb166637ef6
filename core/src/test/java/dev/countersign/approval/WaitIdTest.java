package dev.countersign.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.api.policies.PolicyChangeRequest;
import dev.countersign.api.wallets.TransferRequest;
import dev.countersign.call.Outcome;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonString;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WaitIdTest {

  private static JsonObject change() {
    return JsonObject.builder()
        .put("id", JsonString.of("cr-1"))
        .put("approvalId", JsonString.of("ap-1"))
        .build();
  }

  @Property(tries = 200)
  void theTextOfAnIdIsReadAsTheSame(
      @ForAll
          @StringLength(min = 1, max = 64)
          @CharRange(from = 'a', to = 'z')
          @CharRange(from = '0', to = '9')
          String parent,
      @ForAll @StringLength(min = 1, max = 64) @CharRange(from = 'A', to = 'Z') String id) {
    for (WaitId<?> each :
        new WaitId<?>[] {
          WaitId.transfer(parent, id),
          WaitId.transaction(parent, id),
          WaitId.signature(parent, id),
          WaitId.approval(id),
          WaitId.change(parent, id)
        }) {
      assertThat(WaitId.parse(each.toString())).isEqualTo(each).hasSameHashCodeAs(each);
      assertThat(WaitId.parse(each.toString()).kind()).isSameAs(each.kind());
    }
  }

  @Property(tries = 500)
  void anyTextIsReadOrRefusedWithASentence(@ForAll String text) {
    try {
      assertThat(WaitId.parse(text).toString()).isEqualTo(text);
    } catch (IllegalArgumentException e) {
      assertThat(e).hasMessageMatching("(An id|What is waited for) is .*");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "transfer",
        "transfer:wa-1",
        "transfer:wa-1:xfr-1:more",
        "transfer::xfr-1",
        "transfer:wa-1:..",
        "transfer:wa-1:a/b",
        "transfer:wa-1:a?b",
        "transfer:wa-1:a b",
        "Transfer:wa-1:xfr-1",
        "wallet:wa-1:wa-1"
      })
  void whatIsNoNameIsRefused(String text) {
    assertThatThrownBy(() -> WaitId.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aNameIsOfOneKind() {
    WaitId<?> id = WaitId.parse("transfer:wa-1:xfr-1");

    assertThat(id.as(WaitKind.TRANSFER)).isSameAs(id);
    assertThatThrownBy(() -> id.as(WaitKind.APPROVAL))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("transfer:wa-1:xfr-1 is no approval");
  }

  @Test
  void whatDfnsAnsweredNamesWhatToWaitFor() {
    JsonObject transfer =
        JsonObject.builder()
            .put("id", JsonString.of("xfr-1"))
            .put("walletId", JsonString.of("wa-1"))
            .build();

    assertThat(WaitId.of(TransferRequest.of(transfer))).hasToString("transfer:wa-1:xfr-1");
    assertThat(WaitId.of(Outcome.AwaitingApproval.of(change()))).hasToString("change:cr-1:ap-1");
    assertThat(WaitId.of(PolicyChangeRequest.of(change()))).hasToString("change:cr-1:ap-1");
  }

  @Test
  void aChangeWithoutApprovalCannotBeWaitedForYet() {
    JsonObject bare = JsonObject.of("id", JsonString.of("cr-1"));

    assertThatThrownBy(() -> WaitId.of(Outcome.AwaitingApproval.of(bare)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cr-1")
        .hasMessageContaining("pendingChangeRequest");
  }
}
