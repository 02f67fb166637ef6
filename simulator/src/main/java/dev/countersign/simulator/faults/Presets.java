package dev.countersign.simulator.faults;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Faults that have a name. Each strikes all requests, always, until its builder is told more. */
public final class Presets {

  private static final Map<String, Supplier<Fault.Builder>> BY_NAME = byName();

  private Presets() {}

  /** It is done, and the connection is reset before the answer. */
  public static Fault.Builder lostAnswer(String operation) {
    return Fault.of(Phase.AFTER_COMMIT, Effect.reset()).operation(operation);
  }

  /** It is not done, and the connection is reset. */
  public static Fault.Builder lostRequest(String operation) {
    return Fault.of(Phase.BEFORE_AUTHENTICATION, Effect.reset()).operation(operation);
  }

  /** 429 with {@code Retry-After: 1}. */
  public static Fault.Builder rateLimited(String operation) {
    return Fault.of(Phase.BEFORE_AUTHENTICATION, Effect.tooManyRequests(Duration.ofSeconds(1)))
        .operation(operation);
  }

  /** 503 and a proxy's HTML. */
  public static Fault.Builder unavailable(String operation) {
    return Fault.of(Phase.BEFORE_AUTHENTICATION, Effect.html(503)).operation(operation);
  }

  /** It is done, and a proxy's 502 stands in for the answer. */
  public static Fault.Builder badGateway(String operation) {
    return Fault.of(Phase.AFTER_COMMIT, Effect.html(502)).operation(operation);
  }

  /** It is done, and half of the answer comes. */
  public static Fault.Builder truncatedAnswer(String operation) {
    return Fault.of(Phase.AFTER_COMMIT, Effect.truncated()).operation(operation);
  }

  /** It is done, and the answer is no JSON. */
  public static Fault.Builder garbledAnswer(String operation) {
    return Fault.of(Phase.AFTER_COMMIT, Effect.garbage()).operation(operation);
  }

  /** It is done, and no answer comes for a minute. */
  public static Fault.Builder stalledAnswer(String operation) {
    return Fault.of(Phase.AFTER_COMMIT, Effect.stall(Duration.ofMinutes(1))).operation(operation);
  }

  /** It is done, and the answer comes a second later. */
  public static Fault.Builder slow(String operation) {
    return Fault.of(Phase.AFTER_COMMIT, Effect.latency(Duration.ofSeconds(1))).operation(operation);
  }

  /** Events are delivered twice. */
  public static Fault.Builder duplicateDelivery(String event) {
    return Fault.of(Phase.WEBHOOK, Effect.duplicate()).operation(event);
  }

  /** Receivers of events seem to be out of order. */
  public static Fault.Builder failedDelivery(String event) {
    return Fault.of(Phase.WEBHOOK, Effect.status(500)).operation(event);
  }

  /**
   * The preset of a name, such as {@code lostAnswer}.
   *
   * @throws IllegalArgumentException if none has that name
   */
  public static Fault.Builder named(String name) {
    Supplier<Fault.Builder> preset = BY_NAME.get(name);
    if (preset == null) {
      throw new IllegalArgumentException(
          "No preset is called " + name + "; there are " + String.join(", ", BY_NAME.keySet()));
    }
    return preset.get();
  }

  private static Map<String, Supplier<Fault.Builder>> byName() {
    Map<String, Supplier<Fault.Builder>> presets = new TreeMap<>();
    presets.put("lostAnswer", () -> lostAnswer(""));
    presets.put("lostRequest", () -> lostRequest(""));
    presets.put("rateLimited", () -> rateLimited(""));
    presets.put("unavailable", () -> unavailable(""));
    presets.put("badGateway", () -> badGateway(""));
    presets.put("truncatedAnswer", () -> truncatedAnswer(""));
    presets.put("garbledAnswer", () -> garbledAnswer(""));
    presets.put("stalledAnswer", () -> stalledAnswer(""));
    presets.put("slow", () -> slow(""));
    presets.put("duplicateDelivery", () -> duplicateDelivery(""));
    presets.put("failedDelivery", () -> failedDelivery(""));
    return Collections.unmodifiableMap(presets);
  }
}
