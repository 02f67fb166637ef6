package dev.countersign.batch;

import dev.countersign.call.Outcome;
import dev.countersign.error.ConfigurationException;
import dev.countersign.error.DfnsException;
import dev.countersign.error.RequestRejectedException;
import dev.countersign.error.ServiceUnavailableException;
import dev.countersign.error.SigningException;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonView;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an answer or an error says of an item, and no more than it says. */
final class Ends {

  private Ends() {}

  static ItemEnd of(@Nullable Object value) {
    if (value instanceof Outcome.AwaitingApproval) {
      return ItemEnd.AWAITING_APPROVAL;
    }
    return body(value)
            .filter(json -> json.text("status").filter("Pending"::equals).isPresent())
            .filter(json -> json.text("approvalId").isPresent())
            .isPresent()
        ? ItemEnd.AWAITING_APPROVAL
        : ItemEnd.DONE;
  }

  /** The id of the entity, or of the change request. */
  static @Nullable String entityId(@Nullable Object value) {
    return body(value).flatMap(json -> json.text("id")).orElse(null);
  }

  /**
   * What became of it after a failure.
   *
   * @param repeat whether an earlier request of it may have taken effect: that this one did not
   *     says nothing of that, unless it is a conflict with a duplicate that Dfns names
   */
  static ItemEnd of(Throwable failure, boolean repeat) {
    if (failure instanceof RequestRejectedException refusal) {
      return !repeat || (refusal.isConflict() && refusal.duplicateId().isPresent())
          ? ItemEnd.REFUSED
          : ItemEnd.UNKNOWN;
    }
    boolean noEffect =
        failure instanceof ServiceUnavailableException
            || failure instanceof SigningException
            || failure instanceof ConfigurationException;
    return noEffect && !repeat ? ItemEnd.NO_EFFECT : ItemEnd.UNKNOWN;
  }

  /** A sentence for people; of an error that is not of this library, no more than its kind. */
  static String reason(Throwable failure) {
    return failure instanceof DfnsException && failure.getMessage() != null
        ? failure.getMessage()
        : "It ended with " + failure.getClass().getSimpleName();
  }

  private static Optional<JsonObject> body(@Nullable Object value) {
    Object entity = value instanceof Outcome.Done<?> done ? done.value() : value;
    return entity instanceof JsonView view ? Optional.of(view.json()) : Optional.empty();
  }
}
