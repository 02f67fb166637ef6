package dev.countersign.lookup;

import dev.countersign.call.Calls;
import dev.countersign.error.DfnsException;
import dev.countersign.error.OutcomeUnknownException;
import dev.countersign.json.JsonObject;
import java.net.URI;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Looks at Dfns for what became of a change whose answer was lost.
 *
 * <p>Transfers, transactions and signatures need it only in a process that no longer has the call:
 * elsewhere running the same call again is the look-up. Wallets, vaults and address watches are
 * found by their {@code externalId}, service accounts and personal access tokens by their public
 * key, users by their mail address; without that, and for keys, permissions, policies and webhooks,
 * by likeness among those that are no older than the request. For all else it cannot be told, nor
 * where what bears the {@code externalId} is older than the request.
 *
 * <p>The identity of the calls needs the permission to list. Immutable; safe for use by several
 * threads.
 */
public final class Lookup {

  /** How many entities are looked at: 10,000. Whoever has more is told so. */
  public static final int LIMIT = 10_000;

  /** By how much the clocks of the caller and of Dfns may differ: 5 minutes. */
  public static final Duration CLOCK_DIFFERENCE = Duration.ofMinutes(5);

  private final Calls calls;
  private final Clock clock;

  private Lookup(Calls calls, Clock clock) {
    this.calls = Objects.requireNonNull(calls, "calls");
    this.clock = Objects.requireNonNull(clock, "clock");
  }

  /** Looks with these calls, by the system's clock. */
  public static Lookup over(Calls calls) {
    return over(calls, Clock.systemUTC());
  }

  /** Looks with these calls, by a clock that was the caller's when the request was sent. */
  public static Lookup over(Calls calls, Clock clock) {
    return new Lookup(calls, clock);
  }

  /**
   * Looks for the effect. Waits for as many pages as there are.
   *
   * @throws DfnsException if Dfns could not be asked; then nothing more is known than before
   */
  public Finding find(OutcomeUnknownException unknown) {
    Trace trace = Trace.of(unknown.operation()).orElse(null);
    if (trace == null) {
      return new Finding.CannotTell(
          unknown.operation() + " leaves nothing that the API lists by what was sent");
    }
    String mark = trace.mark() == null ? null : unknown.fields().get(trace.mark());
    if (mark == null && "externalId".equals(trace.mark())) {
      mark = unknown.externalId().orElse(null);
    }
    if (mark == null && trace.likeness().stream().noneMatch(unknown.fields()::containsKey)) {
      return new Finding.CannotTell(
          "The request of " + unknown.operation() + " held nothing to recognise its effect by");
    }
    Instant asOf = clock.instant();
    Instant oldest = unknown.sentAt().minus(CLOCK_DIFFERENCE);
    String marked = mark;
    int[] seen = {0};
    List<JsonObject> found;
    try (Stream<JsonObject> listing = trace.listing().apply(calls, id(unknown))) {
      found =
          listing
              .limit(LIMIT + 1L)
              .peek(entity -> seen[0]++)
              .filter(
                  entity ->
                      marked != null
                          ? trace.bears(entity, marked)
                          : isLike(entity, trace, unknown.fields()) && isSince(entity, oldest))
              .toList();
    }
    if (found.size() > 1) {
      return new Finding.CannotTell(
          found.size() + " look like what " + unknown.operation() + " was to bring about");
    }
    if (found.size() == 1
        && marked != null
        && !trace.isForEver()
        && !isSince(found.get(0), oldest)) {
      return new Finding.CannotTell(
          "What bears the same "
              + trace.mark()
              + " is older than the request of "
              + unknown.operation());
    }
    boolean seenAll = seen[0] <= LIMIT;
    if (!found.isEmpty() && (marked != null || seenAll)) {
      return new Finding.Found(found.get(0), marked != null);
    }
    return seenAll
        ? new Finding.NotFound(asOf)
        : new Finding.CannotTell(
            "There are more than "
                + LIMIT
                + (found.isEmpty()
                    ? ", and it is not among those that were looked at"
                    : ", and of those that were looked at one looks like it: others may as well"));
  }

  /** The id in the path, of the wallet or key whose list is looked at. */
  private static String id(OutcomeUnknownException unknown) {
    String[] path = URI.create(unknown.path().orElse("")).getPath().split("/", -1);
    return path.length > 2 ? path[2] : "";
  }

  private static boolean isLike(JsonObject entity, Trace trace, Map<String, String> fields) {
    return trace.likeness().stream()
        .filter(fields::containsKey)
        .allMatch(name -> entity.text(name).filter(it -> it.equals(fields.get(name))).isPresent());
  }

  /** What bears no date that can be read is not known to be older. */
  private static boolean isSince(JsonObject entity, Instant oldest) {
    try {
      return entity
          .text("dateCreated")
          .map(date -> !Instant.parse(date).isBefore(oldest))
          .orElse(true);
    } catch (DateTimeException e) {
      return true;
    }
  }
}
