package dev.countersign.simulator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.simulator.faults.Effect;
import dev.countersign.simulator.faults.Fault;
import dev.countersign.simulator.faults.Phase;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.spec.Description;
import dev.countersign.simulator.usage.Coverage;
import dev.countersign.simulator.usage.Usage;
import dev.countersign.simulator.wire.SimRequest;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What requests touched, by operation and by permission. */
class UsageTest {

  private static final String[] GRANTED = {
    "Wallets:Create", "Wallets:Read", "Wallets:Tags:Add", "Keys:Create", "Policies:Read"
  };
  private static final String TAGGED = "{\"network\":\"EthereumSepolia\",\"tags\":[\"a\"]}";
  private static final String PLAIN = "{\"network\":\"EthereumSepolia\"}";

  private static final int OPERATIONS = Description.load().operations().size();

  private final World world = new World();
  private final TestClient backend = world.serviceAccount("backend", GRANTED);

  private Usage usage() {
    return world.organisation.usage().stream()
        .filter(it -> it.identity().equals(backend.identity.userId()))
        .findFirst()
        .orElseThrow();
  }

  private Coverage coverage() {
    return world.organisation.coverage();
  }

  @Test
  void nothingIsUsedAtFirst() {
    assertThat(usage().used()).isEmpty();
    assertThat(usage().unused()).containsExactlyInAnyOrder(GRANTED);
    assertThat(usage().kind()).isEqualTo(Usage.SERVICE_ACCOUNT);
    assertThat(coverage().touched()).isEmpty();
    assertThat(coverage().untouched()).hasSize(OPERATIONS);
  }

  @Test
  void aPermissionIsUsedWhereItWasNeeded() {
    assertThat(backend.get("/wallets").status()).isEqualTo(200);

    assertThat(usage().used()).containsExactly("Wallets:Read");
    assertThat(usage().unused()).doesNotContain("Wallets:Read").hasSize(GRANTED.length - 1);
  }

  @Test
  void aConditionalPermissionIsUsedWhenItsConditionHeld() {
    assertThat(backend.post("/wallets", PLAIN).status()).isEqualTo(200);
    assertThat(usage().used()).contains("Wallets:Create").doesNotContain("Wallets:Tags:Add");

    assertThat(backend.post("/wallets", TAGGED).status()).isEqualTo(200);
    assertThat(usage().used()).contains("Wallets:Create", "Wallets:Tags:Add");
  }

  @Test
  void whatIsLackedIsToldAndNotUsed() {
    assertThat(backend.get("/auth/users").status()).isEqualTo(403);

    assertThat(usage().lacked()).isNotEmpty();
    assertThat(usage().used()).isEmpty();
  }

  @Test
  void anOldSpellingIsGrantedInTheCurrentOne() {
    TestClient other = world.serviceAccount("other", "Permissions:Archive");
    Usage usage =
        world.organisation.usage().stream()
            .filter(it -> it.identity().equals(other.identity.userId()))
            .findFirst()
            .orElseThrow();

    assertThat(usage.granted()).containsExactly("Permissions:Delete");
  }

  @Test
  void theLeastRoleIsEnoughForTheSameRequests() {
    act(backend);
    String role = usage().leastPrivilege();

    Response created = world.admin.post("/permissions", role);
    assertThat(created.status()).isEqualTo(200);
    TestClient least = world.serviceAccount("least");
    assertThat(
            world
                .admin
                .post(
                    "/permissions/" + created.text("/id") + "/assignments",
                    "{\"identityId\":\"" + least.identity.userId() + "\"}")
                .status())
        .isEqualTo(200);
    act(least);
    assertThat(
            world.organisation.usage().stream()
                .filter(it -> it.identity().equals(least.identity.userId()))
                .findFirst()
                .orElseThrow()
                .unused())
        .isEmpty();
  }

