package dev.countersign.call;

import dev.countersign.action.UserAction;
import dev.countersign.error.DfnsException;
import dev.countersign.error.OutcomeUnknownException;
import dev.countersign.error.ProtocolException;
import dev.countersign.error.RequestRejectedException;
import dev.countersign.error.ServiceUnavailableException;
import dev.countersign.json.JsonCodec;
import dev.countersign.json.JsonObject;
import dev.countersign.transport.Reply;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Judges what went wrong in one run of a call, by whether the exchange could take effect, and by
 * whether an earlier attempt's answer was lost.
 */
final class Failures {

  /** The one status above 499 that says that nothing was done. */
  private static final int NOT_IMPLEMENTED = 501;

  private static final int AWAITING = 202;

  private final Operation<?> operation;
  private final UserAction action;
  private final JsonCodec codec;
  private final Clock clock;
  private final AtomicReference<Instant> sentAt;

  /** When the first request whose answer was lost had been sent; null while there is none. */
  private final AtomicReference<@Nullable Instant> lostSince = new AtomicReference<>();

  /** Whether the last exchange was the one that takes effect. */
  private final AtomicBoolean inEffect = new AtomicBoolean();

  private final AtomicBoolean garbled = new AtomicBoolean();

  /** How long Dfns asked to wait in the last reply, if there was one and it did. */
  private final AtomicReference<@Nullable Duration> retryAfter = new AtomicReference<>();

  Failures(Operation<?> operation, UserAction action, JsonCodec codec, Clock clock) {
    this.operation = operation;
    this.action = action;
    this.codec = codec;
    this.clock = clock;
    this.sentAt = new AtomicReference<>(clock.instant());
  }

  /** Another attempt begins. */
  void begun() {
    inEffect.set(false);
  }

  /** An exchange is sent now. */
  void sent(boolean takesEffect) {
    retryAfter.set(null);
    if (takesEffect) {
      sentAt.set(clock.instant());
    }
    inEffect.set(takesEffect);
  }

  /** The exchange was not sent after all, or certainly had no effect. */
  void noEffect() {
    inEffect.set(false);
  }

  /** What to tell a caller who was interrupted, or cancelled the call. */
  DfnsException interrupted() {
    return inEffect.get() || lostSince.get() != null
        ? lost("the caller stopped waiting for the answer", null)
        : new ServiceUnavailableException(
            operation.name() + " was given up before it could take effect", null);
  }

  static Throwable unwrap(Throwable error) {
    return error instanceof CompletionException && error.getCause() != null
        ? error.getCause()
        : error;
  }

  /** Reads a good reply of an exchange without effect; {@code what} says what it is. */
  <R> R read(Answer<R> answer, String what, Reply reply) {
    return readIdle(answer, operation.name() + " (" + what + ")", reply);
  }

  /** Reads the good reply of the call itself. */
  <R> R answer(Answer<R> answer, Reply reply) {
    if (operation.isRead()) {
      return readIdle(answer, operation.name(), reply);
    }
    try {
      return answer.read(operation.name(), reply, codec);
    } catch (ProtocolException e) {
      if (reply.status() == AWAITING && isObject(reply)) {
        throw e;
      }
      throw lost("its answer cannot be read: " + e.getMessage(), e);
    }
  }

  private <R> R readIdle(Answer<R> answer, String name, Reply reply) {
    try {
      return answer.read(name, reply, codec);
    } catch (ProtocolException e) {
      garbled.set(!isJson(reply));
      throw e;
    }
  }

  private boolean isJson(Reply reply) {
    try {
      codec.parse(reply.body());
      return true;
    } catch (ProtocolException e) {
      return false;
    }
  }

  private boolean isObject(Reply reply) {
    return isJson(reply) && codec.parse(reply.body()) instanceof JsonObject;
  }

  /**
   * Whether the same may be sent again: it had no effect, or Dfns will recognise it. An answer that
   * is not even JSON came from something in between and is as good as none.
   */
  boolean mayRepeat(Throwable failure) {
    if (failure instanceof OutcomeUnknownException) {
      return operation.isIdempotent() && ExternalIds.of(action, codec) != null;
    }
    return failure instanceof ServiceUnavailableException
        || (failure instanceof ProtocolException && garbled.getAndSet(false));
  }

