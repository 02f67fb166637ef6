package dev.countersign.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.countersign.hsm.HsmSigner;
import dev.countersign.hsm.HsmSignerProvider;
import dev.countersign.signing.SignerUri;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Signs in a loop through signer-hsm, as {@code sign-loop.c} does without it: prints for each
 * number of threads the CPU microseconds that one signature costs the whole process, then the
 * milliseconds from the loss of all sessions to the next signature.
 */
final class HsmLoop {

  private static final byte[] MESSAGE = "x".repeat(75).getBytes(StandardCharsets.US_ASCII);
  private static final int LOSSES = 20;

  /** Signatures before anything is measured, for the JVM's compilers to be done. */
  static final int WARM_UP = 10_000;

  private HsmLoop() {}

  /** Takes a {@code pkcs11:} URI, a number of signatures, and numbers of threads. */
  public static void main(String[] args) throws InterruptedException, ExecutionException {
    SignerUri uri = SignerUri.parse(args[0]);
    int signatures = Integer.parseInt(args[1]);
    try (HsmSigner signer = new HsmSignerProvider().open(uri)) {
      run(signer, 16, WARM_UP);
      run(signer, 1, signatures);
      for (String threads : List.of(args).subList(2, args.length)) {
        int count = Integer.parseInt(threads);
        long before = cpuNanos();
        int made = run(signer, count, signatures);
        System.out.printf(Locale.ROOT, "%s %.3f%n", threads, (cpuNanos() - before) / 1000.0 / made);
      }
      SessionLoss loss = SessionLoss.of(uri.attributes().get("module-path"));
      List<Double> milliseconds = new ArrayList<>();
      for (int i = 0; i < LOSSES; i++) {
        signer.sign(MESSAGE);
        loss.happen();
        long before = System.nanoTime();
        signer.sign(MESSAGE);
        milliseconds.add((System.nanoTime() - before) / 1e6);
      }
      System.out.printf(Locale.ROOT, "loss %.3f%n", Statistics.median(milliseconds));
    }
  }

  private static long cpuNanos() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }

  /** How many signatures were made. */
  private static int run(HsmSigner signer, int threads, int signatures)
      throws InterruptedException, ExecutionException {
    int each = (signatures + threads - 1) / threads;
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      Callable<Integer> work =
          () -> {
            int length = 0;
            for (int i = 0; i < each; i++) {
              length += signer.sign(MESSAGE).length;
            }
            return length;
          };
      List<Future<Integer>> running = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        running.add(pool.submit(work));
      }
      for (Future<Integer> one : running) {
        one.get();
      }
    } finally {
      pool.shutdown();
    }
    return each * threads;
  }
}
