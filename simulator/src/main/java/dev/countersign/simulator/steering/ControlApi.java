package dev.countersign.simulator.steering;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.error.ConfigurationException;
import dev.countersign.simulator.Simulator;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.json.Masked;
import dev.countersign.simulator.spec.Description;
import dev.countersign.simulator.spec.Operation;
import dev.countersign.simulator.spec.Routes;
import dev.countersign.simulator.state.Tenant;
import dev.countersign.simulator.wire.SimRequest;
import dev.countersign.simulator.wire.SimResponse;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Answers requests to the control API as its description says, which is {@code control-api.json}
 * beside this class. The description is read when the first request comes. Safe for use by several
 * threads at once.
 */
public final class ControlApi {

  /** What all paths begin with. */
  public static final String ROOT = "/v1";

  private static final String RESOURCE = "control-api.json";

  private final Simulator simulator;
  private final Map<String, Handler> handlers = Handlers.all();
  private final AtomicReference<@Nullable Description> description = new AtomicReference<>();

  /** Over a simulator. */
  public ControlApi(Simulator simulator) {
    this.simulator = simulator;
  }

  /** The description, an OpenAPI 3.1 document. */
  public static ObjectNode document() {
    return Json.read(
        Objects.requireNonNull(
            ControlApi.class.getResourceAsStream(RESOURCE),
            "the simulator's jar lacks " + RESOURCE));
  }

  /** The names of the operations that something is done for. */
  Set<String> operations() {
    return handlers.keySet();
  }

  /** Answers a request; throws nothing, whatever arrives. */
  public SimResponse handle(SimRequest request) {
    Optional<Routes.Match> route = description().routes().find(request.method(), request.path());
    if (route.isEmpty()) {
      return refusal(
          404,
          "",
          "the control API has no such operation; the nearest is "
              + description().routes().nearest(request.method(), request.path()));
    }
    Operation operation = route.get().operation();
    Optional<JsonNode> body =
        request.body().length == 0 ? Optional.of(Json.object()) : Json.parse(request.body());
    if (body.isEmpty()) {
      return refusal(400, "body", "body: is not well-formed JSON");
    }
    Map<String, List<String>> query = query(request.query());
    Optional<String> fault =
        unknown(operation, query)
            .or(() -> description().requestSchemas().faultOfQuery(operation, query))
            .or(() -> description().requestSchemas().faultOfBody(operation, body.get()));
    if (fault.isPresent()) {
      return refusal(400, field(fault.get()), fault.get());
    }
    ControlCall call = new ControlCall(simulator, route.get().parameters(), query, body.get());
    if (call.isNowhere()) {
      return missing("organisationId", call.parameter("organisationId"));
    }
    try {
      return Objects.requireNonNull(handlers.get(operation.id()), operation.id()).handle(call);
    } catch (IllegalArgumentException e) {
      return refusal(400, field(e.getMessage()), e.getMessage());
    } catch (ConfigurationException e) {
      return refusal(400, "", e.getMessage());
    } catch (IllegalStateException e) {
      return conflict(call, String.valueOf(e.getMessage()));
    } catch (UncheckedIOException e) {
      return refusal(500, "", e.getMessage());
    } catch (RuntimeException e) {
      return refusal(500, "", "a fault of the simulator: " + e.getClass().getSimpleName());
    }
  }

  private Description description() {
    Description read = description.get();
    if (read == null) {
      read = Description.of(document());
      description.set(read);
    }
    return read;
  }

  private static Optional<String> unknown(Operation operation, Map<String, List<String>> query) {
    return query.keySet().stream()
        .filter(name -> !operation.queryParameters().containsKey(name))
        .findFirst()
        .map(name -> name + ": " + operation + " has no such parameter");
  }

  private static Map<String, List<String>> query(String query) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    for (String pair : query.split("&", -1)) {
      if (!pair.isEmpty()) {
        String[] both = pair.split("=", 2);
        values
            .computeIfAbsent(Routes.decoded(both[0]), it -> new ArrayList<>())
            .add(both.length == 1 ? "" : Routes.decoded(both[1]));
      }
    }
    return values;
  }

  /** The field that a message starts with; empty if it starts with none. */
  private static String field(@Nullable String message) {
    int colon = message == null ? -1 : message.indexOf(": ");
    return message != null && colon > 0 && message.substring(0, colon).matches("[A-Za-z0-9_.]+")
        ? message.substring(0, colon)
        : "";
  }

  /** The refusal of a path that names something that is not there. */
  static SimResponse missing(String parameter, String value) {
    return refusal(404, parameter, parameter + ": there is no " + value);
  }

  /**
   * The refusal of what cannot be now, or of a path, query or body that names what is not there.
   */
  private static SimResponse conflict(ControlCall call, String message) {
    Predicate<String> absent = value -> message.startsWith(Tenant.absence(value));
    String parameter = call.parameterOf(absent);
    if (!parameter.isEmpty()) {
      return missing(parameter, call.parameter(parameter));
    }
    String field = call.fieldOf(absent);
    return field.isEmpty()
        ? refusal(409, "", message)
        : refusal(400, field, field + ": there is no " + call.text(field) + call.query(field));
  }

  private static SimResponse refusal(int status, String field, @Nullable String message) {
    ObjectNode error = Json.object().put("message", Masked.of(String.valueOf(message)));
    if (!field.isEmpty()) {
      error.put("field", field);
    }
    return json(status, Json.object().set("error", error));
  }

  /** An answer. */
  static SimResponse json(int status, JsonNode body) {
    return SimResponse.of(status, Map.of("Content-Type", "application/json"), Json.bytes(body));
  }
}
