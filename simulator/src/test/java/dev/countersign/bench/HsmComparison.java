package dev.countersign.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a signature costs through signer-hsm, beside a plain loop in C over the same token and two
 * in Java over SunPKCS11: alone, and over to another thread and back, which is the floor of
 * whatever has a deadline. The programs take turns, and the median counts. Needs softhsm2, opensc
 * and gcc.
 */
final class HsmComparison {

  private static final double EXPECTED = 1.4;
  private static final List<String> THREADS = List.of("1", "4", "16", "64");
  private static final String LOSS = "loss";

  private final Path root;
  private final Path folder;
  private final boolean quick;

  private HsmComparison(Path root, Path folder, boolean quick) {
    this.root = root;
    this.folder = folder;
    this.quick = quick;
  }

  /**
   * The kinds of keys, as {@code bin/softhsm} knows them, and how many signatures take about a
   * second or two.
   */
  private enum Kind {
    RSA2048("rsa", "SHA256withRSA", 1500),
    P256("ec", "SHA256withECDSA", 30000),
    SECP256K1("ec", "SHA256withECDSA", 2500);

    private final String mechanism;
    private final String algorithm;
    private final int signatures;

    Kind(String mechanism, String algorithm, int signatures) {
      this.mechanism = mechanism;
      this.algorithm = algorithm;
      this.signatures = signatures;
    }

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Measures and tells of it in a table.
   *
   * @param root the folder of the project
   */
  static String table(Path root, boolean quick) throws IOException {
    Path folder = Files.createTempDirectory("countersign-hsm-bench");
    try {
      return new HsmComparison(root, folder, quick).table();
    } finally {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private String table() throws IOException {
    Path loop = folder.resolve("sign-loop");
    run(
        Map.of(),
        List.of(
            "gcc",
            "-O2",
            "-o",
            loop.toString(),
            root.resolve("simulator/src/test/c/sign-loop.c").toString(),
            "-ldl",
            "-lpthread"));
    StringBuilder table =
        new StringBuilder(
            line(
                "CPU per signature",
                "threads",
                "C µs",
                "Sun µs",
                "over µs",
                "HSM µs",
                "ratio",
                ""));
    StringBuilder losses = new StringBuilder();
    for (Kind kind : Kind.values()) {
      Map<String, List<Double>> plain = new LinkedHashMap<>();
      Map<String, List<Double>> sun = new LinkedHashMap<>();
      Map<String, List<Double>> over = new LinkedHashMap<>();
      Map<String, List<Double>> ours = new LinkedHashMap<>();
      measure(kind, loop, plain, sun, over, ours);
      for (String threads : THREADS) {
        table.append(
            line(
                kind.label(),
                threads,
                Statistics.median(plain.get(threads)),
                Statistics.median(sun.get(threads)),
                Statistics.median(over.get(threads)),
                Statistics.median(ours.get(threads))));
      }
      losses.append(
          String.format(
              Locale.ROOT,
              "%-18s %.1f ms from the loss of all sessions to the next signature%n",
              kind.label(),
              Statistics.median(ours.get(LOSS))));
    }
    return table.append('\n').append(losses).toString();
  }

  private void measure(
      Kind kind,
      Path loop,
      Map<String, List<Double>> plain,
      Map<String, List<Double>> sun,
      Map<String, List<Double>> over,
      Map<String, List<Double>> ours)
      throws IOException {
    Path token = folder.resolve(kind.label());
    String made =
        run(
            Map.of(),
            List.of(
                root.resolve("bin/softhsm").toString(), "--key", kind.label(), token.toString()));
    String uri = made.substring(made.indexOf("pkcs11:"), made.lastIndexOf('\''));
    String module = uri.substring(uri.indexOf("module-path=") + 12, uri.indexOf('&'));
    Map<String, String> environment =
        Map.of(
            "SOFTHSM2_CONF",
            token.resolve("softhsm2.conf").toString(),
            "PIN",
            Files.readString(token.resolve("pin")).strip());
    List<String> c = new ArrayList<>(List.of(loop.toString(), module, "dfns", kind.mechanism));
    List<String> alone = java(SunPkcs11Loop.class, "alone", module, kind.algorithm);
    List<String> handed = java(SunPkcs11Loop.class, "over", module, kind.algorithm);
    List<String> java =
        java(HsmLoop.class, uri + "&pool-size=64&sign-timeout=60s&acquire-timeout=60s");
    for (List<String> command : List.of(c, alone, handed, java)) {
      command.add(Integer.toString(quick ? kind.signatures / 2 : kind.signatures));
      command.addAll(THREADS);
    }
    for (int i = 0; i < (quick ? 1 : 3); i++) {
      add(run(environment, c), plain);
      add(run(environment, alone), sun);
      add(run(environment, handed), over);
      add(run(environment, java), ours);
    }
  }

  private static List<String> java(Class<?> program, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                program.getName()));
    command.addAll(List.of(arguments));
    return command;
  }

  private static void add(String output, Map<String, List<Double>> measured) {
    output
        .lines()
        .map(line -> line.split(" "))
        .forEach(
            words ->
                measured
                    .computeIfAbsent(words[0], key -> new ArrayList<>())
                    .add(Double.parseDouble(words[1])));
  }

  private static String run(Map<String, String> environment, List<String> command)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      String output = new String(process.getInputStream().readAllBytes());
      if (process.waitFor() != 0) {
        throw new IllegalStateException(
            Path.of(command.get(0)).getFileName() + " failed: " + Arrays.asList(output));
      }
      return output;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while a program ran", e);
    } finally {
      process.destroy();
    }
  }

  private static String line(
      String kind, String threads, double plain, double sun, double over, double ours) {
    double ratio = ours / plain;
    return line(
        kind,
        threads,
        String.format(Locale.ROOT, "%.0f", plain),
        String.format(Locale.ROOT, "%.0f", sun),
        String.format(Locale.ROOT, "%.0f", over),
        String.format(Locale.ROOT, "%.0f", ours),
        String.format(Locale.ROOT, "%.2f", ratio),
        String.format(
            Locale.ROOT,
            "expected ≤ %.1f%s",
            EXPECTED,
            ratio > EXPECTED ? ": more than expected" : ""));
  }

  private static String line(
      String kind,
      String threads,
      String plain,
      String sun,
      String over,
      String ours,
      String ratio,
      String verdict) {
    return "%-18s %8s %8s %8s %8s %8s %6s  %s"
            .formatted(kind, threads, plain, sun, over, ours, ratio, verdict)
            .stripTrailing()
        + "\n";
  }
}
