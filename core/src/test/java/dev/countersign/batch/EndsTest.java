package dev.countersign.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.call.Outcome;
import dev.countersign.error.ConfigurationException;
import dev.countersign.error.OutcomeUnknownException;
import dev.countersign.error.ProtocolException;
import dev.countersign.error.RequestRejectedException;
import dev.countersign.error.ServiceUnavailableException;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonString;
import dev.countersign.json.JsonView;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What answers and errors say of an item. */
class EndsTest {

  private static final class Entity extends JsonView {
    Entity(String status) {
      super(
          JsonObject.builder()
              .put("id", JsonString.of("xfr-1"))
              .put("status", JsonString.of(status))
              .put("approvalId", JsonString.of("ap-1"))
              .build());
    }
  }

  @Test
  void whatAPolicyHoldsAwaitsApproval() {
    assertThat(Ends.of(Outcome.AwaitingApproval.of(JsonObject.of("id", JsonString.of("cr-1")))))
        .isEqualTo(ItemEnd.AWAITING_APPROVAL);
    assertThat(Ends.of(new Entity("Pending"))).isEqualTo(ItemEnd.AWAITING_APPROVAL);
    assertThat(Ends.of(new Entity("Executing"))).isEqualTo(ItemEnd.DONE);
    assertThat(Ends.of(new Outcome.Done<>(new Entity("Active")))).isEqualTo(ItemEnd.DONE);
    assertThat(Ends.entityId(new Outcome.Done<>(new Entity("Active")))).isEqualTo("xfr-1");
  }

  @Test
  void errorsSayNoMoreThanTheyKnow() {
    ServiceUnavailableException refused = new ServiceUnavailableException("refused", null);
    assertThat(Ends.of(refused, false)).isEqualTo(ItemEnd.NO_EFFECT);
    assertThat(Ends.of(refused, true)).isEqualTo(ItemEnd.UNKNOWN);
    assertThat(Ends.of(new ConfigurationException("none"), false)).isEqualTo(ItemEnd.NO_EFFECT);
    assertThat(Ends.of(new ProtocolException("garbled"), false)).isEqualTo(ItemEnd.UNKNOWN);
    assertThat(Ends.of(new IllegalStateException("x"), false)).isEqualTo(ItemEnd.UNKNOWN);
    assertThat(Ends.of(new OutcomeUnknownException("lost", "x", null, Instant.EPOCH, null), false))
        .isEqualTo(ItemEnd.UNKNOWN);
    assertThat(Ends.reason(new IllegalStateException("secret")))
        .isEqualTo("It ended with IllegalStateException");
  }

  @Test
  void aRefusalOfARepeatIsAnEndOnlyIfItNamesTheDuplicate() {
    for (int status : new int[] {400, 403, 409, 422}) {
      assertThat(Ends.of(refusal(status, null), false)).isEqualTo(ItemEnd.REFUSED);
      assertThat(Ends.of(refusal(status, null), true)).isEqualTo(ItemEnd.UNKNOWN);
    }
    assertThat(Ends.of(refusal(409, "xfr-9"), true)).isEqualTo(ItemEnd.REFUSED);
  }

  private static RequestRejectedException refusal(int status, @Nullable String duplicateId) {
    return RequestRejectedException.of("transferAsset", status, "no")
        .duplicateId(duplicateId)
        .build();
  }
}
