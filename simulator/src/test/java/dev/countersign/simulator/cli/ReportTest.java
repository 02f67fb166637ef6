package dev.countersign.simulator.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.simulator.Identity;
import dev.countersign.simulator.Simulator;
import dev.countersign.simulator.client.SimulatorClient;
import dev.countersign.simulator.door.ControlToken;
import dev.countersign.simulator.door.HttpSimulator;
import dev.countersign.simulator.wire.SimRequest;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What the program tells of a simulator that runs, and how it ends. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReportTest {

  private static final String KEY =
      """
      -----BEGIN PUBLIC KEY-----
      MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=
      -----END PUBLIC KEY-----
      """;
  private static final String TOKEN = "0123456789abcdef0123";

  @TempDir static Path folder;

  private final Simulator simulator = Simulator.start();
  private final HttpSimulator server = HttpSimulator.start(simulator);
  private final HttpSimulator guarded =
      HttpSimulator.of(simulator).controlToken(ControlToken.of(TOKEN)).start();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  ReportTest() {
    Identity account =
        simulator.organisation().serviceAccount("payments", KEY, "Wallets:Read", "Keys:Read");
    read(account, "/wallets");
    read(account, "/auth/users");
    Identity frugal =
        simulator.addOrganisation("frugal").serviceAccount("reader", KEY, "Wallets:Read");
    read(frugal, "/wallets");
    simulator.find("frugal").orElseThrow().admin("boss", KEY);
  }

  private void read(Identity who, String target) {
    simulator.handle(
        SimRequest.single(
            "GET", target, Map.of("Authorization", "Bearer " + who.token()), new byte[0]));
  }

  @AfterAll
  void close() {
    server.close();
    guarded.close();
  }

  private int run(String task, String... more) {
    return runAt(server.url(), task, more);
  }

  private int runAt(URI url, String task, String... more) {
    out.reset();
    err.reset();
    return Report.run(
        new PrintStream(out, true, UTF_8),
        new PrintStream(err, true, UTF_8),
        Stream.concat(Stream.of(task, "--url", url.toString()), Arrays.stream(more))
            .toArray(String[]::new));
  }

  @Test
  void usageShowsWhatWasNeededAndTheLeastRole() {
    assertThat(run("usage")).isZero();
    assertThat(out.toString(UTF_8))
        .contains("default / payments (us-")
        .contains("needed   Wallets:Read")
        .contains("unused   Keys:Read")
        .contains("lacked   ")
        .contains("{\"name\":\"Least privilege of payments\",\"operations\":[\"Wallets:Read\"]}")
        .contains("frugal / reader")
        .doesNotContain("boss");
  }

  @Test
  void aBuildThatGrantsMoreThanItUsesFails() {
    assertThat(run("usage", "--fail-on-unused")).isEqualTo(3);
    assertThat(out.toString(UTF_8)).endsWith("Granted more than was needed: payments\n");
  }

  @Test
  void aBuildThatGrantsWhatItUsesPasses() {
    assertThat(run("usage", "--fail-on-unused", "--organisation", "frugal")).isZero();
    assertThat(out.toString(UTF_8)).doesNotContain("payments");
  }

  @Test
  void coverageIsATable() {
    assertThat(run("coverage")).isZero();
    assertThat(out.toString(UTF_8))
        .containsPattern("listWallets +200×2\n")
        .contains("operations called");
    assertThat(run("coverage", "--organisation", "frugal")).isZero();
    assertThat(out.toString(UTF_8)).containsPattern("listWallets +200×1\n");
  }

  @Test
  void theTokenComesFromAFile() throws Exception {
    Path file = Files.writeString(folder.resolve("token"), TOKEN + "\n");
    assertThat(runAt(guarded.url(), "usage", "--control-token-file", file.toString())).isZero();
    assertThat(runAt(guarded.url(), "usage")).isEqualTo(1);
    assertThat(err.toString(UTF_8)).contains("control token");
    assertThat(runAt(guarded.url(), "usage", "--control-token-file", "/none")).isEqualTo(1);
    assertThat(out.toString(UTF_8) + err.toString(UTF_8)).doesNotContain(TOKEN);
  }

  @Test
  void whatCannotBeDoneIsSaid() {
    assertThat(run("usage", "--organisation", "nobody")).isEqualTo(1);
    assertThat(err.toString(UTF_8)).contains("nobody").hasLineCount(1);
    assertThat(runAt(URI.create("http://127.0.0.1:1"), "usage")).isEqualTo(1);
    assertThat(err.toString(UTF_8)).contains("does not answer").hasLineCount(1);
    assertThat(run("usage", "--verbose")).isEqualTo(2);
    assertThat(err.toString(UTF_8)).contains("no option --verbose").contains("Usage:");
    assertThat(run("coverage", "--fail-on-unused")).isEqualTo(2);
    assertThat(run("usage", "--organisation")).isEqualTo(2);
  }

  @Test
  void aProgramBoundElsewhereWritesItsTokenForItsOwnerOnly() throws Exception {
    Path logins = folder.resolve("logins");
    try (Program program =
        Program.start("--port", "0", "--bind", "0.0.0.0", "--env-dir", logins.toString())) {
      String line = program.line();
      String token = Files.readString(logins.resolve("control-token")).strip();

      assertThat(line).startsWith("Dfns simulator ready at http://127.0.0.1:");
      assertThat(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(logins.resolve("control-token"))))
          .isEqualTo("rw-------");
      URI url = URI.create(line.substring(line.indexOf("http")));
      assertThat(SimulatorClient.at(url, token).organisations()).hasSize(1);
      assertThat(runAt(url, "usage")).isEqualTo(1);
      assertThat(program.info().commandLine().orElse("")).doesNotContain(token);
    }
  }
}
