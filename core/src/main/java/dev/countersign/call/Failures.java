package dev.countersign.call;

import dev.countersign.action.UserAction;
import dev.countersign.error.DfnsException;
import dev.countersign.error.OutcomeUnknownException;
import dev.countersign.error.ProtocolException;
import dev.countersign.error.ServiceUnavailableException;
import dev.countersign.json.JsonCodec;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonString;
import dev.countersign.transport.Reply;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Judges what went wrong in one run of a call, by whether the exchange could take effect. */
final class Failures {

  /** The one status above 499 that says that nothing was done. */
  private static final int NOT_IMPLEMENTED = 501;

  private final Operation<?> operation;
  private final UserAction action;
  private final JsonCodec codec;
  private final Clock clock;
  private final AtomicReference<Instant> sentAt;

  Failures(Operation<?> operation, UserAction action, JsonCodec codec, Clock clock) {
    this.operation = operation;
    this.action = action;
    this.codec = codec;
    this.clock = clock;
    this.sentAt = new AtomicReference<>(clock.instant());
  }

  /** Notes that the exchange which takes effect is sent now. */
  void sent() {
    sentAt.set(clock.instant());
  }

  static Throwable unwrap(Throwable error) {
    return error instanceof CompletionException && error.getCause() != null
        ? error.getCause()
        : error;
  }

  /** Reads a good reply; {@code what} says what of the call was to be read, null for its answer. */
  <R> R read(Answer<R> answer, @Nullable String what, Reply reply) {
    String name = what == null ? operation.name() : operation.name() + " (" + what + ")";
    return answer.read(name, reply, codec);
  }

  /** A reply whose status is 2xx, or the exception that its status means. */
  Reply checked(Reply reply, boolean takesEffect, List<String> secrets) {
    int status = reply.status();
    if (status >= 200 && status < 300) {
      return reply;
    }
    ErrorReply error = ErrorReply.read(reply, codec, secrets);
    if (status == 429) {
      throw new ServiceUnavailableException(
          "Dfns refused "
              + operation.name()
              + " for now, the rate limit is used up (429): "
              + error.reason(),
          error.retryAfter(clock),
          null);
    }
    if (status == NOT_IMPLEMENTED) {
      throw error.rejection(operation.name());
    }
    if (status >= 500 || status == 408) {
      throw takesEffect
          ? unknown("Dfns answered " + status + ": " + error.reason(), null)
          : new ServiceUnavailableException(
              "Dfns could not serve " + operation.name() + " (" + status + "): " + error.reason(),
              error.retryAfter(clock),
              null);
    }
    if (status >= 400) {
      throw error.rejection(operation.name());
    }
    throw new ProtocolException(
        "Dfns answered "
            + operation.name()
            + " with the status "
            + status
            + (status >= 300 && status < 400 ? ", a redirect, which is never followed" : ""));
  }

  /** What a broken exchange means. */
  RuntimeException broken(Throwable error, boolean takesEffect) {
    Throwable cause = unwrap(error);
    if (cause instanceof ServiceUnavailableException unavailable) {
      return unavailable;
    }
    if (cause instanceof IllegalArgumentException fault) {
      return fault;
    }
    String message = cause instanceof DfnsException ? cause.getMessage() : "the exchange broke";
    return takesEffect
        ? unknown(message, cause)
        : new ServiceUnavailableException(
            operation.name() + " did not get to take effect: " + message, cause);
  }

  /** The request was sent, and nobody knows what came of it. */
  OutcomeUnknownException unknown(@Nullable String why, @Nullable Throwable cause) {
    String externalId = externalId();
    return new OutcomeUnknownException(
        operation.name()
            + " may have taken effect: "
            + why
            + (externalId == null
                ? ". Look for its effect before repeating it"
                : ". Repeat it only as it was, with its externalId " + externalId),
        operation.name(),
        externalId,
        sentAt.get(),
        cause);
  }

  private @Nullable String externalId() {
    boolean json = action.contentType().filter("application/json"::equals).isPresent();
    return json
            && codec.parse(action.body().orElseThrow()) instanceof JsonObject body
            && body.get("externalId") instanceof JsonString id
        ? id.value()
        : null;
  }
}
