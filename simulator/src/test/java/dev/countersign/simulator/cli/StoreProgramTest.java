package dev.countersign.simulator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.Dfns;
import dev.countersign.api.Network;
import dev.countersign.api.wallets.CreateWalletBody;
import dev.countersign.api.wallets.Wallet;
import dev.countersign.credential.EnvironmentCredentials;
import dev.countersign.error.DfnsException;
import dev.countersign.http.DfnsBuilder;
import dev.countersign.pem.PemSignerProvider;
import dev.countersign.signing.SignerProviders;
import dev.countersign.simulator.Scenario;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program with a store and with scenarios. */
final class StoreProgramTest {

  @TempDir private Path directory;

  private Path logins() {
    return directory.resolve("store/logins");
  }

  private Program start(String... more) throws Exception {
    String[] arguments = new String[more.length + 4];
    arguments[0] = "--port";
    arguments[1] = "0";
    arguments[2] = "--store";
    arguments[3] = directory.resolve("store").toString();
    System.arraycopy(more, 0, arguments, 4, more.length);
    return Program.start(arguments);
  }

  private Dfns dfns(String name) throws Exception {
    return DfnsBuilder.of(
            EnvironmentCredentials.read(
                MainTest.env(logins().resolve(name + ".env")),
                SignerProviders.of(new PemSignerProvider())))
        .build();
  }

  private void assertInUse() throws Exception {
    try (Program second = start()) {
      assertThat(second.status()).isEqualTo(1);
      assertThat(second.output()).isEmpty();
      assertThat(second.errors())
          .isEqualTo(
              "Another simulator has the store in "
                  + directory.resolve("store")
                  + " open; name another directory\n");
    }
  }

  private static Wallet newWallet(Dfns dfns) {
    return dfns.wallets()
        .createWallet(CreateWalletBody.builder().network(Network.ETHEREUM_SEPOLIA).build())
        .execute();
  }

  @Test
  void aKillLosesNothingThatWasAcknowledged() throws Exception {
    List<String> acknowledged = new CopyOnWriteArrayList<>();
    CountDownLatch underway = new CountDownLatch(20);
    Path scenario = Files.writeString(directory.resolve("a.yaml"), Scenario.example());
    try (Program program = start("--scenario", scenario.toString())) {
      assertThat(program.line()).startsWith("Dfns simulator ready");
      Dfns alice = dfns("alice");
      Thread busy =
          new Thread(
              () -> {
                try {
                  while (true) {
                    acknowledged.add(newWallet(alice).id());
                    underway.countDown();
                  }
                } catch (DfnsException e) {
                  // it was killed
                }
              });
      busy.start();
      underway.await();
      program.kill();
      busy.join();
    }

    try (Program program = start("--scenario", scenario.toString())) {
      assertThat(program.line()).startsWith("Dfns simulator ready");
      Dfns alice = dfns("alice");
      List<String> there = alice.wallets().listWallets().stream().map(Wallet::id).toList();
      assertThat(there).containsAll(acknowledged).doesNotHaveDuplicates();
      assertThat(there).hasSizeBetween(acknowledged.size() + 2, acknowledged.size() + 3);
      assertThat(newWallet(alice).id()).isNotIn(there);
      assertThat(dfns("backend").wallets().listWallets().stream()).hasSize(there.size() + 1);
    }
  }

  @Test
  void theUsualTwoGoOnTooAndTheStoreIsTheirsAlone() throws Exception {
    String wallet;
    try (Program program = start()) {
      program.line();
      wallet = newWallet(dfns("service-account")).id();
      program.terminate();
      program.status();
    }

    try (Program program = start()) {
      program.line();
      assertInUse();
      assertThat(dfns("admin").wallets().getWallet(wallet).execute().id()).isEqualTo(wallet);
    }
  }

  @Test
  void whatIsWrongWithAScenarioIsToldAndNothingStarts() throws Exception {
    Path scenario =
        Files.writeString(directory.resolve("a.yaml"), "name: a\nwallets:\n  - name: b");
    try (Program program = start("--scenario", scenario.toString())) {
      assertThat(program.status()).isEqualTo(1);
      assertThat(program.output()).isEmpty();
      assertThat(program.errors())
          .isEqualTo("a.yaml:3: wallets[0]: the field network is missing\n");
      assertThat(directory.resolve("store")).doesNotExist();
    }
  }

  @Test
  void initPrintsAScenarioAndItsSchema() throws Exception {
    try (Program scenario = Program.start("init");
        Program schema = Program.start("init", "--schema")) {
      assertThat(scenario.output()).isEqualTo(Scenario.example());
      assertThat(schema.output()).isEqualTo(Scenario.schema());
      assertThat(scenario.status()).isZero();
      assertThat(schema.status()).isZero();
    }
  }
}
