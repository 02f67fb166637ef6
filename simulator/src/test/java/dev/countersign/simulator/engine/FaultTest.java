package dev.countersign.simulator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.simulator.faults.Effect;
import dev.countersign.simulator.faults.Fault;
import dev.countersign.simulator.faults.Phase;
import dev.countersign.simulator.faults.PlantedFault;
import dev.countersign.simulator.faults.Presets;
import dev.countersign.simulator.wire.Breakage;
import dev.countersign.simulator.wire.SimRequest;
import dev.countersign.simulator.wire.SimResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which requests a fault strikes, when, and what has happened by then. */
class FaultTest {

  private static final String WALLET = "{\"network\":\"EthereumSepolia\"}";

  private final World world = new World();
  private final TestClient admin = world.admin;

  private PlantedFault plant(Fault.Builder fault) {
    return world.organisation.faults().add(fault);
  }

  private int wallets() {
    return admin.get("/wallets").body().path("items").size();
  }

  private SimResponse create(String userAction) {
    return world.simulator.handle(
        SimRequest.single(
            "POST",
            "/wallets",
            Map.of(
                "Authorization",
                "Bearer " + admin.identity.token(),
                "Content-Type",
                "application/json",
                "X-DFNS-USERACTION",
                userAction),
            WALLET.getBytes(StandardCharsets.UTF_8)));
  }

  private String userAction() {
    return admin.userAction("POST", "/wallets", WALLET);
  }

  @Test
  void beforeAuthenticationNothingHappensAndNoUserActionIsSpent() {
    String action = userAction();
    PlantedFault fault =
        plant(
            Fault.of(Phase.BEFORE_AUTHENTICATION, Effect.status(503))
                .operation("createWallet")
                .times(1));

    assertThat(create(action).status()).isEqualTo(503);
    assertThat(wallets()).isZero();
    assertThat(create(action).status()).isEqualTo(200);
    assertThat(fault.fired()).isEqualTo(1);
  }

  @Test
  void beforeTheCommitTheUserActionIsSpentAndNothingElseHappens() {
    String action = userAction();
    plant(Fault.of(Phase.BEFORE_COMMIT, Effect.status(500)).operation("createWallet").times(1));

    assertThat(create(action).status()).isEqualTo(500);
    assertThat(wallets()).isZero();
    assertThat(create(action).status()).isEqualTo(400);
    assertThat(create(userAction()).status()).isEqualTo(200);
  }

  @Test
  void afterTheCommitItIsDone() {
    plant(Presets.badGateway("createWallet").times(1));

    SimResponse answer = create(userAction());

    assertThat(answer.status()).isEqualTo(502);
    assertThat(answer.headers()).containsEntry("Content-Type", "text/html");
    assertThat(wallets()).isEqualTo(1);
  }

  @Test
  void whatIsRefusedHasNothingToCommit() {
    PlantedFault before = plant(Fault.of(Phase.BEFORE_COMMIT, Effect.status(500)));
    PlantedFault after = plant(Fault.of(Phase.AFTER_COMMIT, Effect.status(500)));

    assertThat(create("no user action").status()).isEqualTo(403);
    assertThat(before.fired() + after.fired()).isZero();
  }

  @Test
  void anOperationIsStruckAloneAndAllWithoutASelector() {
    plant(Fault.of(Phase.BEFORE_AUTHENTICATION, Effect.status(503)).operation("getWallet"));
    assertThat(admin.get("/wallets").status()).isEqualTo(200);
    assertThat(admin.get("/wallets/wa-1").status()).isEqualTo(503);

    plant(Fault.of(Phase.BEFORE_AUTHENTICATION, Effect.status(502)));
    assertThat(admin.get("/wallets").status()).isEqualTo(502);
    assertThat(admin.get("/wallets/wa-1").status()).isEqualTo(503);
  }

