package dev.countersign.simulator.check;

import dev.countersign.simulator.call.Answer;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.state.Entity;
import dev.countersign.simulator.state.Tables;
import dev.countersign.simulator.state.Tenant;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How many requests an organisation may make in a minute of its clock (docs.dfns.co, Rate Limits).
 * Every request that comes with a token of the organisation counts, whatever is answered.
 */
public final class RateLimit {

  private static final String WINDOW = "window";
  private static final String START = "start";
  private static final String COUNT = "count";
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private RateLimit() {}

  /** Counts a request; the refusal if it is one too many. */
  public static Optional<Answer> refusal(Tenant tenant) {
    int most = tenant.switches().requestsPerMinute();
    if (most == 0) {
      return Optional.empty();
    }
    Optional<Entity> window =
        tenant.find(Tables.RATE, WINDOW).filter(it -> end(it).isAfter(tenant.now()));
    long start = window.map(it -> it.get(START).asLong()).orElse(tenant.now().toEpochMilli());
    int count = window.map(it -> it.get(COUNT).asInt()).orElse(0) + 1;
    if (count > most) {
      return Optional.of(refusal(tenant, window.map(RateLimit::end).orElseThrow(), most));
    }
    tenant.put(Tables.RATE, Entity.of(WINDOW, Json.object().put(START, start).put(COUNT, count)));
    return Optional.empty();
  }

  private static Answer refusal(Tenant tenant, Instant end, int most) {
    Answer refusal =
        Answer.refused(429, "Too Many Requests")
            .because("the organisation has made " + most + " requests within a minute");
    long seconds = (Duration.between(tenant.now(), end).toMillis() + 999) / 1000;
    return tenant.switches().rateLimitTellsWhen()
        ? refusal.header("Retry-After", String.valueOf(seconds))
        : refusal;
  }

  private static Instant end(Entity window) {
    return Instant.ofEpochMilli(window.get(START).asLong()).plus(MINUTE);
  }
}
