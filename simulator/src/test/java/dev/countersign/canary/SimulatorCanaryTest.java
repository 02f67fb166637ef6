package dev.countersign.canary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.error.ConfigurationException;
import dev.countersign.http.JacksonCodec;
import dev.countersign.pem.PemSigner;
import dev.countersign.simulator.Identity;
import dev.countersign.simulator.LoadedScenario;
import dev.countersign.simulator.Organisation;
import dev.countersign.simulator.Scenario;
import dev.countersign.simulator.Simulator;
import dev.countersign.simulator.client.OrganisationClient;
import dev.countersign.simulator.client.ScenarioClient;
import dev.countersign.simulator.client.SimulatorClient;
import dev.countersign.simulator.door.HttpSimulator;
import dev.countersign.simulator.faults.Effect;
import dev.countersign.simulator.faults.Fault;
import dev.countersign.simulator.faults.Phase;
import dev.countersign.simulator.state.Snapshot;
import dev.countersign.simulator.wire.SimRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the simulator tells, keeps and throws shows none of the secrets that it issued or holds. */
class SimulatorCanaryTest {

  @TempDir Path folder;

  private final Canaries canaries = new Canaries(new JacksonCodec());
  private Listening listening;
  private PemSigner key;

  @BeforeEach
  void open() throws IOException {
    listening = Listening.to(canaries);
    key = canaries.key(folder);
  }

  @AfterEach
  void close() {
    listening.close();
    key.close();
  }

  @Test
  void whatIsAnsweredRefusedAndKeptInMemoryShowsNoToken() {
    Simulator simulator = Simulator.start();
    Organisation organisation = simulator.organisation();
    Identity admin = organisation.admin("admin", key.publicKeyPem());
    canaries.add("an access token", admin.token());
    organisation.faults().add(Fault.of(Phase.AFTER_COMMIT, Effect.garbage()).times(1));
    for (String target :
        List.of("/wallets", "/wallets?limit=x", "/wallets/" + admin.token(), "/nowhere")) {
      for (String token : List.of(admin.token(), admin.token() + "x", "")) {
        SimRequest request =
            SimRequest.single(
                "GET",
                target,
                Map.of("Authorization", "Bearer " + token, "X-DFNS-USERACTION", token),
                new byte[0]);
        if (!target.contains(admin.token())) {
          canaries.see(request); // it names its path
        }
        canaries.see(simulator.handle(request));
      }
    }
    canaries.see(organisation.decisions());
    canaries.see(simulator.decisions());
    canaries.see(organisation.faults().list());
    canaries.see(organisation.usage());
    canaries.see(organisation.coverage());
    canaries.see(organisation.deliveries().list());
    canaries.see(organisation);
    canaries.see(simulator);
    canaries.see(admin);
    canaries.see(Snapshot.parse(organisation.snapshot()));
    try {
      canaries.see(simulator.restore((admin.token() + "{}").getBytes(StandardCharsets.UTF_8)));
    } catch (IllegalArgumentException e) {
      canaries.see(e);
    }
    assertThat(organisation.decisions()).isNotEmpty();
    listening.finish();
  }

  @Test
  void aScenarioAndItsFaultsShowNoKey() throws IOException {
    Simulator simulator = Simulator.builder().empty().build();
    LoadedScenario loaded = simulator.load(Scenario.parse("a.yaml", Scenario.example()));
    for (String name : loaded.names()) {
      canaries.add("the token of " + name, loaded.identity(name).token());
      canaries.add(
          "the key of " + name,
          Base64.getEncoder()
              .encodeToString(loaded.keys(name).orElseThrow().getPrivate().getEncoded()));
      canaries.see(loaded.identity(name));
    }
    canaries.see(loaded);
    canaries.see(Scenario.parse("a.yaml", Scenario.example()));
    Files.writeString(
        folder.resolve("wrong.yaml"),
        "name: w\npeople: [{name: p, kind: admin, key: key.pem}, {name: q, kind: admin, key: |\n"
            + "  "
            + Files.readString(folder.resolve("key.pem")).replace("\n", "\n  ")
            + "\n  }]\n");
    Files.writeString(
        folder.resolve("private.yaml"),
        "name: w\npeople: [{name: p, kind: admin, key: key.pem}]\n");
    for (String file : List.of("wrong.yaml", "private.yaml")) {
      try {
        canaries.see(simulator.load(Scenario.read(folder.resolve(file))));
        throw new AssertionError("A private key is no public key");
      } catch (ConfigurationException e) {
        canaries.see(e);
      }
    }
    listening.finish();
  }

