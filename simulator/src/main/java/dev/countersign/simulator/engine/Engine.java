package dev.countersign.simulator.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.auth.Addressing;
import dev.countersign.simulator.auth.Authentication;
import dev.countersign.simulator.auth.Tokens;
import dev.countersign.simulator.call.Answer;
import dev.countersign.simulator.call.Behaviour;
import dev.countersign.simulator.call.Call;
import dev.countersign.simulator.check.Checks;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.records.AuditLog;
import dev.countersign.simulator.spec.Description;
import dev.countersign.simulator.spec.Operation;
import dev.countersign.simulator.spec.Routes;
import dev.countersign.simulator.state.Decisions;
import dev.countersign.simulator.state.Due;
import dev.countersign.simulator.state.Tenant;
import dev.countersign.simulator.wire.SimRequest;
import dev.countersign.simulator.wire.SimResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Answers requests for many organisations; the token says which one, or the body of an operation
 * that takes no token. Safe for use by several threads at once; requests of one organisation are
 * handled one after the other.
 *
 * <p>The order is: route, form of the body, bearer token, {@linkplain Checks the checks}, the
 * operation. A refusal takes back what the operation did, but not that a user action was spent.
 */
public final class Engine {

  private final Description description;
  private final Checks checks;
  private final Map<String, Behaviour> behaviours;
  private final Map<String, Happening> happenings;
  private final Map<String, Tenant> tenants = new ConcurrentHashMap<>();
  private final Queue<Tenant> order = new ConcurrentLinkedQueue<>();
  private final Decisions decisions = new Decisions();
  private final AtomicLong errors = new AtomicLong();

  /** Over a description of the API. */
  public Engine(Description description) {
    this.description = description;
    this.checks = new Checks(description.requestSchemas());
    Assembly assembly = new Assembly(description);
    this.behaviours = assembly.behaviours();
    this.happenings = assembly.happenings();
  }

  /** The description of the API. */
  public Description description() {
    return description;
  }

  /**
   * Takes up an organisation.
   *
   * @throws IllegalArgumentException if there is one of the same name
   */
  public void add(Tenant tenant) {
    if (tenants.putIfAbsent(tenant.id(), tenant) != null) {
      throw new IllegalArgumentException("The simulator has an organisation of that name already");
    }
    order.add(tenant);
  }

  /** Forgets an organisation; requests that it is answering are answered. */
  public void remove(Tenant tenant) {
    tenants.remove(tenant.id(), tenant);
    order.remove(tenant);
  }

  /** The organisation of an identifier, if there is one. */
  public Optional<Tenant> find(String id) {
    return Optional.ofNullable(tenants.get(id));
  }

  /** Makes happen what is due in an organisation. */
  public void happen(Tenant tenant, Due due) {
    Objects.requireNonNull(happenings.get(due.what()), due.what()).happen(tenant, due);
  }

  /** What was answered to requests that belong to no organisation, and why. */
  public Decisions decisions() {
    return decisions;
  }

  /** Answers a request; throws nothing, whatever arrives. */
  public SimResponse handle(SimRequest request) {
    Optional<Routes.Match> route = description.routes().find(request.method(), request.path());
    if (route.isEmpty()) {
      String nearest = description.routes().nearest(request.method(), request.path());
      return stray(
          request,
          Answer.refused(404, "Not Found").because("no such operation; the nearest is " + nearest));
    }
    Operation operation = route.get().operation();
    Optional<Answer> fault = Form.fault(request, operation);
    if (fault.isPresent()) {
      return stray(request, fault.get());
    }
    if (operation.open() && !behaviours.containsKey(operation.id())) {
      return stray(request, notSimulated(operation));
    }
    String bearer = bearer(request);
    Optional<Tenant> tenant =
        operation.open()
            ? Addressing.of(
                Form.body(request, operation), tenants.values(), Optional.ofNullable(order.peek()))
            : Tokens.claimedOrganisation(bearer).map(tenants::get);
    if (tenant.isEmpty() && operation.open()) {
      return stray(request, Answer.refused(404, "organisation not found"));
    }
    if (tenant.isEmpty()) {
      String reason =
          bearer.isEmpty()
              ? "no bearer token came with the request"
              : "not a token of the simulator";
      return stray(request, Authentication.refused(reason).refusal().orElseThrow());
    }
    try {
      return tenant.get().alone(() -> handle(request, route.get(), tenant.get(), bearer));
    } catch (RuntimeException e) {
      // something that was due failed
      return stray(request, faulty(operation, e));
    }
  }

  private SimResponse handle(SimRequest request, Routes.Match route, Tenant tenant, String bearer) {
    Runnable takeBack = tenant.mark();
    Answer answer;
    try {
      Authentication authentication =
          route.operation().open()
              ? Authentication.none()
              : Authentication.of(tenant, bearer, route.operation().id());
      if (authentication.caller().isEmpty()) {
        answer = authentication.refusal().orElseThrow();
      } else {
        Call call =
            new Call(
                request,
                route.operation(),
                route.parameters(),
                Form.query(request),
                Form.body(request, route.operation()),
                tenant,
                authentication.caller().get());
        Optional<Answer> refusal = checks.refusal(call);
        // a user action that was spent stays spent
        takeBack = tenant.mark();
        answer =
            refusal.orElseGet(
                () ->
                    behaviours
                        .getOrDefault(route.operation().id(), it -> notSimulated(route.operation()))
                        .answer(call));
        if (answer.status() < 400) {
          AuditLog.note(call);
        }
      }
    } catch (RuntimeException e) {
      answer = faulty(route.operation(), e);
    }
    if (!answer.kept()) {
      takeBack.run();
    }
    tenant.decisions().add(line(request, answer));
    return response(answer, tenant::newDigits);
  }

  private SimResponse stray(SimRequest request, Answer answer) {
    decisions.add(line(request, answer));
    return response(answer, () -> String.format("%010d", errors.incrementAndGet()));
  }

  private static Answer notSimulated(Operation operation) {
    return Answer.refused(501, "The simulator does not simulate " + operation + " yet");
  }

  private static Answer faulty(Operation operation, RuntimeException e) {
    return Answer.refused(500, "Internal Server Error")
        .because("a fault of the simulator in " + operation + ": " + place(e));
  }

  private static String bearer(SimRequest request) {
    String header = request.header("Authorization").orElse("").strip();
    return header.regionMatches(true, 0, "Bearer ", 0, 7) ? header.substring(7).strip() : "";
  }

  /** Kind and place of a fault; its message might quote what is secret. */
  private static String place(RuntimeException e) {
    StackTraceElement[] trace = e.getStackTrace();
    return e.getClass().getSimpleName() + (trace.length == 0 ? "" : " at " + trace[0]);
  }

  private static String line(SimRequest request, Answer answer) {
    String line = answer.status() + " " + request.method() + " " + request.path();
    return answer.reason().isEmpty() ? line : line + ": " + answer.reason();
  }

  private static SimResponse response(Answer answer, Supplier<String> errorId) {
    if (answer.body().isEmpty()) {
      return SimResponse.of(answer.status(), Map.of(), new byte[0]);
    }
    JsonNode body = answer.body().get();
    if (body.path("error") instanceof ObjectNode error && answer.status() >= 400) {
      ObjectNode numbered = Json.object().put("id", errorId.get());
      body = Json.object().set("error", numbered.setAll(error));
    }
    byte[] bytes =
        answer.type().startsWith("text/")
            ? body.asText().getBytes(StandardCharsets.UTF_8)
            : Json.bytes(body);
    return SimResponse.of(answer.status(), Map.of("Content-Type", answer.type()), bytes);
  }
}
