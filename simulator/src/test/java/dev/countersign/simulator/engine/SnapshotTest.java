package dev.countersign.simulator.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.Organisation;
import dev.countersign.simulator.Simulator;
import dev.countersign.simulator.control.Asset;
import dev.countersign.simulator.control.Fired;
import dev.countersign.simulator.control.Switches;
import dev.countersign.simulator.json.Json;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Keeping an organisation, and making it again. */
final class SnapshotTest {

  private static final String WALLET = "{\"network\":\"EthereumSepolia\"}";

  private static final String TRANSFER =
      "{\"kind\":\"Native\",\"to\":\"0x00000000000000000000000000000000000000Aa\",\"amount\":\"1\"}";

  private final World world = new World();
  private final Organisation organisation = world.organisation;
  private final TestClient admin = world.admin;

  /** The same client, talking to another simulator. */
  private static TestClient at(Simulator simulator, TestClient client) {
    return new TestClient(simulator, client.identity, client.key, Dialect.JAVA);
  }

  private static byte[] changed(byte[] snapshot, UnaryOperator<ObjectNode> change) {
    return Json.bytes(change.apply((ObjectNode) Json.parse(snapshot).orElseThrow()));
  }

  @Test
  void whatWasMadeSinceIsGoneAndWhatWasThereIsBack() {
    String wallet = admin.post("/wallets", WALLET).text("/id");
    byte[] snapshot = organisation.snapshot();
    String later = admin.post("/wallets", WALLET).text("/id");
    admin.put("/wallets/" + wallet, "{\"name\":\"renamed\"}");

    organisation.restore(snapshot);

    assertThat(admin.get("/wallets/" + wallet).body().has("name")).isFalse();
    assertThat(admin.get("/wallets/" + later).status()).isEqualTo(404);
  }

  @Test
  void itCanBeRepeatedAndGivesTheSameTextEachTime() {
    admin.post("/wallets", WALLET);
    byte[] snapshot = organisation.snapshot();
    for (int i = 0; i < 3; i++) {
      admin.post("/wallets", WALLET);
      organisation.clock().advance(Duration.ofDays(1));

      organisation.restore(snapshot);

      assertThat(organisation.snapshot()).isEqualTo(snapshot);
    }
  }

  @Test
  void itGoesOnInAnotherSimulatorWithTheSameTokensAndIdentifiers() {
    String wallet = admin.post("/wallets", WALLET).text("/id");
    Simulator other = Simulator.builder().seed(99).build();
    Organisation moved = other.restore(organisation.snapshot());
    TestClient there = at(other, admin);

    assertThat(there.get("/wallets/" + wallet).body())
        .isEqualTo(admin.get("/wallets/" + wallet).body());
    assertThat(there.post("/wallets", WALLET).body())
        .isEqualTo(admin.post("/wallets", WALLET).body());
    assertThat(moved.id()).isEqualTo(organisation.id());
    assertThat(other.organisations()).hasSize(2);
  }

  @Test
  void aUserActionSpentBeforeStaysSpentAndOneThatWaitsStaysGood() {
    String spent = admin.userAction("POST", "/wallets", WALLET);
    String waiting = admin.userAction("POST", "/wallets", WALLET);
    assertThat(admin.send("POST", "/wallets", WALLET, Map.of("X-DFNS-USERACTION", spent)).status())
        .isEqualTo(200);
    Simulator other = Simulator.builder().seed(7).build();
    other.restore(organisation.snapshot());
    TestClient there = at(other, admin);

    assertThat(there.send("POST", "/wallets", WALLET, Map.of("X-DFNS-USERACTION", spent)).status())
        .isEqualTo(400);
    assertThat(
            there.send("POST", "/wallets", WALLET, Map.of("X-DFNS-USERACTION", waiting)).status())
        .isEqualTo(200);
  }

  @Test
  void aChallengeThatWasAnsweredIsNotAnsweredAgain() {
    Response answered = admin.challenge("POST", "/wallets", WALLET);
    Response open = admin.challenge("POST", "/wallets", WALLET);
    assertThat(admin.answer(answered.body()).status()).isEqualTo(200);
    byte[] snapshot = organisation.snapshot();
    admin.answer(open.body());

    organisation.restore(snapshot);

    assertThat(admin.answer(answered.body()).status()).isEqualTo(400);
    assertThat(admin.answer(open.body()).status()).isEqualTo(200);
  }

  @Test
  void anApprovalThatWaitsGoesOnWaiting() {
    TestClient approver = world.admin("approver");
    admin.post(
        "/v2/policies",
        Policies.signing(
            Policies.always(), Policies.ask(Policies.group(1, Policies.only(approver)))));
    String wallet = admin.post("/wallets", WALLET).text("/id");
    admin.post("/wallets/" + wallet + "/transfers", TRANSFER);
    String approval = admin.get("/v2/policy-approvals").text("/items/0/id");
    Simulator other = Simulator.builder().seed(7).build();
    other.restore(organisation.snapshot());

    Response vote =
        at(other, approver)
            .post("/v2/policy-approvals/" + approval + "/decisions", "{\"value\":\"Approved\"}");

    assertThat(vote.text("/status")).isEqualTo("Approved");
  }

