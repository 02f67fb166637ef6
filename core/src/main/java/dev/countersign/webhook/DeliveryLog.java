package dev.countersign.webhook;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Remembers which deliveries were handled, so that each event is handled once though Dfns delivers
 * it again.
 *
 * <p>Handling has three steps, so that a handler that fails, or a process that dies, loses nothing:
 * {@link #claim}, handle, then {@link #confirm} or {@link #release}. A claim that is neither
 * confirmed nor released lapses; then the event may be claimed again. Every attempt of Dfns is an
 * event with an id of its own and, from the second on, {@code retryOf} an earlier one: an event and
 * all that retry it, directly or through one another, are one to this log
 * (docs.dfns.co/api-reference/webhook-events).
 *
 * <p>Implementations are safe for use by several threads at once, and those that several processes
 * share by several processes. They keep a confirmed event for 48 hours or more where they have
 * room: Dfns delivers an event for the last time a day after the first. What goes wrong with a
 * store is thrown, unchecked; the event is then delivered again.
 */
public interface DeliveryLog {

  /** What came of claiming. */
  enum Claim {
    /** It is the caller's to handle, and to confirm or release. */
    FIRST,
    /** Somebody else handles it right now, or died over it. */
    BUSY,
    /** It was handled. */
    DONE
  }

  /**
   * Claims an event for handling, or says why not.
   *
   * @param eventId the event's id, {@code whe-…}
   * @param retryOf the id of an earlier event that it retries, or null
   * @param now the time, by the clock of those who handle
   */
  Claim claim(String eventId, @Nullable String retryOf, Instant now);

  /** The event that this caller claimed was handled. */
  void confirm(String eventId, Instant now);

  /** The event that this caller claimed could not be handled: the next attempt may claim it. */
  void release(String eventId);
}