  private static void act(TestClient who) {
    assertThat(who.post("/wallets", TAGGED).status()).isEqualTo(200);
    assertThat(who.get("/wallets").status()).isEqualTo(200);
  }

  @Test
  void aNameWithQuotesMakesGoodJson() {
    TestClient odd = world.serviceAccount("a \"b\" \\ \n c");
    Usage usage =
        world.organisation.usage().stream()
            .filter(it -> it.identity().equals(odd.identity.userId()))
            .findFirst()
            .orElseThrow();

    assertThat(Json.parse(usage.leastPrivilege().getBytes(StandardCharsets.UTF_8)))
        .hasValueSatisfying(it -> assertThat(it.path("name").asText()).endsWith("a \"b\" \\ \n c"));
  }

  @Test
  void answersAreCountedByStatus() {
    backend.get("/wallets");
    backend.get("/wallets");
    backend.get("/wallets/wa-1");
    backend.send("GET", "/wallets/wa-1", null, Map.of("Authorization", "Bearer x.y.z"));
    backend.get("/no/such/path");

    assertThat(coverage().touched()).hasSize(2);
    assertThat(coverage().touched().get("listWallets")).containsEntry(200, 2L).hasSize(1);
    assertThat(coverage().touched().get("getWallet")).containsEntry(404, 1L).hasSize(1);
    assertThat(coverage().untouched()).hasSize(OPERATIONS - 2).doesNotContain("listWallets");
    // nobody's request is the simulator's
    assertThat(world.simulator.coverage().touched().get("getWallet"))
        .containsEntry(404, 1L)
        .containsEntry(401, 1L);
    assertThat(coverage().toTable())
        .contains("listWallets ")
        .contains("200×2")
        .contains("2 of " + OPERATIONS + " operations called")
        .containsPattern("createWallet +-\n");
  }

  @Test
  void aFaultsAnswerIsCountedAsTheClientSawIt() {
    world.organisation.faults().add(Fault.of(Phase.AFTER_COMMIT, Effect.html(503)).times(1));
    world
        .organisation
        .faults()
        .add(Fault.of(Phase.BEFORE_AUTHENTICATION, Effect.reset()).skip(1).times(1));
    for (int i = 0; i < 2; i++) {
      world.simulator.handle(
          SimRequest.single(
              "GET",
              "/wallets",
              Map.of("Authorization", "Bearer " + backend.identity.token()),
              new byte[0]));
    }

    assertThat(coverage().touched().get("listWallets"))
        .containsEntry(503, 1L)
        .containsEntry(Coverage.LOST, 1L)
        .hasSize(2);
    assertThat(coverage().toTable()).contains("lost×1  503×1");
  }

  @Test
  void organisationsAreCountedApartAndTogether() {
    TestClient elsewhere = world.stranger();
    elsewhere.get("/v2/policies");
    backend.get("/wallets");

    assertThat(coverage().touched()).containsOnlyKeys("listWallets");
    assertThat(world.simulator.coverage().touched())
        .containsOnlyKeys("listWallets", "listPolicies");
  }

  @Test
  void whatHappensByItselfDoesNotCount() {
    String wallet = backend.post("/wallets", PLAIN).text("/id");
    world.organisation.forgetTraffic();
    world.organisation.offer(
        wallet, "0xabc", java.math.BigInteger.ONE, java.time.Duration.ofHours(1));
    world.organisation.clock().advance(java.time.Duration.ofDays(1));

    assertThat(coverage().touched()).isEmpty();
    assertThat(usage().used()).isEmpty();
  }

  @Test
  void aResetTakesFaultsAwayAndLeavesWhatWasTouched() {
    backend.get("/wallets");
    world.organisation.faults().add(Fault.of(Phase.AFTER_COMMIT, Effect.html(503)));
    world.organisation.reset();

    assertThat(world.organisation.faults().isEmpty()).isTrue();
    assertThat(coverage().touched()).containsKey("listWallets");
  }
}
