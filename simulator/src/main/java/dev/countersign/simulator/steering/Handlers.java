package dev.countersign.simulator.steering;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.Identity;
import dev.countersign.simulator.Organisation;
import dev.countersign.simulator.control.Asset;
import dev.countersign.simulator.control.Fired;
import dev.countersign.simulator.control.Switches;
import dev.countersign.simulator.documents.FaultJson;
import dev.countersign.simulator.documents.Field;
import dev.countersign.simulator.documents.UsageJson;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.state.SwitchesJson;
import dev.countersign.simulator.usage.Coverage;
import dev.countersign.simulator.wire.SimResponse;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;

/** What the operations of the control API do. */
final class Handlers {

  private static final SimResponse DONE = SimResponse.of(204, Map.of(), new byte[0]);

  private Handlers() {}

  /** All of them by the names of their operations. */
  static Map<String, Handler> all() {
    Map<String, Handler> all = new TreeMap<>();
    all.put("getDescription", call -> ok(ControlApi.document()));
    all.put("getSimulatorCoverage", call -> coverage(call, call.simulator().coverage()));
    all.put("loadScenario", call -> ok(Scenarios.load(call)));
    organisations(all);
    people(all);
    clock(all);
    faults(all);
    world(all);
    usage(all);
    Money.add(all);
    return Collections.unmodifiableMap(all);
  }

  private static void organisations(Map<String, Handler> all) {
    all.put(
        "listOrganisations",
        call -> items(call.simulator().organisations(), Handlers::organisation));
    all.put(
        "createOrganisation",
        call -> {
          Switches switches =
              Field.of(
                  "switches",
                  () -> SwitchesJson.read(call.body().path("switches"), Switches.defaults()));
          return ok(
              organisation(
                  call.body().has("switches")
                      ? Field.of(
                          "name",
                          () -> call.simulator().addOrganisation(call.text("name"), switches))
                      : Field.of(
                          "name", () -> call.simulator().addOrganisation(call.text("name")))));
        });
    all.put(
        "restoreSnapshot",
        call ->
            ok(
                organisation(
                    Field.of("body", () -> call.simulator().restore(Json.bytes(call.body()))))));
    all.put("getOrganisation", call -> ok(organisation(call.organisation())));
    all.put("deleteOrganisation", call -> done(call.organisation(), call.simulator()::remove));
    all.put("resetOrganisation", call -> done(call.organisation(), Organisation::reset));
    all.put("markOrganisation", call -> done(call.organisation(), Organisation::mark));
    all.put(
        "takeSnapshot",
        call ->
            SimResponse.of(
                200, Map.of("Content-Type", "application/json"), call.organisation().snapshot()));
  }

  private static void people(Map<String, Handler> all) {
    all.put("createIdentity", call -> ok(identity(created(call))));
    all.put(
        "setActivation",
        call ->
            done(
                call.organisation(),
                organisation -> {
                  if (call.body().path("active").asBoolean()) {
                    organisation.activate(call.parameter("userId"));
                  } else {
                    organisation.deactivate(call.parameter("userId"));
                  }
                }));
    all.put(
        "listMailedCodes",
        call -> {
          ObjectNode codes = Json.object();
          codes.set(
              "codes", Json.texts(call.organisation().mailedCodes(call.requiredQuery("username"))));
          return ok(codes);
        });
  }

  private static Identity created(ControlCall call) {
    Organisation organisation = call.organisation();
    String name = call.text("name");
    String key = call.text("publicKey");
    String kind = call.text("kind");
    String[] operations =
        call.body().path("operations").valueStream().map(JsonNode::asText).toArray(String[]::new);
    if (operations.length > 0 && (kind.equals("admin") || kind.equals("endUser"))) {
      throw new IllegalArgumentException(
          "operations: an identity of the kind " + kind + " has a permission already");
    }
    return switch (kind) {
      case "admin" -> organisation.admin(name, key);
      case "human" -> organisation.human(name, key, operations);
      case "serviceAccount" -> organisation.serviceAccount(name, key, operations);
      default -> organisation.endUser(name, key);
    };
  }

  private static void clock(Map<String, Handler> all) {
    all.put("getClock", call -> ok(clock(call.organisation())));
    all.put(
        "freezeClock",
        call -> {
          call.organisation().clock().freeze();
          return ok(clock(call.organisation()));
        });
    all.put(
        "resumeClock",
        call -> {
          call.organisation().clock().resume();
          return ok(clock(call.organisation()));
        });
    all.put(
        "advanceClock",
        call -> {
          Organisation organisation = call.organisation();
          List<Fired> fired =
              Field.of("duration", () -> organisation.clock().advance(call.duration("duration")));
          ArrayNode list = Json.array();
          fired.forEach(
              it ->
                  list.addObject()
                      .put("at", it.at().toString())
                      .put("what", it.what())
                      .put("subject", it.subject()));
          ObjectNode moved = clock(organisation);
          moved.set("fired", list);
          return ok(moved);
        });
  }

