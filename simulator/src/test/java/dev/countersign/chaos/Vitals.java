package dev.countersign.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What this process holds at one moment, in KiB.
 *
 * @param minute when, in minutes since the start
 * @param heap what is reachable, after garbage collections
 * @param resident what the operating system counts; 0 where it has no {@code /proc}
 * @param threads how many there are
 */
record Vitals(double minute, double heap, double resident, int threads) {

  private static final Path STATUS = Path.of("/proc/self/status");

  /** What it holds now. */
  static Vitals now(double minute) {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return new Vitals(
        minute,
        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1024.0,
        readResident(),
        ManagementFactory.getThreadMXBean().getThreadCount());
  }

  private static double readResident() {
    if (!Files.isReadable(STATUS)) {
      return 0;
    }
    try {
      return Files.readAllLines(STATUS).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D+", "")))
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
