package dev.countersign.bench;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/**
 * From the start of the process to the first answered request: the simulator as it is packaged,
 * beside a plain WireMock server with one static stub, both with the same JVM options and a class
 * archive of their own.
 */
final class SimulatorStart implements Section {

  private static final double EXPECTED = 1.3;
  private static final List<String> OPTIONS =
      List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto");

  @Override
  public String measure(boolean quick) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("countersign-start");
    Map<String, List<String>> programs = new LinkedHashMap<>();
    programs.put("WireMock, one static stub", staticStub(folder));
    programs.put("the simulator", simulator(folder));
    Map<String, List<Double>> took = new LinkedHashMap<>();
    for (int i = 0; i < (quick ? 5 : 15); i++) {
      for (Map.Entry<String, List<String>> program : programs.entrySet()) {
        double ms = firstAnswer(program.getValue());
        took.computeIfAbsent(program.getKey(), it -> new ArrayList<>()).add(ms);
      }
    }
    return table(took);
  }

  private static List<String> staticStub(Path folder) throws IOException, InterruptedException {
    Path jar = folder.resolve("static-stub.jar");
    String name = StaticStub.class.getName().replace('.', '/') + ".class";
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
        InputStream in = StaticStub.class.getClassLoader().getResourceAsStream(name)) {
      out.putNextEntry(new JarEntry(name));
      in.transferTo(out);
    }
    String classPath = jar + File.pathSeparator + Jvm.jars("(?!countersign).*");
    Path archive = folder.resolve("static-stub.jsa");
    List<String> program = List.of("-cp", classPath, StaticStub.class.getName(), "{}");
    try (Jvm rehearsal = Jvm.start(with("-XX:ArchiveClassesAtExit=" + archive, program))) {
      get(rehearsal.firstLine());
      rehearsal.end();
    }
    return with("-XX:SharedArchiveFile=" + archive, program);
  }

  private static List<String> simulator(Path folder) throws IOException, InterruptedException {
    String jar = Path.of(System.getProperty("countersign.simulator.jar")).toString();
    Path archive = folder.resolve("simulator.jsa");
    Jvm.run(
        with(
            "-XX:ArchiveClassesAtExit=" + archive,
            List.of("-cp", jar, "dev.countersign.simulator.cli.Rehearsal")));
    return with(
        "-XX:SharedArchiveFile=" + archive,
        List.of("-jar", jar, "--port", "0", "--env-dir", folder.resolve("env").toString()));
  }

  private static List<String> with(String option, List<String> program) {
    List<String> all = new ArrayList<>(OPTIONS);
    all.add(option);
    all.addAll(program);
    return all;
  }

  private static double firstAnswer(List<String> program) throws IOException {
    long before = System.nanoTime();
    try (Jvm jvm = Jvm.start(program)) {
      get(jvm.firstLine());
      return (System.nanoTime() - before) / 1e6;
    }
  }

  /** Any answer will do: the simulator refuses, as no token comes with the request. */
  private static void get(String readyLine) throws IOException {
    URI url = URI.create(readyLine.substring(readyLine.indexOf("http://")));
    HttpURLConnection connection =
        (HttpURLConnection) url.resolve("/wallets").toURL().openConnection();
    if (connection.getResponseCode() <= 0) {
      throw new IllegalStateException("No answer from " + url);
    }
  }

  private static String table(Map<String, List<Double>> took) {
    List<Double> medians = took.values().stream().map(Statistics::median).toList();
    StringBuilder table = new StringBuilder("start of the process to the first answer, median\n");
    int row = 0;
    for (String name : took.keySet()) {
      table.append(
          String.format(
              Locale.ROOT,
              "%-28s %8.0f ms %6.2f%n",
              name,
              medians.get(row),
              medians.get(row) / medians.get(0)));
      row++;
    }
    return table.append("expected at most ").append(EXPECTED).append('\n').toString();
  }
}
