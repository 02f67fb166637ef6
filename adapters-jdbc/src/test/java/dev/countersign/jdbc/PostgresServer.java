package dev.countersign.jdbc;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A PostgreSQL of the test's own, from Debian's package: a fresh folder, a free loopback port. It
 * refuses to run as root, and then runs as nobody.
 */
final class PostgresServer implements AutoCloseable {

  private static final Path DEBIAN = Path.of("/usr/lib/postgresql");

  private final Path bin;
  private final Path folder;
  private int port;

  private PostgresServer(Path bin, Path folder) {
    this.bin = bin;
    this.folder = folder;
  }

  /** Starts one; where PostgreSQL is not there, the test is skipped, but fails under CI=true. */
  static PostgresServer start() throws IOException {
    Optional<Path> bin = binaries();
    if (bin.isEmpty() && "true".equals(System.getenv("CI"))) {
      throw new IllegalStateException("PostgreSQL is not here: install the package postgresql");
    }
    assumeTrue(bin.isPresent(), "PostgreSQL is not here: install the package postgresql");
    Path folder = Files.createTempDirectory("countersign-postgres");
    PostgresServer server = new PostgresServer(bin.get(), folder);
    if (isRoot()) {
      run(List.of("chown", "nobody", folder.toString()));
    }
    Path data = folder.resolve("data");
    server.pg("initdb", "-D", data.toString(), "-U", "test", "-A", "trust", "--no-sync");
    server.listen();
    return server;
  }

  /** Listens at a free port, and at another if somebody else gets it first. */
  private void listen() throws IOException {
    Path log = folder.resolve("log");
    for (int attempt = 1; ; attempt++) {
      port = freePort();
      try {
        pg(
            "pg_ctl",
            "-D",
            folder.resolve("data").toString(),
            "-l",
            log.toString(),
            "-w",
            "-o",
            "-h 127.0.0.1 -p " + port + " -k " + folder,
            "start");
        return;
      } catch (IllegalStateException e) {
        if (attempt == 10 || !Files.readString(log).contains("could not bind")) {
          throw e;
        }
        Files.delete(log);
      }
    }
  }

  DataSource source() {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setServerNames(new String[] {"127.0.0.1"});
    source.setPortNumbers(new int[] {port});
    source.setDatabaseName("postgres");
    source.setUser("test");
    return source;
  }

  void stop() throws IOException {
    pg("pg_ctl", "-D", folder.resolve("data").toString(), "-m", "immediate", "-w", "stop");
  }

  @Override
  public void close() throws IOException {
    try {
      if (Files.exists(folder.resolve("data/postmaster.pid"))) {
        stop();
      }
    } finally {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private void pg(String program, String... arguments) throws IOException {
    List<String> command =
        Stream.concat(
                isRoot() ? Stream.of("setpriv", "--reuid=nobody", "--clear-groups") : Stream.of(),
                Stream.concat(Stream.of(bin.resolve(program).toString()), Stream.of(arguments)))
            .toList();
    run(command);
  }

  private static void run(List<String> command) throws IOException {
    Path output = Files.createTempFile("countersign-postgres", ".txt");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(Path.of("/").toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile());
      builder.environment().put("LC_ALL", "C.UTF-8");
      Process process = builder.start();
      if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new IllegalStateException(command + " failed: " + Files.readString(output));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted during " + command, e);
    } finally {
      Files.delete(output);
    }
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  /** Debian keeps them off the path, by version; the newest counts. */
  private static Optional<Path> binaries() throws IOException {
    if (!Files.isDirectory(DEBIAN)) {
      return Optional.empty();
    }
    try (Stream<Path> versions = Files.list(DEBIAN)) {
      return versions
          .map(version -> version.resolve("bin"))
          .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
          .max(Comparator.comparing(Path::toString));
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
