package dev.countersign.canary;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Hears everything that is printed and logged, with all logs on, until it is closed. */
final class Listening implements AutoCloseable {

  private final Canaries canaries;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final PrintStream out = System.out;
  private final PrintStream err = System.err;
  private final Logger root = Logger.getLogger("");
  private final Handler listener;

  private Listening(Canaries canaries) {
    this.canaries = canaries;
    this.listener = new Listener(canaries);
  }

  static Listening to(Canaries canaries) {
    Listening listening = new Listening(canaries);
    PrintStream capture = new PrintStream(listening.printed, true, StandardCharsets.UTF_8);
    System.setOut(capture);
    System.setErr(capture);
    listening.root.addHandler(listening.listener);
    listening.root.setLevel(Level.ALL);
    return listening;
  }

  /** Nothing that was printed, logged or shown holds a secret. */
  void finish() {
    canaries.see(printed.toString(StandardCharsets.UTF_8));
    canaries.assertUnseen();
  }

  @Override
  public void close() {
    System.setOut(out);
    System.setErr(err);
    root.removeHandler(listener);
    root.setLevel(Level.INFO);
  }

  private static final class Listener extends Handler {
    private final Canaries canaries;

    Listener(Canaries canaries) {
      this.canaries = canaries;
    }

    @Override
    public void publish(LogRecord record) {
      canaries.see(record.getMessage());
      if (record.getThrown() != null) {
        canaries.see(record.getThrown());
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
