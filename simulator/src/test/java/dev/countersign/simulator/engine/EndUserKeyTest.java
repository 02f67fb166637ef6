package dev.countersign.simulator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.call.Answer;
import dev.countersign.simulator.call.Behaviour;
import dev.countersign.simulator.call.Call;
import dev.countersign.simulator.call.Caller;
import dev.countersign.simulator.control.Switches;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.keys.Keys;
import dev.countersign.simulator.keys.Signatures;
import dev.countersign.simulator.spec.Description;
import dev.countersign.simulator.spec.Routes;
import dev.countersign.simulator.state.Entity;
import dev.countersign.simulator.state.Tables;
import dev.countersign.simulator.state.Tenant;
import dev.countersign.simulator.wire.SimRequest;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an end user makes is its own, and no policy stands over it. */
final class EndUserKeyTest {

  private static final Description DESCRIPTION = Description.load();

  private final Map<String, Behaviour> behaviours = Keys.behaviours(new Signatures());
  private final Tenant tenant =
      new Tenant(1, "end users", Clock.systemUTC(), Switches.defaults(), (it, due) -> {});

  @BeforeEach
  void anEndUserAnEmployeeAndAPolicyThatBlocksEverything() {
    for (String kind : new String[] {"EndUser", "CustomerEmployee"}) {
      tenant.put(Tables.USERS, Entity.of("us-" + kind, Json.object().put("kind", kind)));
    }
    ObjectNode policy =
        Json.object()
            .put("id", "plc-1")
            .put("status", "Active")
            .put("activityKind", "Wallets:Sign");
    policy.putObject("rule").put("kind", "AlwaysTrigger");
    policy.putObject("action").put("kind", "Block");
    tenant.put(Tables.POLICIES, Entity.of("plc-1", policy));
  }

  private JsonNode call(String kind, String path, ObjectNode body) {
    Routes.Match match = DESCRIPTION.routes().find("POST", path).orElseThrow();
    Answer answer =
        tenant.alone(
            () ->
                behaviours
                    .get(match.operation().id())
                    .answer(
                        new Call(
                            SimRequest.single("POST", path, Map.of(), new byte[0]),
                            match.operation(),
                            match.parameters(),
                            Map.of(),
                            body,
                            tenant,
                            new Caller(
                                tenant.get(Tables.USERS, "us-" + kind),
                                Entity.of("to-1", Json.object().put("kind", "Token"))))));
    assertThat(answer.status()).isEqualTo(200);
    return answer.body().orElseThrow();
  }

  private JsonNode key(String kind) {
    return call(kind, "/keys", Json.object().put("scheme", "EdDSA").put("curve", "ed25519"));
  }

  private String signatureStatus(String kind) {
    String path = "/keys/" + key(kind).path("id").asText() + "/signatures";
    return call(kind, path, Json.object().put("kind", "Message").put("message", "0x00"))
        .path("status")
        .asText();
  }

  @Test
  void aKeyThatAnEndUserMakesIsItsOwn() {
    JsonNode key = key("EndUser");

    assertThat(key.path("custodial").asBoolean()).isFalse();
    assertThat(tenant.get(Tables.KEYS, key.path("id").asText()).hiddenText("delegatedTo"))
        .isEqualTo("us-EndUser");
    assertThat(key("CustomerEmployee").path("custodial").asBoolean()).isTrue();
  }

  @Test
  void noPolicyStandsOverItsSignatures() {
    assertThat(signatureStatus("EndUser")).isEqualTo("Executing");
    assertThat(signatureStatus("CustomerEmployee")).isEqualTo("Rejected");
  }
}