  private static void faults(Map<String, Handler> all) {
    all.put("listFaults", call -> items(call.organisation().faults().list(), FaultJson::write));
    all.put(
        "addFault",
        call -> ok(FaultJson.write(call.organisation().faults().add(FaultJson.read(call.body())))));
    all.put(
        "getFault",
        call ->
            call.organisation()
                .faults()
                .find(call.parameter("faultId"))
                .map(fault -> ok(FaultJson.write(fault)))
                .orElseGet(() -> ControlApi.missing("faultId", call.parameter("faultId"))));
    all.put(
        "removeFault",
        call ->
            call.organisation().faults().remove(call.parameter("faultId"))
                ? DONE
                : ControlApi.missing("faultId", call.parameter("faultId")));
    all.put("clearFaults", call -> done(call.organisation(), it -> it.faults().clear()));
  }

  private static void world(Map<String, Handler> all) {
    all.put(
        "listPrices",
        call -> items(call.organisation().prices().all().entrySet(), Handlers::price));
    all.put(
        "setPrice",
        call ->
            done(
                call.organisation(),
                it ->
                    it.prices()
                        .set(
                            call.text("network"),
                            call.text("tid"),
                            new Asset(
                                call.text("symbol"),
                                call.body().path("decimals").asInt(),
                                new BigDecimal(call.text("usd"))))));
    all.put("getSwitches", call -> ok(SwitchesJson.write(call.organisation().switches())));
    all.put(
        "setSwitches",
        call -> {
          Organisation organisation = call.organisation();
          organisation.setSwitches(SwitchesJson.read(call.body(), organisation.switches()));
          return ok(SwitchesJson.write(organisation.switches()));
        });
    all.put(
        "listDecisions",
        call -> {
          ObjectNode lines = Json.object();
          lines.set("lines", Json.texts(call.organisation().decisions()));
          return ok(lines);
        });
    all.put(
        "createOffer",
        call ->
            ok(
                Json.object()
                    .put(
                        "id",
                        Field.of(
                            "validFor",
                            () ->
                                call.organisation()
                                    .offer(
                                        call.text("walletId"),
                                        call.text("from"),
                                        new BigInteger(call.text("amount")),
                                        call.duration("validFor"))))));
    all.put(
        "withdrawOffer",
        call -> done(call.organisation(), it -> it.withdrawOffer(call.parameter("offerId"))));
  }

  private static void usage(Map<String, Handler> all) {
    all.put("getCoverage", call -> coverage(call, call.organisation().coverage()));
    all.put("getUsage", call -> items(call.organisation().usage(), UsageJson::write));
    all.put("forgetTraffic", call -> done(call.organisation(), Organisation::forgetTraffic));
  }

  private static SimResponse coverage(ControlCall call, Coverage coverage) {
    return call.query("format").equals("table")
        ? SimResponse.of(
            200,
            Map.of("Content-Type", "text/plain;charset=utf-8"),
            coverage.toTable().getBytes(StandardCharsets.UTF_8))
        : ok(UsageJson.write(coverage));
  }

  static ObjectNode organisation(Organisation organisation) {
    return Json.object().put("id", organisation.id()).put("name", organisation.name());
  }

  static ObjectNode identity(Identity identity) {
    return Json.object()
        .put("organisationId", identity.organisationId())
        .put("userId", identity.userId())
        .put("tokenId", identity.tokenId())
        .put("credentialId", identity.credentialId())
        .put("token", identity.token());
  }

  private static ObjectNode clock(Organisation organisation) {
    return Json.object()
        .put("now", organisation.clock().now().toString())
        .put("frozen", organisation.clock().isFrozen());
  }

  private static ObjectNode price(Map.Entry<String, Asset> entry) {
    String[] key = entry.getKey().split(" ", 2);
    Asset asset = entry.getValue();
    return Json.object()
        .put("network", key[0])
        .put("tid", key[1])
        .put("symbol", asset.symbol())
        .put("decimals", asset.decimals())
        .put("usd", asset.usd().toPlainString());
  }

  static <T> SimResponse items(Collection<T> all, Function<T, ? extends JsonNode> view) {
    ObjectNode answer = Json.object();
    ArrayNode items = answer.putArray("items");
    all.forEach(item -> items.add(view.apply(item)));
    return ok(answer);
  }

  static <T> SimResponse done(T subject, Consumer<T> work) {
    work.accept(subject);
    return DONE;
  }

  static SimResponse ok(JsonNode body) {
    return ControlApi.json(200, body);
  }
}