  @Test
  void whatIsDueHappensAfterwards() {
    String wallet = admin.post("/wallets", WALLET).text("/id");
    String transfer = admin.post("/wallets/" + wallet + "/transfers", TRANSFER).text("/id");
    Simulator other = Simulator.builder().seed(7).build();
    Organisation moved = other.restore(organisation.snapshot());

    List<Fired> fired = moved.clock().advance(Duration.ofMinutes(1));

    assertThat(fired).extracting(Fired::what).containsExactly("transfer step", "transfer step");
    assertThat(fired).extracting(Fired::subject).containsOnly(transfer);
    assertThat(
            at(other, admin).get("/wallets/" + wallet + "/transfers/" + transfer).text("/status"))
        .isEqualTo("Confirmed");
  }

  @Test
  void webhooksTheirSecretsAndEventsAreInIt() {
    String webhook =
        admin
            .post("/webhooks", "{\"url\":\"https://example.com/hook\",\"events\":[\"*\"]}")
            .text("/id");
    admin.post("/wallets", WALLET);
    Response events = admin.get("/webhooks/" + webhook + "/events");
    Simulator other = Simulator.builder().seed(7).build();
    other.restore(organisation.snapshot());

    assertThat(events.body().path("items")).isNotEmpty();
    assertThat(at(other, admin).get("/webhooks/" + webhook + "/events").body())
        .isEqualTo(events.body());
  }

  @Test
  void clockPricesAndSwitchesAreInIt() {
    Instant time = organisation.clock().now();
    organisation.prices().set("Solana", "spl:abc", new Asset("ABC", 6, new BigDecimal("1.50")));
    organisation.setSwitches(
        Switches.defaults().toBuilder().serviceAccountsCanApprove(true).build());
    byte[] snapshot = organisation.snapshot();
    organisation.clock().advance(Duration.ofDays(3));
    organisation.clock().resume();
    organisation.prices().set("Solana", "spl:abc", new Asset("ABC", 6, BigDecimal.TEN));
    organisation.setSwitches(Switches.defaults());

    organisation.restore(snapshot);

    assertThat(organisation.clock().now()).isEqualTo(time);
    assertThat(organisation.clock().isFrozen()).isTrue();
    assertThat(organisation.prices().find("Solana", "spl:ABC"))
        .contains(new Asset("ABC", 6, new BigDecimal("1.50")));
    assertThat(organisation.switches().serviceAccountsCanApprove()).isTrue();
  }

  @Test
  void aRunningClockIsAsFarAheadAsItWas() {
    organisation.clock().resume();
    organisation.clock().advance(Duration.ofDays(100));
    byte[] snapshot = organisation.snapshot();
    organisation.clock().advance(Duration.ofDays(100));

    organisation.restore(snapshot);

    assertThat(Duration.between(Clock.systemUTC().instant(), organisation.clock().now()))
        .isBetween(Duration.ofDays(99), Duration.ofDays(101));
    assertThat(organisation.clock().isFrozen()).isFalse();
  }

  @Test
  void aResetGoesBackToTheStartOrToTheMark() {
    organisation.mark();
    String wallet = admin.post("/wallets", WALLET).text("/id");

    organisation.reset();

    assertThat(organisation.decisions()).isEmpty();
    assertThat(admin.get("/wallets").body().path("items")).isEmpty();
    assertThat(admin.post("/wallets", WALLET).text("/id")).isEqualTo(wallet);
    Organisation fresh = world.simulator.addOrganisation("fresh");
    byte[] start = fresh.snapshot();
    fresh.admin("somebody", TestKey.fresh().pem());
    fresh.reset();
    assertThat(fresh.snapshot()).isEqualTo(start);
  }

  @Test
  void whatIsNoSnapshotOfItIsRefusedAndChangesNothing() {
    byte[] before = organisation.snapshot();
    byte[] other = world.simulator.addOrganisation("other").snapshot();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> organisation.restore(other))
        .withMessage("The snapshot is of the organisation other, not of default");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> organisation.restore("{}".getBytes(StandardCharsets.UTF_8)))
        .withMessage("This is not the snapshot of a simulator's organisation");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> organisation.restore(changed(before, it -> it.put("version", 2))))
        .withMessage("The snapshot is of version 2, and this simulator reads version 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> organisation.restore(changed(before, it -> it.without("drawn"))))
        .withMessage("The snapshot is damaged: the number drawn is missing");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                organisation.restore(
                    changed(before, it -> it.put("name", "default").without("clock"))))
        .withMessage("The snapshot is damaged: the text ahead is missing");
    assertThat(organisation.snapshot()).isEqualTo(before);
  }
}