  @Test
  void aStoreIsItsOwnersAloneAndItsErrorsShowNothingOfIt() throws IOException {
    Path store = folder.resolve("store");
    Identity admin;
    try (Simulator simulator = Simulator.builder().store(store).build()) {
      admin = simulator.organisation().admin("admin", key.publicKeyPem());
      canaries.add("an access token", admin.token());
      canaries.see(simulator);
      try (Simulator second = Simulator.builder().store(store).build()) {
        throw new AssertionError("A store is one simulator's: " + second.organisations());
      } catch (ConfigurationException e) {
        canaries.see(e);
      }
    }
    try (var files = Files.walk(store)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.getPosixFilePermissions(file)).as(file.toString()).hasSize(2);
        Files.write(file, (admin.token() + " is no store").getBytes(StandardCharsets.UTF_8));
      }
    }
    try (Simulator damaged = Simulator.builder().store(store).build()) {
      throw new AssertionError("A damaged store is refused: " + damaged.organisations());
    } catch (ConfigurationException e) {
      canaries.see(e);
    }
    listening.finish();
  }

  @Test
  void theControlApiAnswersATokenWhereItIsIssuedAndNowhereElse() throws Exception {
    Simulator simulator = Simulator.start();
    try (HttpSimulator door = HttpSimulator.start(simulator)) {
      SimulatorClient client = SimulatorClient.at(door.url());
      OrganisationClient organisation = client.addOrganisation("shown");
      Identity admin = organisation.admin("admin", key.publicKeyPem());
      ScenarioClient scenario = client.load(Scenario.example());
      canaries.add("an access token", admin.token());
      canaries.add("the token of bob", scenario.identity("bob").token());
      canaries.see(admin);
      canaries.see(client);
      canaries.see(scenario);
      canaries.see(organisation);
      canaries.see(client.organisations());
      canaries.see(organisation.decisions());
      canaries.see(organisation.usage());
      canaries.see(organisation.faults());
      HttpClient http = HttpClient.newHttpClient();
      String root = door.url() + HttpSimulator.CONTROL + "/v1/organisations";
      for (String target :
          List.of(
              "",
              "/" + organisation.id(),
              "/" + organisation.id() + "/decisions",
              "/" + organisation.id() + "/usage",
              "/" + organisation.id() + "/faults",
              "/" + organisation.id() + "/clock",
              "/" + organisation.id() + "/deliveries",
              "/" + organisation.id() + "/switches")) {
        HttpResponse<String> answer =
            http.send(
                HttpRequest.newBuilder(URI.create(root + target)).build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(target).isLessThan(500);
        canaries.see(answer.body());
      }
      for (Runnable refused :
          List.<Runnable>of(
              () -> organisation.admin("admin", admin.token()),
              () -> client.restore(admin.token().getBytes(StandardCharsets.UTF_8)),
              () -> client.load("name: " + admin.token() + "\nx: 1"))) {
        try {
          refused.run();
          throw new AssertionError("This was to be refused");
        } catch (IllegalArgumentException | IllegalStateException | ConfigurationException e) {
          canaries.see(e);
        }
      }
    }
    canaries.see(simulator.decisions());
    listening.finish();
  }
}
