package dev.countersign.simulator.steering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.countersign.Dfns;
import dev.countersign.api.Network;
import dev.countersign.api.wallets.CreateWalletBody;
import dev.countersign.api.webhooks.CreateWebhookBody;
import dev.countersign.api.webhooks.WebhookSubscription;
import dev.countersign.credential.AccessToken;
import dev.countersign.credential.Credential;
import dev.countersign.credential.CredentialId;
import dev.countersign.credential.CredentialSource;
import dev.countersign.error.ServiceUnavailableException;
import dev.countersign.http.DfnsBuilder;
import dev.countersign.pem.PemKeys;
import dev.countersign.pem.PemSigner;
import dev.countersign.signing.SignatureAlgorithm;
import dev.countersign.simulator.Delivery;
import dev.countersign.simulator.Identity;
import dev.countersign.simulator.Organisation;
import dev.countersign.simulator.Scenario;
import dev.countersign.simulator.Simulator;
import dev.countersign.simulator.client.OrganisationClient;
import dev.countersign.simulator.client.ScenarioClient;
import dev.countersign.simulator.client.SimulatorClient;
import dev.countersign.simulator.control.Asset;
import dev.countersign.simulator.control.Finding;
import dev.countersign.simulator.control.Fired;
import dev.countersign.simulator.control.Switches;
import dev.countersign.simulator.documents.FindingJson;
import dev.countersign.simulator.faults.Effect;
import dev.countersign.simulator.faults.Fault;
import dev.countersign.simulator.faults.Phase;
import dev.countersign.simulator.faults.PlantedFault;
import dev.countersign.simulator.faults.Presets;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.spec.Description;
import dev.countersign.simulator.usage.Usage;
import dev.countersign.simulator.wire.SimRequest;
import dev.countersign.simulator.wire.SimResponse;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The control API through its client. At the end every operation of the description has been called
 * with success, and no exchange was other than described.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ControlApiTest {

  private static final String KEY =
      """
      -----BEGIN PUBLIC KEY-----
      MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=
      -----END PUBLIC KEY-----
      """;

  @TempDir static Path folder;

  private final Simulator simulator = Simulator.start();
  private final CheckedDoor door = new CheckedDoor(simulator);
  private final SimulatorClient client = SimulatorClient.at(door.url());
  private int number;

  ControlApiTest() throws IOException {}

  @AfterAll
  void everyOperationWasCalledAndEveryExchangeIsAsDescribed() {
    door.close();
    assertThat(door.faults).isEmpty();
    assertThat(Description.of(ControlApi.document()).operationNames())
        .allSatisfy(operation -> assertThat(door.succeeded).contains(operation));
  }

  private OrganisationClient fresh() {
    return client.addOrganisation("test " + ++number);
  }

  private SimResponse read(Identity who, String target) {
    return simulator.handle(
        SimRequest.single(
            "GET", target, Map.of("Authorization", "Bearer " + who.token()), new byte[0]));
  }

  @Test
  void whatIsDescribedIsWhatIsDone() {
    assertThat(new ControlApi(simulator).operations())
        .containsExactlyInAnyOrderElementsOf(
            Description.of(ControlApi.document()).operationNames());
    assertThat(Json.parse(client.description().getBytes(StandardCharsets.UTF_8)))
        .contains(ControlApi.document());
  }

  @Test
  void organisationsComeAndGo() {
    OrganisationClient added = fresh();

    assertThat(client.organisations()).extracting(OrganisationClient::id).contains(added.id());
    assertThat(client.find(added.name())).hasValueSatisfying(it -> it.id().equals(added.id()));
    assertThat(text(door.send("GET", "/v1/organisations/" + added.id(), "")))
        .contains("\"name\":\"" + added.name() + "\"");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> client.addOrganisation(added.name()))
        .withMessageStartingWith("name: ");
    added.remove();
    assertThat(client.find(added.name())).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(added::now)
        .withMessageStartingWith("organisationId: ");
  }

  @Test
  void anOrganisationIsKeptMarkedAndReset() {
    OrganisationClient organisation = fresh();
    Identity first = organisation.admin("first", KEY);
    organisation.mark();
    byte[] snapshot = organisation.snapshot();
    Identity second = organisation.admin("second", KEY);
    assertThat(read(second, "/wallets").status()).isEqualTo(200);

    organisation.reset();
    assertThat(read(second, "/wallets").status()).isEqualTo(401);
    assertThat(read(first, "/wallets").status()).isEqualTo(200);

    organisation.remove();
    assertThat(read(first, "/wallets").status()).isEqualTo(401);
    assertThat(client.restore(snapshot).id()).isEqualTo(organisation.id());
    assertThat(read(first, "/wallets").status()).isEqualTo(200);
    assertThatIllegalArgumentException().isThrownBy(() -> client.restore("{}".getBytes()));
  }

  @Test
  void everyKindOfIdentityCanAct() {
    OrganisationClient organisation = fresh();

    for (Identity identity :
        new Identity[] {
          organisation.admin("a", KEY),
          organisation.human("h", KEY, "Wallets:Read"),
          organisation.serviceAccount("s", KEY, "Wallets:Read"),
          organisation.endUser("e", KEY)
        }) {
      assertThat(identity.organisationId()).isEqualTo(organisation.id());
      assertThat(identity.userId()).startsWith("us-");
      assertThat(identity.credentialId()).isNotEmpty();
      assertThat(read(identity, "/wallets").status()).isEqualTo(200);
    }
    assertThat(read(organisation.serviceAccount("none", KEY), "/wallets").status()).isEqualTo(403);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> organisation.admin("b", "no key"))
        .withMessageStartingWith("publicKey: ")
        .withMessageContaining("PEM");
  }

  @Test
  void aUserIsDeactivatedAndActivated() {
    OrganisationClient organisation = fresh();
    Identity admin = organisation.admin("a", KEY);
    organisation.deactivate(admin.userId());
    assertThat(read(admin, "/wallets").status()).isEqualTo(401);
    organisation.activate(admin.userId());
    assertThat(read(admin, "/wallets").status()).isEqualTo(200);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> organisation.activate("us-none"))
        .withMessageContaining("us-none");
  }

  @Test
  void theClockIsFrozenMovedAndRuns() {
    OrganisationClient organisation = fresh();
    organisation.freeze();
    Instant before = organisation.now();
    assertThat(organisation.isFrozen()).isTrue();
    String wallet = wallet(organisation);
    String offer = organisation.offer(wallet, "0xabc", BigInteger.TEN, Duration.ofHours(1));

    assertThat(organisation.advance(Duration.ofHours(2)))
        .extracting(Fired::subject)
        .contains(offer);
    assertThat(organisation.now()).isEqualTo(before.plus(Duration.ofHours(2)));
    organisation.resume();
    assertThat(organisation.isFrozen()).isFalse();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> organisation.advance(Duration.ofHours(-1)))
        .withMessageStartingWith("duration: ");
  }

  private String wallet(OrganisationClient organisation) {
    return wallet(organisation, "owner");
  }

  private String wallet(OrganisationClient organisation, String owner) {
    return acting(
        organisation,
        owner,
        dfns ->
            dfns.wallets()
                .createWallet(CreateWalletBody.builder().network(Network.ETHEREUM_SEPOLIA).build())
                .execute()
                .id());
  }

  private String acting(OrganisationClient organisation, String who, Function<Dfns, String> act) {
    try (PemSigner signer =
        PemKeys.generate(SignatureAlgorithm.ED25519, folder.resolve(organisation.id() + who))) {
      Identity admin = organisation.admin(who, signer.publicKeyPem());
      return act.apply(
          DfnsBuilder.create()
              .transport(simulator.transport())
              .apiUrl(URI.create("https://dfns.invalid"))
              .credentials(
                  CredentialSource.of(
                      Credential.of(
                          AccessToken.of(admin.token()),
                          new CredentialId(admin.credentialId()),
                          signer)))
              .build());
    }
  }

  @Test
  void anOfferIsWithdrawnOnce() {
    OrganisationClient organisation = fresh();
    organisation.freeze();
    String wallet = wallet(organisation);
    String offer = organisation.offer(wallet, "0xabc", BigInteger.TEN, Duration.ofHours(1));
    organisation.withdrawOffer(offer);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> organisation.withdrawOffer(offer))
        .withMessageContaining("cannot be withdrawn");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> organisation.offer("wa-none", "0x", BigInteger.ONE, Duration.ofDays(1)))
        .withMessageContaining("wa-none");
  }

  @Test
  void aFaultIsPlantedStrikesAndIsRemoved() {
    OrganisationClient organisation = fresh();
    Identity admin = organisation.admin("a", KEY);
    PlantedFault planted =
        organisation.addFault(Presets.unavailable("listWallets").times(1).build());

    assertThat(read(admin, "/wallets").status()).isEqualTo(503);
    assertThat(read(admin, "/wallets").status()).isEqualTo(200);
    assertThat(organisation.fault(planted.id()).fired()).isEqualTo(1);
    assertThat(organisation.fault(planted.id()).occasions()).isEqualTo(2);
    assertThat(organisation.faults()).hasSize(1);
    organisation.removeFault(planted.id());
    assertThat(organisation.faults()).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> organisation.removeFault(planted.id()))
        .withMessageContaining(planted.id());
    organisation.addFault(Presets.slow("").build());
    organisation.clearFaults();
    assertThat(organisation.faults()).isEmpty();
  }

  static Stream<Fault> everyFault() {
    Duration time = Duration.ofMillis(1500);
    return Stream.of(
        Fault.of(Phase.BEFORE_AUTHENTICATION, Effect.html(503)).build(),
        Fault.of(Phase.BEFORE_COMMIT, Effect.tooManyRequests(Duration.ofSeconds(9))).build(),
        Fault.of(Phase.AFTER_COMMIT, Effect.status(500)).build(),
        Fault.of(Phase.AFTER_COMMIT, Effect.latency(time)).skip(3).times(4).build(),
        Fault.of(Phase.AFTER_COMMIT, Effect.stall(time)).probability(0.25, 99).build(),
        Fault.of(Phase.AFTER_COMMIT, Effect.stalledBody(time)).operation("getWallet").build(),
        Fault.of(Phase.AFTER_COMMIT, Effect.reset()).identity("us-1").build(),
        Fault.of(Phase.AFTER_COMMIT, Effect.empty()).header("h").build(),
        Fault.of(Phase.AFTER_COMMIT, Effect.truncated()).build(),
        Fault.of(Phase.AFTER_COMMIT, Effect.garbage()).build(),
        Fault.of(Phase.WEBHOOK, Effect.duplicate()).operation("wallet.created").build(),
        Fault.of(Phase.WEBHOOK, Effect.outOfOrder()).build());
  }

  @ParameterizedTest
  @MethodSource("everyFault")
  void aFaultComesBackAsItWas(Fault fault) {
    OrganisationClient organisation = fresh();
    assertThat(organisation.addFault(fault).fault()).isEqualTo(fault);
    assertThat(organisation.faults())
        .singleElement()
        .extracting(PlantedFault::fault)
        .isEqualTo(fault);
    organisation.remove();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | phase",
        "{'preset':'lostLuggage'} | preset",
        "{'preset':'slow','phase':'AFTER_COMMIT'} | preset",
        "{'phase':'AFTER_COMMIT'} | phase",
        "{'phase':'LATER','effect':{'kind':'RESET'}} | phase",
        "{'phase':'AFTER_COMMIT','effect':{'kind':'EXPLODE'}} | effect.kind",
        "{'phase':'AFTER_COMMIT','effect':{'kind':'LATENCY'}} | effect.duration",
        "{'phase':'AFTER_COMMIT','effect':{'kind':'LATENCY','duration':'soon'}} | effect.duration",
        "{'phase':'AFTER_COMMIT','effect':{'kind':'ANSWER','status':99}} | effect",
        "{'phase':'AFTER_COMMIT','effect':{'kind':'DUPLICATE'}} | effect",
        "{'preset':'slow','times':0} | times",
        "{'preset':'slow','probability':2} | probability",
        "{'preset':'slow','skip':-1} | skip",
        "{'preset':'slow','speed':1} | speed",
      })
  void aFaultThatIsNoneNamesItsField(String body, String field) {
    SimResponse response =
        door.send(
            "POST",
            "/v1/organisations/" + simulator.organisation().id() + "/faults",
            body.replace('\'', '"'));

    assertThat(response.status()).isEqualTo(400);
    JsonNode error = Json.parse(response.body()).orElseThrow().path("error");
    assertThat(error.path("field").asText()).isEqualTo(field);
    assertThat(error.path("message").asText()).startsWith(field + ": ").hasSizeGreaterThan(15);
  }

  @Test
  void aPresetGoesByItsName() {
    assertThat(
            text(
                door.send(
                    "POST",
                    "/v1/organisations/" + fresh().id() + "/faults",
                    "{\"preset\":\"lostAnswer\",\"operation\":\"transferAsset\",\"times\":1}")))
        .contains("\"phase\":\"AFTER_COMMIT\"")
        .contains("\"kind\":\"RESET\"");
  }

  @Test
  void aScenarioIsLoadedWithItsKeys() throws Exception {
    ScenarioClient loaded = client.load(Scenario.example());

    assertThat(loaded.names()).isNotEmpty();
    assertThat(client.find(loaded.organisation().name())).isPresent();
    for (String name : loaded.names()) {
      assertThat(read(loaded.identity(name), "/wallets").status()).isIn(200, 403);
      assertThat(loaded.toString()).doesNotContain(loaded.identity(name).token());
    }
    Path pem =
        Files.writeString(
            folder.resolve("member.pem"),
            loaded.names().stream()
                .flatMap(it -> loaded.privateKey(it).stream())
                .findFirst()
                .orElseThrow());
    PemSigner.read(Files.readAllBytes(pem)).close();
    assertThatIllegalArgumentException().isThrownBy(() -> loaded.identity("nobody"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> client.load("organisation: [oops"))
        .withMessageContaining("scenario.yaml");
  }

  @Test
  void walletsHaveBalancesAndArePaid() {
    OrganisationClient organisation = fresh();
    String wallet = wallet(organisation);
    organisation.setBalance(wallet, "native", BigInteger.valueOf(40));
    assertThat(organisation.deposit(wallet, "native", BigInteger.TWO, "0xabc")).isNotEmpty();

    assertThat(organisation.balance(wallet, "native")).isEqualTo(42);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> organisation.balance("wa-none", "native"))
        .withMessageContaining("wa-none");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> organisation.deposit(wallet, "native", BigInteger.ZERO, "0xabc"))
        .withMessageContaining("more than nothing");
  }

  @Test
  void screeningFindsWhatItIsTold() {
    OrganisationClient organisation = fresh();
    Finding finding =
        Finding.clean()
            .alert(Finding.Level.values()[0], 3)
            .exposure(5)
            .address(7)
            .risk(50)
            .travelRule(Finding.TravelRule.DECLINED);
    organisation.findNext(finding);
    organisation.findOfAddress("0xabc", finding);
    organisation.findOfAsset("EthereumSepolia", "native:eth", finding);
    organisation.findOtherwise(Finding.problem(Finding.Problem.values()[1]));
    organisation.forgetFindings();

    assertThat(FindingJson.write(FindingJson.read(FindingJson.write(finding))))
        .isEqualTo(FindingJson.write(finding));
    SimResponse wrong =
        door.send(
            "POST",
            "/v1/organisations/" + organisation.id() + "/screening",
            "{\"of\":\"address\",\"finding\":{}}");
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(text(wrong)).contains("\"field\":\"address\"");
  }

  @Test
  void deliveriesAreSeenAndMadeOnceMoreAndFaultsCrossTheirWay() throws Exception {
    OrganisationClient organisation = fresh();
    HttpServer receiver =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    AtomicInteger received = new AtomicInteger();
    receiver.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          received.incrementAndGet();
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    receiver.start();
    try {
      Organisation inside =
          simulator.organisations().stream()
              .filter(it -> it.id().equals(organisation.id()))
              .findFirst()
              .orElseThrow();
      subscribe(organisation, "http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook");
      organisation.freeze();
      organisation.addFault(Presets.failedDelivery("wallet.created").times(1).build());
      organisation.addFault(Presets.duplicateDelivery("wallet.created").times(1).build());
      wallet(organisation, "first");
      assertThat(inside.deliveries().awaitIdle(Duration.ofSeconds(20))).isTrue();
      assertThat(received).hasValue(0);
      assertThat(organisation.deliveries())
          .filteredOn(it -> it.kind().equals("wallet.created"))
          .singleElement()
          .matches(it -> it.status().orElse(0) == 500 && it.nextAttempt().isPresent());

      wallet(organisation, "second");
      assertThat(inside.deliveries().awaitIdle(Duration.ofSeconds(20))).isTrue();
      assertThat(received).hasValue(2);

      String again = organisation.redeliver(organisation.deliveries().get(0).eventId());
      assertThat(inside.deliveries().awaitIdle(Duration.ofSeconds(20))).isTrue();
      assertThat(received).hasValue(3);
      assertThat(organisation.deliveries())
          .filteredOn(it -> it.eventId().equals(again))
          .singleElement()
          .matches(Delivery::isDelivered);
    } finally {
      receiver.stop(0);
    }
  }

  private void subscribe(OrganisationClient organisation, String url) {
    acting(
        organisation,
        "subscriber",
        dfns ->
            dfns.webhooks()
                .createWebhook(
                    CreateWebhookBody.builder()
                        .url(url)
                        .events(List.of(WebhookSubscription.WALLET_CREATED))
                        .build())
                .execute()
                .id());
  }

  @Test
  void pricesAreSet() {
    OrganisationClient organisation = fresh();
    organisation.setPrice(
        "EthereumSepolia", "erc20:0xAb", new Asset("X", 6, new BigDecimal("1.5")));
    assertThat(text(door.send("GET", "/v1/organisations/" + organisation.id() + "/prices", "")))
        .contains("\"tid\":\"erc20:0xab\"")
        .contains("\"usd\":\"1.5\"");
  }

  @Test
  void switchesAreSet() {
    OrganisationClient organisation = fresh();
    Switches switches = organisation.switches();
    assertThat(switches.refusedVoteStatus()).isEqualTo(403);
    organisation.setSwitches(switches.toBuilder().refusedVoteStatus(400).build());
    assertThat(organisation.switches().refusedVoteStatus()).isEqualTo(400);

    SimResponse wrong =
        door.send(
            "PUT",
            "/v1/organisations/" + organisation.id() + "/switches",
            "{\"refusedVoteStatus\":200}");
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(text(wrong)).contains("\"field\":\"refusedVoteStatus\"");
    SimResponse made =
        door.send(
            "POST",
            "/v1/organisations",
            "{\"name\":\"switched\",\"switches\":{\"serviceAccountsCanApprove\":true}}");
    assertThat(made.status()).isEqualTo(200);
    assertThat(client.find("switched").orElseThrow().switches().serviceAccountsCanApprove())
        .isTrue();
  }

  @Test
  void decisionsCodesCoverageAndUsageAreShown() {
    OrganisationClient organisation = fresh();
    Identity account = organisation.serviceAccount("payments", KEY, "Wallets:Read", "Keys:Read");
    read(account, "/wallets");
    read(account, "/wallets/wa-1");

    assertThat(organisation.decisions()).anyMatch(it -> it.startsWith("404 GET /wallets/wa-1"));
    assertThat(organisation.mailedCodes("payments")).isEmpty();
    assertThat(organisation.coverage().touched().get("listWallets")).containsEntry(200, 1L);
    assertThat(client.coverage().touched()).containsKeys("listWallets", "getWallet");
    Usage usage = organisation.usage().get(0);
    assertThat(usage.name()).isEqualTo("payments");
    assertThat(usage.unused()).containsExactly("Keys:Read");
    assertThat(usage.leastPrivilege()).contains("[\"Wallets:Read\"]");
    SimResponse table =
        door.send("GET", "/v1/organisations/" + organisation.id() + "/coverage?format=table", "");
    assertThat(text(table)).contains("listWallets ").contains("operations called");
    organisation.forgetTraffic();
    assertThat(organisation.coverage().touched()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /v1/nothing, '', 404",
    "PUT, /v1/organisations, '', 404",
    "POST, /v1/organisations, '', 400",
    "POST, /v1/organisations, '{', 400",
    "POST, /v1/organisations, '[]', 400",
    "GET, /v1/organisations?limit=1, '', 400",
    "GET, /v1/organisations/or-none/clock, '', 404",
    "GET, /v2/organisations, '', 404",
  })
  void whatIsNotDescribedIsRefused(String method, String target, String body, int status) {
    SimResponse response = door.send(method, target, body);
    assertThat(response.status()).isEqualTo(status);
    assertThat(Json.parse(response.body()).orElseThrow().at("/error/message").asText())
        .isNotEmpty();
  }

  @Test
  void noAnswerButTheOneThatIssuesItHasAToken() {
    OrganisationClient organisation = fresh();
    Identity admin = organisation.admin("a", KEY);
    read(admin, "/wallets");
    for (String path :
        new String[] {"", "/faults", "/decisions", "/usage", "/coverage", "/switches", "/clock"}) {
      assertThat(text(door.send("GET", "/v1/organisations/" + organisation.id() + path, "")))
          .doesNotContain(admin.token());
    }
    assertThat(admin.toString() + organisation + client).doesNotContain(admin.token());
  }

  @Test
  void aSimulatorThatIsNotThereIsUnavailable() {
    assertThat(
            org.assertj.core.api.Assertions.catchThrowable(
                () -> SimulatorClient.at(URI.create("http://127.0.0.1:1")).organisations()))
        .isInstanceOf(ServiceUnavailableException.class);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SimulatorClient.at(URI.create("ftp://127.0.0.1")));
  }

  private static String text(SimResponse response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }
}
