package dev.countersign.hsm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import com.sun.jna.NativeLibrary;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * SoftHSM with throw-away tokens, one for the whole JVM because SoftHSM reads its configuration
 * once per process. Tests are skipped where it is not installed; under CI they fail.
 */
public final class SoftHsm {

  /** Where distributions and Homebrew put it. */
  private static final List<String> PLACES =
      List.of(
          "/usr/lib/softhsm/libsofthsm2.so",
          "/usr/lib64/pkcs11/libsofthsm2.so",
          "/usr/lib64/softhsm/libsofthsm2.so",
          "/opt/homebrew/lib/softhsm/libsofthsm2.so");

  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final SoftHsm INSTANCE = new SoftHsm();

  private final Path folder;

  private SoftHsm() {
    try {
      folder = Files.createTempDirectory("countersign-softhsm");
      Files.createDirectory(tokens());
      Files.writeString(
          config(),
          "directories.tokendir = "
              + tokens()
              + "\nobjectstore.backend = file\nlog.level = ERROR\nslots.removable = false\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    // SoftHSM asks C's environment, which Java cannot change
    NativeLibrary.getInstance("c")
        .getFunction("setenv")
        .invokeInt(new Object[] {"SOFTHSM2_CONF", config().toString(), 1});
    Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
  }

  /** SoftHSM, if all that tests need is installed. */
  public static SoftHsm require() {
    List<String> missing = new ArrayList<>();
    if (module() == null) {
      missing.add("SoftHSM (package softhsm2)");
    }
    for (String program : List.of("softhsm2-util", "pkcs11-tool", "openssl", "gcc")) {
      if (!isInstalled(program)) {
        missing.add(program);
      }
    }
    if (!missing.isEmpty()) {
      assertThat(System.getenv("CI"))
          .as("Not installed, under CI: " + missing)
          .isNotEqualTo("true");
      abort("Not installed, so nothing is signed with an HSM: " + missing);
    }
    return INSTANCE;
  }

  private static boolean isInstalled(String program) {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
  }

  /** Its PKCS#11 module. */
  public static Path module() {
    return PLACES.stream().map(Path::of).filter(Files::isRegularFile).findFirst().orElse(null);
  }

  Path config() {
    return folder.resolve("softhsm2.conf");
  }

  Path tokens() {
    return folder.resolve("tokens");
  }

  /** A new folder for a test's files. */
  Path newFolder() {
    try {
      return Files.createDirectory(folder.resolve("test-" + NUMBER.incrementAndGet()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A copy of the module, which is a module of its own. */
  Path copyOfModule() {
    try {
      return Files.copy(module(), newFolder().resolve("libsofthsm2.so"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A new token with a label that no other has, and a PIN. */
  public TestToken token(String name) {
    return token(name, "canary-" + NUMBER.incrementAndGet() + "-pin");
  }

  TestToken token(String name, String pin) {
    return labelled(name + "-" + NUMBER.incrementAndGet(), pin);
  }

  TestToken labelled(String label, String pin) {
    List<Path> before = tokenFolders();
    run(
        "softhsm2-util",
        "--init-token",
        "--free",
        "--label",
        label,
        "--so-pin",
        "12345678",
        "--pin",
        pin);
    List<Path> after = new ArrayList<>(tokenFolders());
    after.removeAll(before);
    return new TestToken(this, label, pin, after.get(0), ownerOnly("pin", pin + "\n"));
  }

  private List<Path> tokenFolders() {
    try (Stream<Path> all = Files.list(tokens())) {
      return all.toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file that only its owner can read. */
  Path ownerOnly(String name, String text) {
    try {
      Path file = newFolder().resolve(name);
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs a program over this SoftHSM and gives what it printed. */
  String run(String... command) {
    try {
      ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.environment().put("SOFTHSM2_CONF", config().toString());
      Process process = builder.start();
      process.getOutputStream().close();
      String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).as(command[0] + ": " + printed).isZero();
      return printed;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  static String hex(String text) {
    return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
  }

  private static void delete(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      all.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
    } catch (IOException | UncheckedIOException e) {
      // temporary anyway
    }
  }
}
