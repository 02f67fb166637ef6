package dev.countersign.simulator.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.error.ConfigurationException;
import dev.countersign.simulator.Identity;
import dev.countersign.simulator.Organisation;
import dev.countersign.simulator.Simulator;
import dev.countersign.simulator.control.Asset;
import dev.countersign.simulator.control.Switches;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Organisations that outlive their simulator. */
final class StoreTest {

  private static final String WALLET = "{\"network\":\"EthereumSepolia\"}";
  private static final String TRANSFER =
      "{\"kind\":\"Native\",\"to\":\"0x00000000000000000000000000000000000000Aa\","
          + "\"amount\":\"1\"}";

  @TempDir Path directory;

  private final TestKey key = TestKey.fresh();

  private Simulator open() {
    return Simulator.builder().store(directory).build();
  }

  private static String text(Organisation organisation) {
    return new String(organisation.snapshot(), StandardCharsets.UTF_8);
  }

  private TestClient client(Simulator simulator, Identity identity) {
    return new TestClient(simulator, identity, key, Dialect.JAVA);
  }

  @Test
  void everythingIsThereAgain() {
    Identity admin;
    String before;
    try (Simulator simulator = open()) {
      Organisation organisation = simulator.organisation();
      organisation.clock().freeze();
      organisation.clock().advance(Duration.ofDays(2));
      admin = organisation.admin("admin", key.pem());
      TestClient client = client(simulator, admin);
      String wallet = client.post("/wallets", WALLET).text("/id");
      client.post("/wallets/" + wallet + "/transfers", TRANSFER);
      client.put("/wallets/" + wallet, "{\"name\":\"renamed\"}");
      client.challenge("POST", "/wallets", WALLET);
      organisation.prices().set("Solana", "spl:abc", new Asset("ABC", 6, BigDecimal.ONE));
      organisation.setSwitches(
          Switches.defaults().toBuilder().serviceAccountsCanApprove(true).build());
      before = text(organisation);
    }

    try (Simulator simulator = open()) {
      assertThat(simulator.organisations()).hasSize(1);
      assertThat(text(simulator.organisation())).isEqualTo(before);
      simulator.organisation().clock().advance(Duration.ofHours(1));
      assertThat(client(simulator, admin).post("/wallets", WALLET).status()).isEqualTo(200);
    }
  }

  @Test
  void whatHappensByItselfIsWrittenAndHappensOnce() {
    String before;
    try (Simulator simulator = open()) {
      Organisation organisation = simulator.organisation();
      organisation.clock().freeze();
      TestClient client = client(simulator, organisation.admin("admin", key.pem()));
      String wallet = client.post("/wallets", WALLET).text("/id");
      client.post("/wallets/" + wallet + "/transfers", TRANSFER);
      assertThat(organisation.clock().advance(Duration.ofHours(1))).hasSize(2);
      before = text(organisation);
    }

    try (Simulator simulator = open()) {
      assertThat(text(simulator.organisation())).isEqualTo(before);
      assertThat(simulator.organisation().clock().advance(Duration.ofHours(1))).isEmpty();
    }
  }

  @Test
  void whatWasTakenBackOrResetIsNotThere() {
    String before;
    Identity admin;
    try (Simulator simulator = open()) {
      Organisation organisation = simulator.organisation();
      organisation.clock().freeze();
      admin = organisation.admin("admin", key.pem());
      TestClient client = client(simulator, admin);
      organisation.mark();
      client.post("/wallets", WALLET);
      organisation.reset();
      String refused = "{\"network\":\"EthereumSepolia\",\"signingKey\":{\"id\":\"key-none\"}}";
      assertThat(client.post("/wallets", refused).status()).isEqualTo(404);
      before = text(organisation);
    }

    try (Simulator simulator = open()) {
      assertThat(text(simulator.organisation())).isEqualTo(before);
      assertThat(client(simulator, admin).get("/wallets").body().path("items")).isEmpty();
    }
  }

  @Test
  void eachOrganisationIsKeptUntilItIsRemoved() {
    try (Simulator simulator = open()) {
      simulator.addOrganisation("second");
      simulator.addOrganisation("third");
      simulator.remove(simulator.find("second").orElseThrow());
    }

    try (Simulator simulator = open()) {
      assertThat(simulator.organisations())
          .extracting(Organisation::name)
          .containsExactly("default", "third");
    }
  }

  @Test
  void readingWritesNothing() throws IOException {
    try (Simulator simulator = open()) {
      TestClient client = client(simulator, simulator.organisation().admin("admin", key.pem()));
      Path file = directory.resolve("organisations.jsonl");
      byte[] before = Files.readAllBytes(file);

      client.get("/wallets");

      assertThat(Files.readAllBytes(file)).isEqualTo(before);
      client.challenge("POST", "/wallets", WALLET);
      assertThat(Files.readAllBytes(file)).isNotEqualTo(before);
    }
  }

  @Test
  void twoSimulatorsDoNotShareAStore() {
    try (Simulator first = open()) {
      assertThatThrownBy(this::open)
          .isInstanceOf(ConfigurationException.class)
          .hasMessage(
              "Another simulator has the store in " + directory + " open; name another directory");
      assertThat(first.organisations()).hasSize(1);
    }
  }

  @Test
  void aFileOfSomethingElseIsLeftAlone() throws IOException {
    Path file = directory.resolve("organisations.jsonl");
    Files.writeString(file, "somebody's notes\n".repeat(1000));

    assertThatThrownBy(this::open)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("is damaged or not the simulator's");
    assertThat(file).hasContent("somebody's notes\n".repeat(1000));
  }

  @Test
  void onlyItsOwnerReadsIt() throws IOException {
    Path inner = directory.resolve("made");
    Simulator.builder().store(inner).build().close();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(inner)))
        .isEqualTo("rwx------");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(inner.resolve("organisations.jsonl"))))
        .isEqualTo("rw-------");
  }
}
