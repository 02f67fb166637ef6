package dev.countersign.call;

import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonType;
import dev.countersign.json.JsonView;
import java.util.Optional;

/**
 * What comes of an operation that a policy may hold: it is done, or it awaits approval. Dfns tells
 * the two apart by the status, 200 or 202 (docs.dfns.co/api-reference/error-codes).
 *
 * @param <T> the entity once it is done
 */
public sealed interface Outcome<T> permits Outcome.Done, Outcome.AwaitingApproval {

  /**
   * The change took effect.
   *
   * @param value the entity as it is now
   */
  record Done<T>(T value) implements Outcome<T> {}

  /** A policy asks people first; nothing has changed yet. */
  final class AwaitingApproval<T> extends JsonView implements Outcome<T> {

    private AwaitingApproval(JsonObject changeRequest) {
      super(changeRequest);
    }

    /** What Dfns answered with 202: the change request. {@link #json()} is all of it. */
    public static <T> AwaitingApproval<T> of(JsonObject changeRequest) {
      return new AwaitingApproval<>(changeRequest);
    }

    /** The change request's id, {@code cr-…}. */
    public String changeRequestId() {
      return required("id", JsonType.STRING);
    }

    /** The id of the approval to wait for or to vote on, {@code ap-…}. */
    public Optional<String> approvalId() {
      return optional("approvalId", JsonType.STRING);
    }

    /** The id of the entity that is to change. */
    public Optional<String> entityId() {
      return optional("entityId", JsonType.STRING);
    }
  }
}
