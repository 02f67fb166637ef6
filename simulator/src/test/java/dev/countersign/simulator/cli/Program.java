package dev.countersign.simulator.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** The simulator's program in a JVM of its own. */
final class Program implements AutoCloseable {

  private static final long PATIENCE_IN_SECONDS = 60;

  private final Process process;
  private final BufferedReader output;
  private final Future<String> errors;

  private Program(Process process) {
    this.process = process;
    this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    this.errors = onAThread(() -> text(process.getErrorStream()));
  }

  static Program start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-XX:+UseSerialGC");
    command.add(Main.class.getName());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    return new Program(builder.start());
  }

  /** The next line on standard output; waits for it. */
  String line() throws Exception {
    return onAThread(output::readLine).get(PATIENCE_IN_SECONDS, TimeUnit.SECONDS);
  }

  ProcessHandle.Info info() {
    return process.info();
  }

  /** Asks it to end, with the signal TERM. */
  void terminate() {
    process.toHandle().destroy(); // Process.destroy would close its streams too
  }

  /** Ends it at once, without asking: the signal KILL. */
  void kill() throws InterruptedException {
    process.toHandle().destroyForcibly();
    process.waitFor();
  }

  /** Its status, when it has ended by itself or as asked. */
  int status() throws InterruptedException {
    if (!process.waitFor(PATIENCE_IN_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("The program runs on");
    }
    return process.exitValue();
  }

  /** What is left on standard output, once it has ended. */
  String output() throws IOException {
    StringBuilder rest = new StringBuilder();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      rest.append(line).append('\n');
    }
    return rest.toString();
  }

  /** All of standard error, once it has ended. */
  String errors() throws Exception {
    return errors.get(PATIENCE_IN_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  private static String text(InputStream stream) throws IOException {
    return new String(stream.readAllBytes(), UTF_8);
  }

  /** Each waiting has a thread of its own: the common pool may have but one for all. */
  private static <T> Future<T> onAThread(Callable<T> waiting) {
    FutureTask<T> task = new FutureTask<>(waiting);
    Thread thread = new Thread(task, "program");
    thread.setDaemon(true);
    thread.start();
    return task;
  }
}