  @ParameterizedTest
  @ValueSource(strings = {"user", "token", "credential"})
  void anIdentityIsStruckAlone(String by) {
    TestClient other = world.admin("other");
    plant(
        Fault.of(Phase.BEFORE_AUTHENTICATION, Effect.status(503))
            .identity(
                switch (by) {
                  case "user" -> other.identity.userId();
                  case "token" -> other.identity.tokenId();
                  default -> other.identity.credentialId();
                }));

    assertThat(other.get("/wallets").status()).isEqualTo(503);
    assertThat(admin.get("/wallets").status()).isEqualTo(200);
  }

  @Test
  void aHeaderAsksForIt() {
    plant(Fault.of(Phase.AFTER_COMMIT, Effect.status(503)).header("test-7"));

    assertThat(with("test-7").status()).isEqualTo(503);
    assertThat(with("test-8").status()).isEqualTo(200);
    assertThat(admin.get("/wallets").status()).isEqualTo(200);
  }

  private Response with(String header) {
    return admin.send("GET", "/wallets", null, Map.of("x-countersign-fault", header));
  }

  @Test
  void itSkipsStrikesAndIsSpent() {
    PlantedFault fault = plant(Fault.of(Phase.BEFORE_COMMIT, Effect.status(503)).skip(2).times(3));

    assertThat(IntStream.range(0, 8).map(i -> admin.get("/wallets").status()))
        .containsExactly(200, 200, 503, 503, 503, 200, 200, 200);
    assertThat(fault.occasions()).isEqualTo(8);
    assertThat(fault.fired()).isEqualTo(3);
  }

  @Test
  void chanceComesFromTheSeed() {
    int[] first = statuses(7);
    int[] again = statuses(7);
    int[] other = statuses(8);

    assertThat(again).containsExactly(first);
    assertThat(other).isNotEqualTo(first);
    assertThat(IntStream.of(first).filter(it -> it == 503).count()).isBetween(40L, 80L);
  }

  private int[] statuses(long seed) {
    world.organisation.faults().clear();
    plant(Fault.of(Phase.BEFORE_COMMIT, Effect.status(503)).probability(0.3, seed));
    return IntStream.range(0, 200).map(i -> admin.get("/wallets").status()).toArray();
  }

  @Test
  void theFirstStrikesAndLatenciesAddUp() {
    plant(Fault.of(Phase.BEFORE_AUTHENTICATION, Effect.latency(java.time.Duration.ofMillis(30))));
    plant(Fault.of(Phase.AFTER_COMMIT, Effect.latency(java.time.Duration.ofMillis(20))));
    PlantedFault first = plant(Fault.of(Phase.AFTER_COMMIT, Effect.reset()));
    PlantedFault second = plant(Fault.of(Phase.AFTER_COMMIT, Effect.empty()));

    SimResponse response =
        world.simulator.handle(
            SimRequest.single(
                "GET",
                "/wallets",
                Map.of("Authorization", "Bearer " + admin.identity.token()),
                new byte[0]));

    assertThat(response.breakage().kind()).isEqualTo(Breakage.Kind.RESET);
    assertThat(response.breakage().delay()).hasMillis(50);
    assertThat(first.fired()).isEqualTo(1);
    assertThat(second.occasions()).isZero();
  }

  @Test
  void faultsOfOneOrganisationAreNotThoseOfAnother() {
    TestClient elsewhere = world.stranger();
    plant(Fault.of(Phase.BEFORE_AUTHENTICATION, Effect.status(503)));

    assertThat(elsewhere.get("/wallets").status()).isEqualTo(200);
    assertThat(admin.get("/wallets").status()).isEqualTo(503);
  }

  @Test
  void theDecisionLogNamesIt() {
    PlantedFault fault = plant(Presets.lostAnswer("listWallets"));
    admin.get("/wallets");

    assertThat(world.organisation.decisions())
        .last()
        .asString()
        .startsWith("200 GET /wallets")
        .contains(fault.id())
        .contains("AFTER_COMMIT");
  }
}
