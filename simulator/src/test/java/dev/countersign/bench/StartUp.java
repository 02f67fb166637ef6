package dev.countersign.bench;

import dev.countersign.pem.PemKeys;
import dev.countersign.signing.SignatureAlgorithm;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How long a fresh JVM takes to the first prepared call, beside one that only makes an HTTP client
 * and a mapper: from the start of the process to its first line. The programs take turns, and the
 * median counts.
 */
final class StartUp {

  private static final String BASELINE = "HttpClient, ObjectMapper";

  private final Map<String, List<String>> programs = new LinkedHashMap<>();
  private final Map<String, List<Double>> milliseconds = new LinkedHashMap<>();

  private StartUp(Path key) {
    programs.put(BASELINE, List.of(StartedBaseline.class.getName()));
    programs.put("a call without a signer", List.of(StartedClient.class.getName()));
    programs.put("a call with a signer", List.of(StartedClient.class.getName(), key.toString()));
    programs.keySet().forEach(name -> milliseconds.put(name, new ArrayList<>()));
  }

  /** Starts each program so many times, and once more before that, and tells of it in a table. */
  static String table(int times) throws IOException {
    Path folder = Files.createTempDirectory("countersign-bench");
    Path key = folder.resolve("key.pem");
    try {
      PemKeys.generate(SignatureAlgorithm.ED25519, key).close();
      StartUp startUp = new StartUp(key);
      for (Map.Entry<String, List<String>> program : startUp.programs.entrySet()) {
        start(program.getValue());
      }
      for (int i = 0; i < times; i++) {
        for (Map.Entry<String, List<String>> program : startUp.programs.entrySet()) {
          startUp.milliseconds.get(program.getKey()).add(start(program.getValue()));
        }
      }
      return startUp.table();
    } finally {
      Files.deleteIfExists(key);
      Files.deleteIfExists(folder);
    }
  }

  private static double start(List<String> program) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", classPath()));
    command.addAll(program);
    long before = System.nanoTime();
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try {
      int first = process.getInputStream().read();
      double took = (System.nanoTime() - before) / 1e6;
      process.getInputStream().readAllBytes();
      if (first < 0 || process.waitFor() != 0) {
        throw new IllegalStateException(program.get(0) + " did not start");
      }
      return took;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while a program starts", e);
    } finally {
      process.destroy();
    }
  }

  /** What an application has: the library and what it needs, and the programs themselves. */
  private static String classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(StartUp::isOfAnApplication)
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static boolean isOfAnApplication(String entry) {
    String name = Path.of(entry).getFileName().toString();
    return name.equals("test-classes")
        || name.matches("(countersign-(core|adapters|signer)|jackson-|bc[a-z]+-|jspecify-).*")
            && !name.endsWith("-tests.jar");
  }

  private String table() {
    double baseline = Statistics.median(milliseconds.get(BASELINE));
    StringBuilder table = new StringBuilder(line("start to …", "ms", "ratio"));
    milliseconds.forEach(
        (name, took) -> {
          double median = Statistics.median(took);
          table.append(line(name, number(1, median), number(2, median / baseline)));
        });
    return table.toString();
  }

  private static String line(String name, String milliseconds, String ratio) {
    return "%-26s %8s %6s%n".formatted(name, milliseconds, ratio);
  }

  private static String number(int digits, double value) {
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }
}