  /** How long Dfns asked to wait before the same is sent again; zero if it did not. */
  Duration retryAfter(Throwable failure) {
    Duration asked =
        failure instanceof ServiceUnavailableException unavailable
            ? unavailable.retryAfter().orElse(null)
            : retryAfter.get();
    return asked == null ? Duration.ZERO : asked;
  }

  /** What a failure means for the whole call, when nothing is tried any more. */
  Throwable verdict(Throwable failure) {
    if (inEffect.get() && !(failure instanceof DfnsException)) {
      return lost("what follows its answer failed", failure);
    }
    if (lostSince.get() == null || (inEffect.get() && isDefinite(failure))) {
      return failure;
    }
    return failure instanceof OutcomeUnknownException
        ? failure
        : unknown(
            "the answer to an earlier attempt was lost, and then: "
                + (failure instanceof DfnsException ? failure.getMessage() : "a repeat failed"),
            failure);
  }

  /**
   * Whether it also tells that no earlier attempt took effect. A conflict with a named duplicate
   * does, as attempts are identical: had one of them taken effect, Dfns would have answered with
   * its entity. So does a 202. Another refusal may have come about since.
   */
  private static boolean isDefinite(Throwable failure) {
    return failure instanceof ProtocolException
        || (failure instanceof RequestRejectedException refusal
            && refusal.isConflict()
            && refusal.duplicateId().isPresent());
  }

  /** A reply whose status is 2xx, or the exception that its status means. */
  Reply checked(Reply reply, boolean takesEffect, List<String> secrets) {
    int status = reply.status();
    if (status >= 200 && status < 300) {
      return reply;
    }
    ErrorReply error = ErrorReply.read(reply, codec, secrets);
    Duration asked = ErrorReply.retryAfter(reply, clock);
    if (status == 429) {
      noEffect();
      throw new ServiceUnavailableException(
          "Dfns refused "
              + operation.name()
              + " for now, the rate limit is used up (429): "
              + error.reason(),
          asked,
          null);
    }
    if (status == NOT_IMPLEMENTED) {
      throw error.rejection(operation.name());
    }
    if (status >= 500 || status == 408) {
      retryAfter.set(asked);
      throw takesEffect
          ? lost("Dfns answered " + status + ": " + error.reason(), null)
          : new ServiceUnavailableException(
              "Dfns could not serve " + operation.name() + " (" + status + "): " + error.reason(),
              asked,
              null);
    }
    if (status >= 400) {
      throw error.rejection(operation.name());
    }
    ProtocolException strange =
        new ProtocolException(
            "Dfns answered "
                + operation.name()
                + " with the status "
                + status
                + (status >= 300 && status < 400 ? ", a redirect, which is never followed" : ""));
    throw takesEffect ? lost(strange.getMessage(), strange) : strange;
  }

  /** What a broken exchange means. */
  RuntimeException broken(Throwable error, boolean takesEffect) {
    Throwable cause = unwrap(error);
    if (cause instanceof ServiceUnavailableException unavailable) {
      noEffect();
      return unavailable;
    }
    if (cause instanceof IllegalArgumentException fault) {
      noEffect();
      return fault;
    }
    String message = cause instanceof DfnsException ? cause.getMessage() : "the exchange broke";
    return takesEffect
        ? lost(message, cause)
        : new ServiceUnavailableException(
            operation.name() + " did not get to take effect: " + message, cause);
  }

  /** The answer to a request that takes effect is lost: from now on the call is in doubt. */
  OutcomeUnknownException lost(@Nullable String why, @Nullable Throwable cause) {
    lostSince.compareAndSet(null, sentAt.get());
    return unknown(why, cause);
  }

  private OutcomeUnknownException unknown(@Nullable String why, @Nullable Throwable cause) {
    Instant since = lostSince.get();
    String externalId = ExternalIds.of(action, codec);
    return OutcomeUnknownException.of(
            operation.name()
                + " may have taken effect: "
                + why
                + (externalId == null || !operation.isIdempotent()
                    ? ". Look for its effect before repeating it"
                    : ". Repeat it only as it was, with its externalId " + externalId),
            operation.name(),
            since == null ? sentAt.get() : since)
        .externalId(externalId)
        .path(action.path())
        .fields(FrozenBody.fields(action, codec))
        .givenUpAt(clock.instant())
        .cause(cause)
        .build();
  }
}
