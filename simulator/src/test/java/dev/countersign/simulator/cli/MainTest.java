package dev.countersign.simulator.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {

  private static final String READY = "Dfns simulator ready at http://127.0.0.1:";

  @TempDir private Path directory;

  private final HttpClient client = HttpClient.newHttpClient();

  @Test
  void bothIdentitiesCanBeUsedAsSoonAsTheFirstLineIsThere() throws Exception {
    try (Program program = Program.start("--port", "0", "--env-dir", directory.toString())) {
      URI url = readyAt(program.line());

      for (String name : List.of("service-account", "admin")) {
        Map<String, String> env = env(directory.resolve(name + ".env"));
        assertThat(env)
            .containsOnlyKeys(
                "DFNS_API_URL",
                "DFNS_AUTH_TOKEN",
                "DFNS_CRED_ID",
                "DFNS_PRIVATE_KEY_FILE",
                "DFNS_USER_ID",
                "DFNS_ORG_ID")
            .containsEntry("DFNS_API_URL", url.toString())
            .containsEntry("DFNS_PRIVATE_KEY_FILE", directory.resolve(name + ".pem").toString());
        assertThat(new SignIn().with(env).status()).isEqualTo(200);
      }
      assertThat(wallets(url, "nonsense").statusCode()).isEqualTo(401);
    }
  }

  @Test
  void aSignalEndsItAndLeavesTheFilesOfANamedDirectory() throws Exception {
    try (Program program = Program.start("--port", "0", "--env-dir", directory.toString())) {
      URI url = readyAt(program.line());

      program.terminate();

      assertThat(program.status()).isEqualTo(128 + 15);
      assertThat(program.output()).isEmpty();
      assertThat(program.errors()).isEmpty();
      assertThat(directory.resolve("admin.env")).exists();
      assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> wallets(url, "t"));
    }
  }

  @Test
  void withoutADirectoryItNamesAFreshOneAndRemovesItAtTheEnd() throws Exception {
    try (Program program = Program.start("--port", "0")) {
      readyAt(program.line());
      String line = program.line();
      assertThat(line).startsWith("Its credentials are in ");
      Path fresh = Path.of(line.substring("Its credentials are in ".length()));
      assertThat(fresh.resolve("admin.env")).exists();

      program.terminate();
      program.status();

      assertThat(fresh).doesNotExist();
    }
  }

  @Test
  void itShowsNoSecret() throws Exception {
    try (Program program = Program.start("--port", "0", "--env-dir", directory.toString())) {
      URI url = readyAt(program.line());
      String token = env(directory.resolve("admin.env")).get("DFNS_AUTH_TOKEN");
      String key = Files.readAllLines(directory.resolve("admin.pem")).get(1);
      wallets(url, token);
      wallets(url, "nonsense");

      assertThat(program.info().arguments().map(List::of).orElseThrow())
          .noneMatch(argument -> argument.contains(token) || argument.contains(key));
      program.terminate();
      program.status();
      assertThat(program.output()).isEmpty();
      assertThat(program.errors()).isEmpty();
    }
  }

  @Test
  void itListensWhereItIsTold() throws Exception {
    String port = freePort();
    String line = firstLine(port);
    for (int i = 0; i < 5 && line == null; i++) {
      // somebody else was there first
      port = freePort();
      line = firstLine(port);
    }
    assertThat(line).isEqualTo(READY + port);
  }

  private static String freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      return Integer.toString(free.getLocalPort());
    }
  }

  private @Nullable String firstLine(String port) throws Exception {
    try (Program program = Program.start("--port", port, "--env-dir", directory.toString())) {
      return program.line();
    }
  }

  @Test
  void aTakenPortIsOneSentence() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        Program program =
            Program.start(
                "--port",
                Integer.toString(taken.getLocalPort()),
                "--env-dir",
                directory.toString())) {
      assertThat(program.status()).isEqualTo(1);
      assertThat(program.output()).isEmpty();
      assertThat(program.errors()).contains("port " + taken.getLocalPort()).hasLineCount(1);
      assertThat(directory).isEmptyDirectory();
    }
  }

  @Test
  void aDirectoryThatCannotBeWrittenIsOneSentence() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "");
    try (Program program = Program.start("--port", "0", "--env-dir", file.toString())) {
      assertThat(program.status()).isEqualTo(1);
      assertThat(program.output()).isEmpty();
      assertThat(program.errors()).contains(file.toString()).hasLineCount(1);
    }
  }

  @Test
  void somebodyElsesKeyIsOneSentence() throws Exception {
    Files.writeString(directory.resolve("admin.pem"), "precious");
    try (Program program = Program.start("--port", "0", "--env-dir", directory.toString())) {
      assertThat(program.status()).isEqualTo(1);
      assertThat(program.output()).isEmpty();
      assertThat(program.errors()).contains(directory.toString()).hasLineCount(1);
      assertThat(directory.resolve("admin.pem")).hasContent("precious");
      assertThat(directory).isDirectoryNotContaining("glob:**service-account*");
    }
  }

  @Test
  void aCommandLineItDoesNotUnderstandIsAnsweredWithTheUsage() throws Exception {
    try (Program program = Program.start("--prot", "1")) {
      assertThat(program.status()).isEqualTo(2);
      assertThat(program.output()).isEmpty();
      assertThat(program.errors()).isEqualTo("There is no option --prot.\n" + Options.USAGE);
    }
  }

  @Test
  void helpIsTheUsage() throws Exception {
    try (Program program = Program.start("--help")) {
      assertThat(program.status()).isZero();
      assertThat(program.output()).isEqualTo(Options.USAGE);
      assertThat(program.errors()).isEmpty();
    }
  }

  private HttpResponse<String> wallets(URI url, String token)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(url.resolve("/wallets"))
            .header("Authorization", "Bearer " + token)
            .build();
    return client.send(request, BodyHandlers.ofString());
  }

  private static URI readyAt(String line) {
    assertThat(line).matches("Dfns simulator ready at http://127\\.0\\.0\\.1:[0-9]+");
    return URI.create(line.substring(line.indexOf("http")));
  }

  static Map<String, String> env(Path file) throws IOException {
    Map<String, String> variables = new LinkedHashMap<>();
    for (String line : Files.readAllLines(file)) {
      if (!line.startsWith("#")) {
        int equals = line.indexOf('=');
        variables.put(line.substring(0, equals), line.substring(equals + 1));
      }
    }
    return variables;
  }
}
