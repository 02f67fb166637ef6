package dev.countersign.simulator.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.countersign.error.ConfigurationException;
import dev.countersign.simulator.LoadedScenario;
import dev.countersign.simulator.Organisation;
import dev.countersign.simulator.Scenario;
import dev.countersign.simulator.Simulator;
import dev.countersign.simulator.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Organisations made of files. */
final class ScenarioTest {

  private final Simulator simulator = Simulator.start();

  private static TestClient client(Simulator simulator, LoadedScenario loaded, String name) {
    return new TestClient(
        simulator,
        loaded.identity(name),
        TestKey.of(loaded.keys(name).orElseThrow()),
        Dialect.JAVA);
  }

  private LoadedScenario load(String text) {
    return simulator.load(Scenario.parse("payouts.yaml", text));
  }

  private static void assertFaults(ThrowingCallable call, String... lines) {
    assertThatThrownBy(call)
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(String.join("\n", lines));
  }

  @Test
  void theExampleMakesWhatItSays() {
    LoadedScenario loaded = load(Scenario.example());
    Organisation organisation = loaded.organisation();
    TestClient alice = client(simulator, loaded, "alice");
    TestClient backend = client(simulator, loaded, "backend");
    TestClient carol = client(simulator, loaded, "carol");

    assertThat(loaded.names()).containsExactly("alice", "bob", "carol", "backend");
    assertThat(organisation.clock().now()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
    assertThat(organisation.clock().isFrozen()).isTrue();
    assertThat(
            organisation
                .prices()
                .find("EthereumSepolia", "erc20:0x1C7D4B196Cb0C7B01d743Fbc6116a902379C7238"))
        .isPresent();
    assertThat(backend.get("/wallets").body().path("items")).hasSize(2);
    assertThat(carol.get("/wallets").text("/items/0/name")).isEqualTo("savings of carol");
    assertThat(alice.get("/webhooks").body().path("items")).hasSize(1);
    String treasury = backend.get("/wallets").text("/items/0/id");
    Response held =
        backend.post(
            "/wallets/" + treasury + "/transfers",
            "{\"kind\":\"Native\",\"to\":\"0x00000000000000000000000000000000000000Aa\","
                + "\"amount\":\"1000000000000000000\"}");
    assertThat(held.text("/status")).as(held.toString()).isEqualTo("Pending");
    TestClient bob = client(simulator, loaded, "bob");
    assertThat(
            bob.post(
                    "/v2/policy-approvals/" + held.text("/approvalId") + "/decisions",
                    "{\"value\":\"Approved\"}")
                .text("/status"))
        .isEqualTo("Approved");
    assertThat(bob.post("/wallets", "{\"network\":\"EthereumSepolia\"}").status()).isEqualTo(403);
  }

  @Test
  void yamlAndJsonMakeTheSameOrganisation() throws IOException {
    JsonNode tree = new YAMLMapper().readTree(Scenario.example());
    String json = new String(Json.bytes(tree), StandardCharsets.UTF_8);

    byte[] ofYaml = load(Scenario.example()).organisation().snapshot();
    byte[] ofJson =
        Simulator.start().load(Scenario.parse("same.json", json)).organisation().snapshot();

    assertThat(new String(ofJson, StandardCharsets.UTF_8))
        .isEqualTo(new String(ofYaml, StandardCharsets.UTF_8));
  }

  @Test
  void allThatIsWrongInItsFormIsToldAtOnceWithItsLine() {
    assertFaults(
        () ->
            Scenario.parse(
                "dir/payouts.yaml",
                """
                name: payouts
                seed: many
                walets: []
                people:
                  - name: alice
                    kind: boss
                    key: generate
                  - name: bob
                    key: generate
                wallets:
                  - name: treasury
                    netwrok: EthereumSepolia
                """),
        "dir/payouts.yaml:2: seed: string found, integer expected",
        "dir/payouts.yaml:3: walets: there is no such field; the nearest is wallets",
        "dir/payouts.yaml:6: people[0].kind: does not have a value in the enumeration"
            + " [\"admin\", \"human\", \"endUser\"]",
        "dir/payouts.yaml:8: people[1]: the field kind is missing",
        "dir/payouts.yaml:11: wallets[0]: the field network is missing",
        "dir/payouts.yaml:12: wallets[0].netwrok: there is no such field; the nearest is network");
  }

  @Test
  void allThatDfnsWouldRefuseIsToldAtOnceAndNothingIsThere() {
    assertFaults(
        () ->
            load(
                """
                name: payouts
                switches:
                  payloadComparision: BYTES
                people:
                  - name: alice
                    kind: admin
                    key: not-there.pem
                  - name: bob
                    kind: human
                    key: generate
                    roles: [payers]
                  - {name: bob, kind: human, key: generate}
                roles:
                  - name: payer
                    operations: [Wallets:Read]
                  - name: breaker
                    operations: [Wallets:Destroy]
                wallets:
                  - name: treasury
                    network: Etherium
                  - name: hers
                    network: Solana
                    owner: bob
                webhooks:
                  - url: nowhere
                    events: [wallet.created]
                policies:
                  - name: limits
                    activityKind: Wallets:Sign
                    rule: {kind: TransactionAmountLimit, configuration: {limit: 1, currency: XXX}}
                    action:
                      kind: RequestApproval
                      approvalGroups:
                        - quorum: 1
                          approvers: {userId: {in: [bop]}}
                """),
        "payouts.yaml:3: switches.payloadComparision: there is no such switch; the nearest is"
            + " payloadComparison",
        "payouts.yaml:7: people[0].key: is neither \"generate\", nor a PEM text, nor a file that can"
            + " be read",
        "payouts.yaml:11: people[1].roles[0]: nothing here has the name payers; the nearest is"
            + " payer",
        "payouts.yaml:12: people[2].name: there is another of the name bob",
        "payouts.yaml:17: roles[1].operations[0]: there is no Wallets:Destroy; the nearest is"
            + " Wallets:Create",
        "payouts.yaml:20: wallets[0].network: there is no Etherium; the nearest is Ethereum",
        "payouts.yaml:21: wallets[1]: Keys are delegated to end users only",
        "payouts.yaml:25: webhooks[0].url: must be an absolute http or https address",
        "payouts.yaml:30: policies[0].rule.configuration.currency: must be the constant value"
            + " 'USD'",
        "payouts.yaml:35: policies[0].action.approvalGroups[0].approvers.userId.in[0]: nothing here"
            + " has the name bop; the nearest is bob");
    assertThat(simulator.find("payouts")).isEmpty();
  }

  @Test
  void whatYamlCanDoBeyondJsonIsRefused() {
    assertFaults(
        () -> Scenario.parse("a.yaml", "name: a\nroles:\n  - &b {name: x}\n"),
        "a.yaml:3: a scenario has no anchors, aliases and tags; write what they stand for");
    assertFaults(
        () -> Scenario.parse("a.yaml", "seed: 1\nname: !!java.net.URL payouts\n"),
        "a.yaml:2: a scenario has no anchors, aliases and tags; write what they stand for");
    assertFaults(
        () -> Scenario.parse("a.yaml", "name: a\nseed: *b\n"),
        "a.yaml:2: a scenario has no anchors, aliases and tags; write what they stand for");
    assertFaults(
        () -> Scenario.parse("a.yaml", "name: a\n---\nname: b\n"),
        "a.yaml:3: a file describes one organisation");
    assertFaults(
        () -> Scenario.parse("a.yaml", "name: a\nname: b\n"), "a.yaml:2: Duplicate field 'name'");
    assertFaults(
        () -> Scenario.parse("a.json", "{\"name\":\n\"a\""),
        "a.json:2: Unexpected end-of-input: expected close marker for Object");
    assertFaults(
        () -> Scenario.parse("a.yaml", "name: a\nx:\n  - b\n c"),
        "a.yaml:4: while parsing a block mapping, expected <block end>, but found '<scalar>'");
    assertFaults(() -> Scenario.parse("a.yaml", ""), "a.yaml:1: the field name is missing");
    assertFaults(() -> Scenario.parse("a.yaml", "- a"), "a.yaml:1: array found, object expected");
  }

  @Test
  void keysStandInTheFileOrBesideIt(@TempDir Path directory) throws IOException {
    TestKey inline = TestKey.fresh();
    TestKey beside = TestKey.fresh(TestKey.Kind.P256);
    Files.writeString(directory.resolve("backend.pub.pem"), beside.pem());
    Path file = directory.resolve("keys.yaml");
    Files.writeString(
        file,
        """
        name: keys
        people:
          - name: alice
            kind: admin
            key: |
              %s
        serviceAccounts:
          - name: backend
            key: backend.pub.pem
            operations: [Wallets:Read]
        """
            .formatted(inline.pem().strip().replace("\n", "\n      ")));

    LoadedScenario loaded = simulator.load(Scenario.read(file));

    TestClient alice = new TestClient(simulator, loaded.identity("alice"), inline, Dialect.JAVA);
    TestClient backend =
        new TestClient(simulator, loaded.identity("backend"), beside, Dialect.JAVA);
    assertThat(alice.post("/wallets", "{\"network\":\"Solana\"}").status()).isEqualTo(200);
    assertThat(backend.userAction("GET", "/wallets", "")).isNotEmpty();
    assertThat(loaded.keys("alice")).isEmpty();
    assertThatThrownBy(() -> loaded.identity("alise"))
        .hasMessage("The scenario has nobody called alise; the nearest is alice");
  }

  @Test
  void aWalletHasTheBalancesThatItsScenarioGivesIt() {
    LoadedScenario loaded =
        load(
            """
            name: rich
            people: [{name: alice, kind: admin, key: generate}]
            wallets:
              - name: treasury
                network: EthereumSepolia
                balances:
                  native: "1000"
                  erc20:0x1c7d4b196cb0c7b01d743fbc6116a902379c7238: "5"
            """);
    String treasury = client(simulator, loaded, "alice").get("/wallets").text("/items/0/id");

    assertThat(loaded.organisation().balances().of(treasury, "native")).isEqualTo("1000");
    assertThat(
            loaded
                .organisation()
                .balances()
                .of(treasury, "erc20:0x1c7d4b196cb0c7b01d743fbc6116a902379c7238"))
        .isEqualTo("5");
  }

  @Test
  void aBalanceIsAnAmountOfAnAsset() {
    assertFaults(
        () ->
            load(
                """
                name: rich
                wallets:
                  - name: treasury
                    network: EthereumSepolia
                    balances:
                      native: 1000
                      gold: "-1"
                """),
        "payouts.yaml:6: wallets[0].balances.native: integer found, string expected",
        "payouts.yaml:7: wallets[0].balances.gold: does not match the regex pattern ^[0-9]{1,78}$");
    assertThatThrownBy(
            () ->
                load(
                    """
                    name: rich
                    people: [{name: alice, kind: admin, key: generate}]
                    wallets:
                      - name: treasury
                        network: EthereumSepolia
                        balances:
                          gold: "1"
                    """))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("payouts.yaml:7: wallets[0].balances.gold: ");
  }

  @Test
  void aResetGoesBackToTheScenario() {
    LoadedScenario loaded = load(Scenario.example());
    byte[] start = loaded.organisation().snapshot();
    client(simulator, loaded, "alice").post("/wallets", "{\"network\":\"Solana\"}");

    loaded.organisation().reset();

    assertThat(loaded.organisation().snapshot()).isEqualTo(start);
  }

  @Test
  void theSameScenarioAndCallsGiveTheSameBytes() {
    assertThat(answers()).isEqualTo(answers()).hasSize(9);
  }

  @Test
  void anotherProcessGivesTheSameBytesToo() throws IOException {
    ProcessBuilder child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                Answers.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    child.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    child.environment().remove("JAVA_TOOL_OPTIONS");

    byte[] printed = child.start().getInputStream().readAllBytes();

    assertThat(new String(printed, StandardCharsets.UTF_8)).isEqualTo(String.join("\n", answers()));
  }

  /** Prints what is answered, for another process; what a JDK orders by chance differs there. */
  static final class Answers {

    private Answers() {}

    public static void main(String[] arguments) {
      byte[] text = String.join("\n", answers()).getBytes(StandardCharsets.UTF_8);
      System.out.write(text, 0, text.length);
      System.out.flush();
    }
  }

  /** What a payer, an approver and a reader are answered. */
  static List<String> answers() {
    Simulator simulator = Simulator.builder().seed(3).build();
    LoadedScenario loaded = simulator.load(Scenario.parse("example.yaml", Scenario.example()));
    TestClient backend = client(simulator, loaded, "backend");
    List<String> answers = new ArrayList<>();
    Response wallet = backend.post("/wallets", "{\"network\":\"EthereumSepolia\"}");
    answers.add(wallet.toString());
    String transfers = "/wallets/" + wallet.text("/id") + "/transfers";
    answers.add(backend.challenge("POST", transfers, "{}").toString());
    answers.add(
        backend
            .post(
                transfers,
                "{\"kind\":\"Native\",\"to\":\"0x00000000000000000000000000000000000000Aa\","
                    + "\"amount\":\"1\"}")
            .toString());
    settle(loaded);
    answers.add(loaded.organisation().clock().advance(Duration.ofMinutes(1)).toString());
    settle(loaded);
    answers.add(backend.get(transfers).toString());
    answers.add(backend.get("/wallets/none").toString());
    answers.add(client(simulator, loaded, "alice").get("/auth/users").toString());
    answers.add(loaded.identity("carol").token());
    answers.add(new String(loaded.organisation().snapshot(), StandardCharsets.UTF_8));
    return answers;
  }

  /** Deliveries end in their own time: what they find is waited for, so that it is the same. */
  private static void settle(LoadedScenario loaded) {
    try {
      assertThat(loaded.organisation().deliveries().awaitIdle(Duration.ofSeconds(30))).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while deliveries end", e);
    }
  }
}
