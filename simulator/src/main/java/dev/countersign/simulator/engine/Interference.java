package dev.countersign.simulator.engine;

import dev.countersign.simulator.auth.Tokens;
import dev.countersign.simulator.crypto.Jwts;
import dev.countersign.simulator.faults.Effect;
import dev.countersign.simulator.faults.Fault;
import dev.countersign.simulator.faults.Occasion;
import dev.countersign.simulator.faults.Phase;
import dev.countersign.simulator.faults.PlantedFault;
import dev.countersign.simulator.state.Tables;
import dev.countersign.simulator.state.Tenant;
import dev.countersign.simulator.wire.Breakage;
import dev.countersign.simulator.wire.SimRequest;
import dev.countersign.simulator.wire.SimResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What an organisation's faults do to one request. Not thread-safe. */
final class Interference implements Occasion {

  private static final String JSON = "application/json";

  /** What faults damage when there is no answer yet. */
  private static final String STAND_IN = "{\"status\":\"in front of the operation\"}";

  private static final String GARBAGE = "}{ \u0000 this is no JSON ][";

  private final Tenant tenant;
  private final SimRequest request;
  private final String operation;
  private final String bearer;
  private final AtomicReference<Duration> latency = new AtomicReference<>(Duration.ZERO);
  private final AtomicReference<@Nullable Set<String>> identities = new AtomicReference<>();
  private final AtomicReference<@Nullable PlantedFault> struck = new AtomicReference<>();

  Interference(Tenant tenant, SimRequest request, String operation, String bearer) {
    this.tenant = tenant;
    this.request = request;
    this.operation = operation;
    this.bearer = bearer;
  }

  /** Whether a fault other than latency strikes in a phase. */
  boolean strikes(Phase phase) {
    if (tenant.faults().isEmpty()) {
      return false;
    }
    for (PlantedFault fault : tenant.faults().striking(phase, this)) {
      if (fault.fault().effect().kind() == Effect.Kind.LATENCY) {
        latency.set(latency.get().plus(fault.fault().effect().duration()));
      } else {
        struck.set(fault);
      }
    }
    return struck.get() != null;
  }

  /** What is answered if a fault struck before there was an answer. */
  SimResponse instead() {
    return damaged(
        SimResponse.of(
            200, Map.of("Content-Type", JSON), STAND_IN.getBytes(StandardCharsets.UTF_8)));
  }

  /** What becomes of an answer. */
  SimResponse damaged(SimResponse whole) {
    PlantedFault fault = struck.get();
    SimResponse response = fault == null ? whole : damaged(whole, fault.fault().effect());
    return latency.get().isZero()
        ? response
        : response.delivered(response.breakage().later(latency.get()));
  }

  /** What struck, for the decision log; empty if nothing did. */
  String reason() {
    PlantedFault fault = struck.get();
    return fault == null ? "" : "the fault " + fault.id() + " struck: " + fault.fault();
  }

  private static SimResponse damaged(SimResponse whole, Effect effect) {
    return switch (effect.kind()) {
      case ANSWER -> answer(effect);
      case GARBAGE ->
          SimResponse.of(
              whole.status(),
              Map.of("Content-Type", JSON),
              GARBAGE.getBytes(StandardCharsets.UTF_8));
      case RESET -> whole.delivered(Breakage.of(Breakage.Kind.RESET, Duration.ZERO));
      case EMPTY -> whole.delivered(Breakage.of(Breakage.Kind.EMPTY, Duration.ZERO));
      case TRUNCATED -> whole.delivered(Breakage.of(Breakage.Kind.TRUNCATED, Duration.ZERO));
      case STALL -> whole.delivered(Breakage.of(Breakage.Kind.STALLED, effect.duration()));
      case STALLED_BODY ->
          whole.delivered(Breakage.of(Breakage.Kind.STALLED_BODY, effect.duration()));
      case LATENCY, DUPLICATE, OUT_OF_ORDER -> whole;
    };
  }

  private static SimResponse answer(Effect effect) {
    Map<String, String> headers = new HashMap<>();
    if (!effect.contentType().isEmpty()) {
      headers.put("Content-Type", effect.contentType());
    }
    effect
        .retryAfter()
        .ifPresent(after -> headers.put("Retry-After", Long.toString(after.toSeconds())));
    return SimResponse.of(effect.status(), headers, effect.body().getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String operation() {
    return operation;
  }

  @Override
  public String header() {
    return request.header(Fault.HEADER).orElse("");
  }

  @Override
  public Set<String> identities() {
    Set<String> known = identities.get();
    if (known == null) {
      known = claimed();
      identities.set(known);
    }
    return known;
  }

  /** Whom the token names, which nobody has verified yet. */
  private Set<String> claimed() {
    return Jwts.unverified(bearer).stream()
        .flatMap(
            claims -> {
              String token = claims.path("jti").asText();
              Optional<String> credential =
                  tenant.find(Tables.TOKENS, token).map(it -> it.text("credId"));
              return Stream.of(token, Tokens.claimedUser(claims), credential.orElse(""));
            })
        .filter(id -> !id.isEmpty())
        .collect(Collectors.toUnmodifiableSet());
  }
}
