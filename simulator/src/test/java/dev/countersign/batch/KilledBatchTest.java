package dev.countersign.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.pem.PemKeys;
import dev.countersign.pem.PemSigner;
import dev.countersign.signing.SignatureAlgorithm;
import dev.countersign.simulator.Identity;
import dev.countersign.simulator.door.HttpSimulator;
import dev.countersign.simulator.faults.Effect;
import dev.countersign.simulator.faults.Fault;
import dev.countersign.simulator.faults.Faults;
import dev.countersign.simulator.faults.Phase;
import dev.countersign.simulator.faults.PlantedFault;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A batch whose processes are killed in the middle of it, over HTTP, with its journal in a file,
 * while faults strike at every hop.
 */
@Timeout(180)
class KilledBatchTest {

  private final BatchFixture fixture = new BatchFixture();
  private final HttpSimulator door = HttpSimulator.start(fixture.simulator);

  @TempDir private Path folder;

  @AfterEach
  void close() {
    door.close();
    fixture.close();
  }

  @Test
  void everyItemIsPaidExactlyOnceHoweverOftenItsProcessIsKilled() throws Exception {
    Path key = folder.resolve("key.pem");
    Identity backend;
    try (PemSigner signer = PemKeys.generate(SignatureAlgorithm.ED25519, key)) {
      backend =
          fixture.simulator.organisation().admin("backend@example.com", signer.publicKeyPem());
    }
    List<String> wallets =
        List.of(fixture.wallet, fixture.newWallet(), fixture.newWallet(), fixture.newWallet());

    Faults faults = plantFaults();
    killedAfter(9, start("submit", backend, key, wallets));
    killedAfter(5, start("resume", backend, key, wallets));
    killedAfter(14, start("submit", backend, key, wallets));
    List<String> faulty = all(start("submit", backend, key, wallets));
    assertThat(faults.list()).anyMatch(it -> it.fired() > 0 && isAfterIt(it));
    assertThat(faults.list()).anyMatch(it -> it.fired() > 0 && !isAfterIt(it));
    faults.clear();
    List<String> last = all(start("submit", backend, key, wallets));
    List<String> nothing = all(start("resume", backend, key, wallets));

    List<Integer> paid = new ArrayList<>();
    wallets.forEach(wallet -> paid.addAll(fixture.ledger(fixture.dfns, wallet)));
    Collections.sort(paid);
    assertThat(paid).isEqualTo(BatchFixture.upTo(BatchProgram.COUNT));
    assertThat(last).hasSize(BatchProgram.COUNT + 1).endsWith("over " + BatchProgram.COUNT);
    assertThat(last.subList(0, BatchProgram.COUNT)).allMatch(line -> line.startsWith("DONE"));
    assertThat(faulty).contains("DONE", "DONE earlier").endsWith("over " + BatchProgram.COUNT);
    assertThat(nothing).containsExactly("over 0");
  }

  /** At every hop, before and after it was done; together they strike one exchange in six. */
  private Faults plantFaults() {
    Faults faults = fixture.simulator.organisation().faults();
    long seed = 1;
    for (String hop :
        List.of("createUserActionChallenge", "createUserActionSignature", "transferAsset")) {
      for (Effect effect :
          List.of(
              Effect.reset(),
              Effect.empty(),
              Effect.truncated(),
              Effect.html(502),
              Effect.stall(Duration.ofMillis(50)))) {
        for (Phase phase :
            List.of(Phase.BEFORE_AUTHENTICATION, Phase.BEFORE_COMMIT, Phase.AFTER_COMMIT)) {
          faults.add(Fault.of(phase, effect).operation(hop).probability(0.012, seed++));
        }
      }
    }
    return faults;
  }

  private static boolean isAfterIt(PlantedFault planted) {
    return planted.fault().phase() == Phase.AFTER_COMMIT
        && planted.fault().operation().equals("transferAsset");
  }

  private Process start(String what, Identity backend, Path key, List<String> wallets)
      throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                BatchProgram.class.getName(),
                what,
                door.url().toString(),
                backend.credentialId(),
                key.toString(),
                folder.resolve("journal").toString(),
                String.join(",", wallets))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    process.getOutputStream().write((backend.token() + "\n").getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
    return process;
  }

  private static BufferedReader said(Process process) {
    return new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /** Kills it once it has told of so many that it ended itself. */
  private static void killedAfter(int items, Process process)
      throws IOException, InterruptedException {
    try (BufferedReader said = said(process)) {
      int own = 0;
      while (own < items) {
        String line = said.readLine();
        if (line == null || line.startsWith("over")) {
          break;
        }
        own += line.equals("DONE") ? 1 : 0;
      }
      process.destroyForcibly();
    }
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as("killed by signal 9, or over before").isIn(137, 0);
  }

  private static List<String> all(Process process) throws IOException, InterruptedException {
    try (BufferedReader said = said(process)) {
      List<String> lines = said.lines().toList();
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
      return lines;
    }
  }
}
