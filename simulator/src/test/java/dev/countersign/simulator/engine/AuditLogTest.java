package dev.countersign.simulator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.simulator.control.Switches;
import dev.countersign.simulator.control.Switches.Rule;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.wire.SimRequest;
import dev.countersign.simulator.wire.SimResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Every request that changed something is in the audit log, and no other. */
final class AuditLogTest {

  private final World world = new World();
  private final TestClient admin = world.admin;

  private SimResponse log(String query) {
    return world.simulator.handle(
        SimRequest.single(
            "GET",
            "/auth/action/logs" + query,
            Map.of("Authorization", "Bearer " + admin.identity.token()),
            new byte[0]));
  }

  private List<String> rows(String query) {
    String csv = new String(log(query).body(), StandardCharsets.UTF_8);
    return csv.lines().skip(1).toList();
  }

  @Test
  void whatWasCarriedOutIsLogged() {
    admin.post("/wallets", "{\"network\":\"Solana\"}");
    admin.get("/wallets");
    admin.post("/wallets", "{\"network\":\"Nowhere\"}");

    assertThat(log("").headers()).containsEntry("Content-Type", "text/csv");
    assertThat(rows("")).hasSize(1);
    assertThat(rows("").get(0))
        .contains("POST /wallets", admin.identity.userId())
        .doesNotContain(admin.identity.token());
    Response entry = admin.get("/auth/action/logs/" + rows("").get(0).split(",")[0]);
    assertThat(entry.text("/action")).isEqualTo("POST /wallets");
    assertThat(entry.text("/username")).isEqualTo("admin");
    assertThat(entry.text("/firstFactorCredential/kind")).isEqualTo("Key");
    assertThat(entry.text("/firstFactorCredential/publicKey")).isEqualTo(admin.key.pem());
  }

  @Test
  void itIsAskedByUserAndTime() {
    TestClient backend = world.serviceAccount("backend", "Wallets:Create", "Keys:Create");
    admin.post("/wallets", "{\"network\":\"Solana\"}");
    String between = world.organisation.clock().now().plusSeconds(5).toString();
    world.organisation.clock().advance(Duration.ofSeconds(10));
    backend.post("/wallets", "{\"network\":\"Solana\"}");

    assertThat(rows("")).hasSize(2);
    assertThat(rows("?userId=" + backend.identity.userId())).hasSize(1);
    assertThat(rows("?endTime=" + between).get(0)).contains(admin.identity.userId());
    assertThat(rows("?startTime=" + between).get(0)).contains(backend.identity.userId());
    assertThat(log("?startTime=yesterday").status()).isEqualTo(400);
    assertThat(admin.get("/auth/action/logs/al-1").status()).isEqualTo(404);
  }

  @Test
  void whatLacksItsBeginningSaysSo() {
    World lenient =
        new World(Switches.defaults().toBuilder().lenient(Set.of(Rule.USER_ACTION)).build());
    String wallet = lenient.admin.post("/wallets", "{\"network\":\"Solana\"}").text("/id");
    for (int i = 1; i < 1000; i++) {
      lenient.admin.unsigned("PUT", "/wallets/" + wallet, Json.object().put("name", "n" + i));
    }
    assertThat(truncated(lenient, "")).isNull();
    lenient.organisation.clock().advance(Duration.ofSeconds(10));
    String later = lenient.organisation.clock().now().toString();

    lenient.admin.unsigned("PUT", "/wallets/" + wallet, Json.object().put("name", "last"));

    assertThat(truncated(lenient, "")).isEqualTo("true");
    assertThat(truncated(lenient, "?startTime=" + later)).isNull();
  }

  private static @Nullable String truncated(World world, String query) {
    return world
        .simulator
        .handle(
            SimRequest.single(
                "GET",
                "/auth/action/logs" + query,
                Map.of("Authorization", "Bearer " + world.admin.identity.token()),
                new byte[0]))
        .headers()
        .get("X-Dfns-Result-Truncated");
  }

  @Test
  void aNameIsNoFormulaForASpreadsheet() {
    TestClient other = world.admin("=HYPERLINK(\"x\"),y");
    other.post("/wallets", "{\"network\":\"Solana\"}");

    assertThat(rows("").get(0)).contains(",\"'=HYPERLINK(\"\"x\"\"),y\",");
  }
}
