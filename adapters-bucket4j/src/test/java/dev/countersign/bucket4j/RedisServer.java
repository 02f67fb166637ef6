package dev.countersign.bucket4j;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A Redis of the test's own, from Debian's package, on a free loopback port; nothing is saved. */
final class RedisServer implements AutoCloseable {

  private static final Path PROGRAM = Path.of("/usr/bin/redis-server");

  private final Process process;
  private final int port;

  private RedisServer(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Starts one; where Redis is not there, the test is skipped, but fails under CI=true. */
  static RedisServer start() throws IOException {
    boolean there = Files.isExecutable(PROGRAM);
    if (!there && "true".equals(System.getenv("CI"))) {
      throw new IllegalStateException("Redis is not here: install the package redis-server");
    }
    assumeTrue(there, "Redis is not here: install the package redis-server");
    for (int i = 0; i < 10; i++) {
      Optional<RedisServer> server = startAt(freePort());
      if (server.isPresent()) {
        return server.get();
      }
    }
    throw new IllegalStateException("Redis did not start");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** One that accepts connections; empty if it ended, as it does if somebody else got the port. */
  private static Optional<RedisServer> startAt(int port) throws IOException {
    Process process =
        new ProcessBuilder(
                List.of(
                    PROGRAM.toString(),
                    "--bind",
                    "127.0.0.1",
                    "--port",
                    "" + port,
                    "--save",
                    "",
                    "--appendonly",
                    "no"))
            .directory(Path.of("/").toFile())
            .redirectErrorStream(true)
            .start();
    BufferedReader said =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (String line = said.readLine(); line != null; line = said.readLine()) {
      if (line.contains("Ready to accept connections")) {
        return Optional.of(new RedisServer(process, port));
      }
    }
    process.destroyForcibly();
    return Optional.empty();
  }

  String uri() {
    return "redis://127.0.0.1:" + port;
  }

  /** It is there and does not answer. */
  void freeze() throws IOException, InterruptedException {
    signal("-STOP");
  }

  void thaw() throws IOException, InterruptedException {
    signal("-CONT");
  }

  private void signal(String signal) throws IOException, InterruptedException {
    new ProcessBuilder("kill", signal, "" + process.pid()).start().waitFor();
  }

  @Override
  public void close() {
    kill();
  }

  void kill() {
    process.destroyForcibly();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
