package dev.countersign.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Security;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Signs in a loop through SunPKCS11 and nothing of ours, as {@link HsmLoop} does through
 * signer-hsm: each thread by itself, or all through the one thread of an executor of the JDK's,
 * which is the least that a deadline can cost as long as a call in C cannot be ended.
 */
final class SunPkcs11Loop {

  private static final byte[] MESSAGE = "x".repeat(75).getBytes(StandardCharsets.US_ASCII);

  private final Provider provider;
  private final String algorithm;
  private final PrivateKey key;
  private final boolean over;
  private final ExecutorService one = Executors.newSingleThreadExecutor();

  private SunPkcs11Loop(Provider provider, String algorithm, PrivateKey key, boolean over) {
    this.provider = provider;
    this.algorithm = algorithm;
    this.key = key;
    this.over = over;
  }

  /**
   * Takes {@code alone} or {@code over}, a module, an algorithm, a number of signatures, and
   * numbers of threads.
   */
  public static void main(String[] args) throws Exception {
    Path configuration = Files.createTempFile("sunpkcs11", ".cfg");
    Files.writeString(
        configuration, "name = bench\nlibrary = \"" + args[1] + "\"\nslotListIndex = 0\n");
    Provider provider = Security.getProvider("SunPKCS11").configure(configuration.toString());
    Files.delete(configuration);
    KeyStore keys = KeyStore.getInstance("PKCS11", provider);
    keys.load(null, System.getenv("PIN").toCharArray());
    PrivateKey key =
        (PrivateKey) keys.getKey(Collections.list(keys.aliases()).iterator().next(), null);
    SunPkcs11Loop loop = new SunPkcs11Loop(provider, args[2], key, args[0].equals("over"));
    int signatures = Integer.parseInt(args[3]);
    loop.run(16, HsmLoop.WARM_UP);
    loop.run(1, signatures);
    for (String threads : List.of(args).subList(4, args.length)) {
      long before = cpuNanos();
      int made = loop.run(Integer.parseInt(threads), signatures);
      System.out.printf(Locale.ROOT, "%s %.3f%n", threads, (cpuNanos() - before) / 1000.0 / made);
    }
    loop.one.shutdown();
  }

  private static long cpuNanos() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }

  /** How many signatures were made. */
  private int run(int threads, int signatures) throws InterruptedException, ExecutionException {
    int each = (signatures + threads - 1) / threads;
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<Integer>> running = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        running.add(pool.submit(() -> sign(each)));
      }
      for (Future<Integer> one : running) {
        one.get();
      }
    } finally {
      pool.shutdown();
    }
    return each * threads;
  }

  private int sign(int times) throws Exception {
    Signature operation = Signature.getInstance(algorithm, provider);
    operation.initSign(key);
    Callable<byte[]> signature =
        () -> {
          operation.update(MESSAGE);
          return operation.sign();
        };
    int length = 0;
    for (int i = 0; i < times; i++) {
      length += (over ? one.submit(signature).get(1, TimeUnit.MINUTES) : signature.call()).length;
    }
    return length;
  }
}
