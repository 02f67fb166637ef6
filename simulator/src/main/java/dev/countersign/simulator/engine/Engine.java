package dev.countersign.simulator.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.auth.Addressing;
import dev.countersign.simulator.auth.Authentication;
import dev.countersign.simulator.auth.Tokens;
import dev.countersign.simulator.call.Answer;
import dev.countersign.simulator.call.Behaviour;
import dev.countersign.simulator.call.Call;
import dev.countersign.simulator.call.Caller;
import dev.countersign.simulator.check.Checks;
import dev.countersign.simulator.check.RateLimit;
import dev.countersign.simulator.control.Switches.Rule;
import dev.countersign.simulator.crypto.Recent;
import dev.countersign.simulator.delivery.Dispatcher;
import dev.countersign.simulator.delivery.HttpCourier;
import dev.countersign.simulator.faults.Phase;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.json.Masked;
import dev.countersign.simulator.records.AuditLog;
import dev.countersign.simulator.spec.Description;
import dev.countersign.simulator.spec.Operation;
import dev.countersign.simulator.spec.Routes;
import dev.countersign.simulator.state.Decisions;
import dev.countersign.simulator.state.Due;
import dev.countersign.simulator.state.Moment;
import dev.countersign.simulator.state.Tenant;
import dev.countersign.simulator.state.Traffic;
import dev.countersign.simulator.webhooks.Courier;
import dev.countersign.simulator.wire.SimRequest;
import dev.countersign.simulator.wire.SimResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

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
  private final Recent<String> organisations = new Recent<>();
  private final Decisions decisions = new Decisions();
  private final Traffic traffic = new Traffic();
  private final AtomicLong errors = new AtomicLong();
  private final Dispatcher dispatcher;

  /** An answer unless a fault struck before it, and the number of the error if it is one. */
  private record Answered(@Nullable Answer answer, String errorId, Interference interference) {}

  /** Over a description of the API; webhooks are delivered over HTTP. */
  public Engine(Description description) {
    this(description, new HttpCourier());
  }

  /** Over a description of the API, with what delivers webhooks. */
  public Engine(Description description, Courier courier) {
    this.description = description;
    this.dispatcher = new Dispatcher(courier);
    this.checks = new Checks(description.requestSchemas());
    Assembly assembly = new Assembly(description, courier);
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

  /**
   * Forgets an organisation, but not which operations its requests called; requests that it is
   * answering are answered.
   */
  public void remove(Tenant tenant) {
    tenants.remove(tenant.id(), tenant);
    order.remove(tenant);
    traffic.addAnswers(tenant.traffic());
  }

  /**
   * Checks what an organisation is to be made of.
   *
   * @throws IllegalArgumentException if something is due in it that never happens
   */
  public void require(Moment moment) {
    moment
        .due()
        .filter(due -> !happenings.containsKey(due.what()))
        .findFirst()
        .ifPresent(
            due -> {
              throw new IllegalArgumentException(
                  "The snapshot is damaged: nothing that happens is called " + due.what());
            });
  }

  /** Makes happen what is due in an organisation. */
  public void happen(Tenant tenant, Due due) {
    Objects.requireNonNull(happenings.get(due.what()), due.what()).happen(tenant, due);
  }

  /**
   * Does an operation for a caller who need not prove anything, inside {@link Tenant#alone}; its
   * form and what it names are checked as ever, and a refusal changes nothing.
   */
  public Answer act(
      Tenant tenant, Caller caller, String id, Map<String, String> parameters, ObjectNode body) {
    Operation operation = description.operation(id);
    Call call =
        new Call(
            SimRequest.single(operation.method(), operation.path(), Map.of(), Json.bytes(body)),
            operation,
            parameters,
            Map.of(),
            body,
            tenant,
            caller);
    Runnable takeBack = tenant.mark();
    Answer answer =
        checks
            .unsound(call)
            .orElseGet(() -> Objects.requireNonNull(behaviours.get(id), id).answer(call));
    if (!answer.kept()) {
      takeBack.run();
    }
    return answer;
  }

  /** Sends what an organisation has to send, when a change of it is there for everybody. */
  public void committed(Tenant tenant) {
    dispatcher.look(tenant);
  }

  /** What sends. */
  public Dispatcher dispatcher() {
    return dispatcher;
  }

  /** What was answered to requests that belong to no organisation, and why. */
  public Decisions decisions() {
    return decisions;
  }

  /** What was touched by requests that belong to no organisation any more. */
  public Traffic traffic() {
    return traffic;
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
      return counted(traffic, operation, stray(request, fault.get()));
    }
    if (operation.open() && !behaviours.containsKey(operation.id())) {
      return counted(traffic, operation, stray(request, notSimulated(operation)));
    }
    String bearer = bearer(request);
    Optional<Tenant> tenant =
        operation.open()
            ? Addressing.of(
                Form.body(request, operation), tenants.values(), Optional.ofNullable(order.peek()))
            : claimed(bearer).map(tenants::get);
    if (tenant.isEmpty() && operation.open()) {
      return counted(
          traffic, operation, stray(request, Answer.refused(404, "organisation not found")));
    }
    if (tenant.isEmpty()) {
      String reason =
          bearer.isEmpty()
              ? "no bearer token came with the request"
              : "not a token of the simulator";
      return counted(
          traffic,
          operation,
          stray(request, Authentication.refused(reason).refusal().orElseThrow()));
    }
    try {
      Answered answered =
          tenant.get().alone(() -> handle(request, route.get(), tenant.get(), bearer));
      return counted(
          tenant.get().traffic(), operation, response(tenant.get(), operation, answered));
    } catch (RuntimeException e) {
      // something that was due failed
      return counted(traffic, operation, stray(request, faulty(operation, e)));
    }
  }

  private Optional<String> claimed(String bearer) {
    Optional<String> known = organisations.find(bearer);
    if (known.isPresent()) {
      return known;
    }
    Optional<String> claimed = Tokens.claimedOrganisation(bearer);
    claimed.ifPresent(it -> organisations.add(bearer, it));
    return claimed;
  }

  private Answered handle(SimRequest request, Routes.Match route, Tenant tenant, String bearer) {
    Interference interference = new Interference(tenant, request, route.operation().id(), bearer);
    if (interference.strikes(Phase.BEFORE_AUTHENTICATION)) {
      return struck(request, tenant, interference);
    }
    Runnable takeBack = tenant.mark();
    Answer answer;
    try {
      Authentication authentication =
          route.operation().open()
              ? Authentication.none()
              : Authentication.of(tenant, bearer, route.operation().id());
      Optional<Answer> limited = Optional.empty();
      if (authentication.caller().isPresent() && !route.operation().open()) {
        limited = RateLimit.refusal(tenant);
        // a request counts whatever is answered
        takeBack = tenant.mark();
      }
      if (authentication.caller().isEmpty()) {
        answer = authentication.refusal().orElseThrow();
      } else if (limited.isPresent()) {
        answer = limited.get();
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
        if (refusal.isEmpty() && interference.strikes(Phase.BEFORE_COMMIT)) {
          return struck(request, tenant, interference);
        }
        answer =
            refusal.orElseGet(
                () ->
                    behaviours
                        .getOrDefault(route.operation().id(), it -> notSimulated(route.operation()))
                        .answer(call));
        answer = answer.isUnfinished() ? answer : valid(tenant, route.operation(), answer);
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
    if (answer.status() < 400 && interference.strikes(Phase.AFTER_COMMIT)) {
      tenant.decisions().add(line(request, answer) + "; " + interference.reason());
    } else {
      tenant.decisions().add(line(request, answer));
    }
    return new Answered(answer, answer.status() < 400 ? "" : tenant.newDigits(), interference);
  }

  private SimResponse response(Tenant tenant, Operation operation, Answered answered) {
    Answer answer = answered.answer();
    return answer == null
        ? answered.interference().instead()
        : answered
            .interference()
            .damaged(response(completed(tenant, operation, answer), answered.errorId()));
  }

  private static SimResponse counted(Traffic traffic, Operation operation, SimResponse response) {
    traffic.answered(
        operation.id(), response.breakage().isWhole() ? response.status() : Traffic.LOST);
    return response;
  }

  private static Answered struck(SimRequest request, Tenant tenant, Interference interference) {
    SimResponse response = interference.instead();
    String outcome = response.breakage().isWhole() ? response.status() + " " : "--- ";
    tenant
        .decisions()
        .add(outcome + request.method() + " " + request.path() + ": " + interference.reason());
    return new Answered(null, "", interference);
  }

  private Answer completed(Tenant tenant, Operation operation, Answer answer) {
    return answer.isUnfinished() ? valid(tenant, operation, answer.completed()) : answer;
  }

  /** An answer that is as the description has it, or what says that it was not. */
  private Answer valid(Tenant tenant, Operation operation, Answer answer) {
    if (!tenant.switches().answersValidated()) {
      return answer;
    }
    Optional<String> fault =
        description.answerSchemas().fault(operation, answer.status(), answer.type(), answer.body());
    if (fault.isEmpty()) {
      return answer;
    }
    String why = "a fault of the simulator: its answer to " + operation + " has " + fault.get();
    if (tenant.switches().lenient().contains(Rule.ANSWER)) {
      tenant.decisions().add("let pass, lenient with " + Rule.ANSWER + ": " + why);
      return answer;
    }
    return Answer.refused(500, "Internal Server Error").because(why);
  }

  private SimResponse stray(SimRequest request, Answer answer) {
    decisions.add(line(request, answer));
    return response(answer, String.format("%010d", errors.incrementAndGet()));
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

  private static SimResponse response(Answer answer, String errorId) {
    if (answer.body().isEmpty()) {
      return SimResponse.of(answer.status(), answer.headers(), new byte[0]);
    }
    JsonNode body = answer.body().get();
    if (body.path("error") instanceof ObjectNode error && answer.status() >= 400) {
      ObjectNode numbered = Json.object().put("id", errorId);
      body = Json.object().set("error", numbered.setAll(error));
    }
    byte[] bytes =
        answer.type().startsWith("text/")
            ? body.asText().getBytes(StandardCharsets.UTF_8)
            : Json.bytes(body);
    if (answer.status() >= 400) {
      // a refusal quotes what was wrong with the request
      bytes = Masked.of(new String(bytes, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
    }
    Map<String, String> headers = new HashMap<>(answer.headers());
    headers.put("Content-Type", answer.type());
    return SimResponse.of(answer.status(), headers, bytes);
  }
}
