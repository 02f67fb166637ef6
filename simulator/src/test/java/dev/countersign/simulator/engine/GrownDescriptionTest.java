package dev.countersign.simulator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.auth.Directory;
import dev.countersign.simulator.control.Switches;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.spec.Description;
import dev.countersign.simulator.state.Tenant;
import dev.countersign.simulator.wire.SimRequest;
import dev.countersign.simulator.wire.SimResponse;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Operations that Dfns has got and nobody has written yet. */
final class GrownDescriptionTest {

  private final Engine engine = new Engine(Description.of(grown()));

  /** The description with an operation on wallets, and one without a token. */
  private static ObjectNode grown() {
    ObjectNode document =
        Json.read(Objects.requireNonNull(Description.class.getResourceAsStream("dfns-api.json")));
    ObjectNode paths = (ObjectNode) document.get("paths");
    ObjectNode list = paths.at("/~1wallets/get").deepCopy();
    list.put("operationId", "newList").putArray("x-dfns-permissions");
    paths.putObject("/wallets/new").set("get", list);
    JsonNode login = paths.at("/~1auth~1login/post").deepCopy();
    paths
        .putObject("/auth/login/new")
        .set("post", ((ObjectNode) login).put("operationId", "newLogin"));
    return document;
  }

  private static void refused(SimResponse response, String operation) {
    assertThat(response.status()).isEqualTo(501);
    assertThat(Json.parse(response.body()).orElseThrow().at("/error/message").asText())
        .startsWith("The simulator does not simulate ")
        .contains(operation);
  }

  @Test
  void anOperationThatNobodyWroteSaysSo() {
    Tenant tenant =
        new Tenant(1, "default", Clock.systemUTC(), Switches.defaults(), engine::happen);
    String token = tenant.alone(() -> Directory.human(tenant, "ada", TestKey.fresh().pem())).text();
    engine.add(tenant);

    refused(
        engine.handle(
            SimRequest.of(
                "GET",
                "/wallets/new",
                Map.of("Authorization", List.of("Bearer " + token)),
                new byte[0])),
        "newList");
  }

  @Test
  void whatIsCalledWithoutTokenSaysSoToo() {
    refused(
        engine.handle(
            SimRequest.of(
                "POST",
                "/auth/login/new",
                Map.of("Content-Type", List.of("application/json")),
                "{}".getBytes(java.nio.charset.StandardCharsets.UTF_8))),
        "newLogin");
  }
}
