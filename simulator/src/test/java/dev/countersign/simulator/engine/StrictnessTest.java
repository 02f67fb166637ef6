package dev.countersign.simulator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.auth.Directory;
import dev.countersign.simulator.control.Switches;
import dev.countersign.simulator.control.Switches.Rule;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.spec.Description;
import dev.countersign.simulator.state.Tenant;
import dev.countersign.simulator.wire.SimRequest;
import dev.countersign.simulator.wire.SimResponse;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is wrong is refused, answers too; what is let pass is let pass rule by rule, and told. */
final class StrictnessTest {

  private static final String WALLET = "{\"network\":\"EthereumSepolia\"}";

  private static World lenient(Rule rule) {
    return new World(Switches.defaults().toBuilder().lenient(Set.of(rule)).build());
  }

  private static List<String> passed(World world) {
    return world.organisation.decisions().stream()
        .filter(line -> line.startsWith("let pass"))
        .toList();
  }

  @Test
  void aQueryParameterThatNobodyKnowsIsRefused() {
    World world = new World();

    Response refused = world.admin.get("/wallets?limit=1&colour=red");

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.message()).isEqualTo("Validation error: colour: unknown query parameter");
    assertThat(world.organisation.decisions())
        .last()
        .isEqualTo("400 GET /wallets: Validation error: colour: unknown query parameter");
  }

  @Test
  void itIsLetPassIfThatRuleIsLenient() {
    World world = lenient(Rule.UNKNOWN_QUERY);

    assertThat(world.admin.get("/wallets?colour=red").status()).isEqualTo(200);
    assertThat(passed(world))
        .containsExactly(
            "let pass, lenient with UNKNOWN_QUERY: GET /wallets:"
                + " Validation error: colour: unknown query parameter");
  }

  @Test
  void aUserActionIsNotNeededIfThatRuleIsLenientAndThePermissionStillIs() {
    World world = lenient(Rule.USER_ACTION);
    TestClient reader = world.serviceAccount("reader", "Wallets:Read");

    assertThat(world.admin.send("POST", "/wallets", WALLET, Map.of()).status()).isEqualTo(200);
    assertThat(reader.send("POST", "/wallets", WALLET, Map.of()).status()).isEqualTo(403);
    assertThat(passed(world)).hasSize(2).allMatch(line -> line.contains("POST /wallets"));
  }

  @Test
  void aPermissionIsNotNeededIfThatRuleIsLenientAndTheUserActionStillIs() {
    World world = lenient(Rule.PERMISSION);
    TestClient nobody = world.serviceAccount("nobody");

    assertThat(nobody.post("/wallets", WALLET).status()).isEqualTo(200);
    assertThat(nobody.send("POST", "/wallets", WALLET, Map.of()).status()).isEqualTo(403);
    assertThat(passed(world)).hasSize(1).allMatch(line -> line.contains("lacks the permission"));
  }

  @Test
  void anotherKindOfIdentityIsLetPassIfThatRuleIsLenient() {
    String body = "{\"username\":\"u\",\"kind\":\"EndUser\",\"email\":\"u@example.com\"}";
    World strict = new World();
    assertThat(strict.admin.post("/auth/login/delegated", "{\"username\":\"u\"}").status())
        .isEqualTo(403);
    World world = lenient(Rule.IDENTITY_KIND);
    world.endUser("u");

    assertThat(world.admin.post("/auth/login/delegated", "{\"username\":\"u\"}").status())
        .as(body)
        .isEqualTo(200);
    assertThat(passed(world)).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(Rule.class)
  void noRuleLetsPassWhatTheSchemaRefuses(Rule rule) {
    World world = lenient(rule);

    assertThat(world.admin.post("/wallets", "{\"network\":\"Nowhere\"}").status()).isEqualTo(400);
    assertThat(world.admin.post("/wallets", "{\"colour\":1}").status()).isEqualTo(400);
    assertThat(world.admin.get("/wallet").status()).isEqualTo(404);
  }

  /** A description that wants another field of users than the simulator answers. */
  private static Description grown() {
    ObjectNode document =
        Json.read(Objects.requireNonNull(Description.class.getResourceAsStream("dfns-api.json")));
    ((ArrayNode) document.at("/components/schemas/ListWalletsResponse/required")).add("grown");
    return Description.of(document);
  }

  private static SimResponse answer(Engine engine, Tenant tenant) {
    engine.add(tenant);
    String token =
        tenant
            .alone(
                () ->
                    Directory.serviceAccount(
                        tenant, "reader", TestKey.fresh().pem(), java.time.Duration.ofDays(1)))
            .text();
    return engine.handle(
        SimRequest.of(
            "GET", "/wallets", Map.of("Authorization", List.of("Bearer " + token)), new byte[0]));
  }

  private static SimResponse answer(Switches switches, List<String> decisions) {
    Engine engine = new Engine(grown());
    Tenant tenant = new Tenant(1, "grown", Clock.systemUTC(), switches, engine::happen);
    SimResponse response = answer(engine, tenant);
    decisions.addAll(tenant.decisions().lines());
    return response;
  }

  @Test
  void anAnswerThatIsNotAsDescribedIsAFaultOfTheSimulator() {
    Switches noPermission =
        Switches.defaults().toBuilder().lenient(Set.of(Rule.PERMISSION)).build();
    List<String> decisions = new java.util.ArrayList<>();

    SimResponse response = answer(noPermission, decisions);

    assertThat(response.status()).isEqualTo(500);
    assertThat(decisions)
        .last()
        .isEqualTo(
            "500 GET /wallets: a fault of the simulator: its answer to listWallets has"
                + " grown: required field is missing");
  }

  @Test
  void itIsAnsweredIfNobodyLooksOrThatRuleIsLenient() {
    Switches.defaults();
    List<String> decisions = new java.util.ArrayList<>();

    assertThat(
            answer(
                    Switches.defaults().toBuilder()
                        .lenient(Set.of(Rule.PERMISSION))
                        .answersValidated(false)
                        .build(),
                    decisions)
                .status())
        .isEqualTo(200);
    assertThat(
            answer(
                    Switches.defaults().toBuilder()
                        .lenient(Set.of(Rule.PERMISSION, Rule.ANSWER))
                        .build(),
                    decisions)
                .status())
        .isEqualTo(200);
    assertThat(decisions).anyMatch(line -> line.startsWith("let pass, lenient with ANSWER: "));
  }

  @Test
  void whatWasDeletedIsGoneByASwitch() {
    World gone = new World(Switches.defaults().toBuilder().deletedResourceStatus(410).build());
    String account =
        "/auth/service-accounts/" + gone.serviceAccount("old", "Wallets:Read").identity.userId();
    gone.admin.delete(account);

    assertThat(gone.admin.get(account).status()).isEqualTo(410);
    assertThat(gone.admin.get("/auth/service-accounts/us-none").status()).isEqualTo(404);
  }

  @Test
  void aTokenInAPathIsInNoDecision() {
    World world = new World();
    String token = world.admin.identity.token();

    world.admin.get("/wallets/" + token);
    world.admin.raw("GET", "/nowhere/" + token, Map.of(), new byte[0]);

    assertThat(world.organisation.decisions().toString() + world.simulator.decisions())
        .contains("GET /wallets/***", "GET /nowhere/***")
        .doesNotContain(token);
  }

  @Test
  void aTokenInTheWrongPlaceIsNotAnsweredWith() {
    World world = new World();
    String token = world.admin.identity.token();

    Response refused = world.admin.get("/wallets?" + token + "=1");

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body().toString()).contains("***").doesNotContain(token);
  }
}
