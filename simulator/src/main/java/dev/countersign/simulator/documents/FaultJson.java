package dev.countersign.simulator.documents;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.faults.Effect;
import dev.countersign.simulator.faults.Fault;
import dev.countersign.simulator.faults.Phase;
import dev.countersign.simulator.faults.PlantedFault;
import dev.countersign.simulator.faults.Presets;
import dev.countersign.simulator.json.Json;
import java.time.Duration;

/** Faults as JSON. */
public final class FaultJson {

  private FaultJson() {}

  /** A fault, without the fields that are as they would be if it did not have them. */
  public static ObjectNode write(Fault fault) {
    ObjectNode json = Json.object().put("phase", fault.phase().name());
    json.set("effect", write(fault.effect()));
    put(json, "operation", fault.operation());
    put(json, "identity", fault.identity());
    put(json, "header", fault.header());
    if (fault.skip() > 0) {
      json.put("skip", fault.skip());
    }
    if (fault.times() != Fault.ALWAYS) {
      json.put("times", fault.times());
    }
    if (fault.probability() < 1) {
      json.put("probability", fault.probability()).put("seed", fault.seed());
    }
    return json;
  }

  /** A fault of an organisation. */
  public static ObjectNode write(PlantedFault planted) {
    ObjectNode json =
        Json.object()
            .put("id", planted.id())
            .put("occasions", planted.occasions())
            .put("fired", planted.fired());
    json.set("fault", write(planted.fault()));
    return json;
  }

  /**
   * A fault by a preset's name, or by phase and effect.
   *
   * @throws IllegalArgumentException if there is no such fault; the message starts with the field
   */
  public static Fault read(JsonNode json) {
    Fault.Builder fault;
    if (json.has("preset")) {
      if (json.has("phase") || json.has("effect")) {
        throw new IllegalArgumentException("preset: stands for phase and effect; leave them out");
      }
      fault = Field.of("preset", () -> Presets.named(json.path("preset").asText()));
    } else if (json.has("phase") && json.has("effect")) {
      Effect effect = effect(json.path("effect"));
      fault = Fault.of(Phase.valueOf(json.path("phase").asText()), effect);
    } else {
      throw new IllegalArgumentException("phase: goes with an effect, or else name a preset");
    }
    fault
        .operation(json.path("operation").asText())
        .identity(json.path("identity").asText())
        .header(json.path("header").asText());
    Field.of("skip", () -> fault.skip(json.path("skip").asLong()));
    if (json.has("times")) {
      Field.of("times", () -> fault.times(json.path("times").asLong()));
    }
    if (json.has("probability")) {
      Field.of(
          "probability",
          () -> fault.probability(json.path("probability").asDouble(), json.path("seed").asLong()));
    }
    return Field.of("effect", fault::build);
  }

  /** A fault of an organisation, as {@link #write(PlantedFault)} wrote it. */
  public static PlantedFault planted(JsonNode json) {
    return new PlantedFault(
        json.path("id").asText(),
        read(json.path("fault")),
        json.path("occasions").asLong(),
        json.path("fired").asLong());
  }

  private static ObjectNode write(Effect effect) {
    ObjectNode json = Json.object().put("kind", effect.kind().name());
    if (effect.kind() == Effect.Kind.ANSWER) {
      json.put("status", effect.status());
      put(json, "contentType", effect.contentType());
      put(json, "body", effect.body());
      effect.retryAfter().ifPresent(after -> json.put("retryAfter", after.toSeconds()));
    }
    if (!effect.duration().isZero()) {
      json.put("duration", effect.duration().toString());
    }
    return json;
  }

  private static Effect effect(JsonNode json) {
    return switch (Effect.Kind.valueOf(json.path("kind").asText())) {
      case ANSWER -> answer(json);
      case LATENCY -> Field.of("effect.duration", () -> Effect.latency(duration(json)));
      case STALL -> Field.of("effect.duration", () -> Effect.stall(duration(json)));
      case STALLED_BODY -> Field.of("effect.duration", () -> Effect.stalledBody(duration(json)));
      case RESET -> Effect.reset();
      case EMPTY -> Effect.empty();
      case TRUNCATED -> Effect.truncated();
      case GARBAGE -> Effect.garbage();
      case DUPLICATE -> Effect.duplicate();
      case OUT_OF_ORDER -> Effect.outOfOrder();
    };
  }

  private static Effect answer(JsonNode json) {
    Effect answer =
        Field.of(
            "effect",
            () ->
                Effect.answer(
                    json.path("status").asInt(),
                    json.path("contentType").asText(),
                    json.path("body").asText()));
    return json.has("retryAfter")
        ? Field.of(
            "effect.retryAfter",
            () -> answer.retryAfter(Duration.ofSeconds(json.path("retryAfter").asLong())))
        : answer;
  }

  private static Duration duration(JsonNode json) {
    return Field.duration(json.path("duration").asText());
  }

  private static void put(ObjectNode json, String name, String value) {
    if (!value.isEmpty()) {
      json.put(name, value);
    }
  }
}
