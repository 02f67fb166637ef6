package dev.countersign.simulator.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.control.Switches;
import dev.countersign.simulator.crypto.Base64Url;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.scenario.Loading;
import dev.countersign.simulator.scenario.Member;
import dev.countersign.simulator.scenario.ScenarioFile;
import dev.countersign.simulator.spec.Description;
import dev.countersign.simulator.state.Moment;
import dev.countersign.simulator.state.Tenant;
import dev.countersign.simulator.webhooks.Receipt;
import dev.countersign.simulator.wire.SimRequest;
import dev.countersign.simulator.wire.SimResponse;
import java.io.FileNotFoundException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An engine that sends nothing anywhere, with one organisation that begins anew whenever asked, and
 * an admin who signs whatever it is.
 */
final class Stage {

  static final String SCENARIO =
      """
      name: stage
      clock: {at: 2026-01-01T00:00:00Z, frozen: true}
      people:
        - {name: alice, kind: admin, key: generate}
        - {name: carol, kind: endUser, key: generate}
      serviceAccounts:
        - {name: backend, key: generate, operations: [Wallets:Create, Wallets:Read]}
      wallets:
        - {name: treasury, network: EthereumSepolia}
      """;

  final Engine engine = new Engine(Description.load(), parcel -> Receipt.answered(200));
  final Tenant tenant = tenant(ScenarioFile.parse("stage.yaml", SCENARIO, Stage::noFile));
  private final Member admin =
      Loading.fill(engine, tenant, ScenarioFile.parse("stage.yaml", SCENARIO, Stage::noFile))
          .get(0);
  private final TestKey key = TestKey.of(admin.keys().orElseThrow());
  final Moment begin = tenant.moment();

  Stage() {
    engine.add(tenant);
  }

  private static String noFile(String name) throws FileNotFoundException {
    throw new FileNotFoundException(name);
  }

  /** Another organisation for a scenario, not taken up yet. */
  Tenant tenant(ScenarioFile file) {
    return new Tenant(
        file.seed().orElse(1L),
        file.name(),
        Clock.fixed(Instant.ofEpochSecond(1_767_225_600), ZoneOffset.UTC),
        Switches.defaults(),
        (of, due) -> engine.happen(of, due),
        of -> engine.committed(of));
  }

  String token() {
    return admin.token().text();
  }

  SimResponse send(String method, String target, Map<String, String> headers, byte[] body) {
    return engine.handle(SimRequest.single(method, target, headers, body));
  }

  /** Sends with a token, and with a user action for exactly this. */
  SimResponse signed(
      String method, String target, String contentType, byte[] payload, byte[] body) {
    Map<String, String> headers = bearing(contentType);
    ObjectNode init =
        Json.object()
            .put("userActionPayload", new String(payload, StandardCharsets.UTF_8))
            .put("userActionHttpMethod", method)
            .put("userActionHttpPath", target);
    SimResponse challenge =
        send("POST", "/auth/action/init", bearing("application/json"), Json.bytes(init));
    if (challenge.status() == 200) {
      headers.put("X-DFNS-USERACTION", userAction(json(challenge)));
    }
    return send(method, target, headers, body);
  }

  private String userAction(JsonNode challenge) {
    byte[] clientData =
        Json.bytes(
            Json.object()
                .put("type", "key.get")
                .put("challenge", challenge.path("challenge").asText()));
    ObjectNode body =
        Json.object().put("challengeIdentifier", challenge.path("challengeIdentifier").asText());
    body.putObject("firstFactor")
        .put("kind", "Key")
        .putObject("credentialAssertion")
        .put("credId", admin.token().token().text("credentialId"))
        .put("clientData", Base64Url.encode(clientData))
        .put("signature", Base64Url.encode(key.sign(clientData)));
    return json(send("POST", "/auth/action", bearing("application/json"), Json.bytes(body)))
        .path("userAction")
        .asText();
  }

  Map<String, String> bearing(String contentType) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Authorization", "Bearer " + token());
    headers.put("Content-Type", contentType);
    return headers;
  }

  private static JsonNode json(SimResponse response) {
    return Json.parse(response.body()).orElseGet(Json::object);
  }
}
