package dev.countersign.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Signs in a loop through SunPKCS11 and nothing of ours, as {@link HsmLoop} does through
 * signer-hsm: what is between the two is what the pool, the deadline and the healing cost.
 */
final class SunPkcs11Loop {

  private static final byte[] MESSAGE = "x".repeat(75).getBytes(StandardCharsets.US_ASCII);

  private SunPkcs11Loop() {}

  /** Takes a module, an algorithm, a number of signatures, and numbers of threads. */
  public static void main(String[] args) throws Exception {
    Path configuration = Files.createTempFile("sunpkcs11", ".cfg");
    Files.writeString(
        configuration, "name = bench\nlibrary = \"" + args[0] + "\"\nslotListIndex = 0\n");
    Provider provider = Security.getProvider("SunPKCS11").configure(configuration.toString());
    Files.delete(configuration);
    KeyStore keys = KeyStore.getInstance("PKCS11", provider);
    keys.load(null, System.getenv("PIN").toCharArray());
    PrivateKey key =
        (PrivateKey) keys.getKey(Collections.list(keys.aliases()).iterator().next(), null);
    int signatures = Integer.parseInt(args[2]);
    run(provider, args[1], key, 16, 3 * signatures);
    for (String threads : List.of(args).subList(3, args.length)) {
      long before = cpuNanos();
      int made = run(provider, args[1], key, Integer.parseInt(threads), signatures);
      System.out.printf(Locale.ROOT, "%s %.3f%n", threads, (cpuNanos() - before) / 1000.0 / made);
    }
  }

  private static long cpuNanos() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }

  private static int run(
      Provider provider, String algorithm, PrivateKey key, int threads, int signatures)
      throws Exception {
    int each = (signatures + threads - 1) / threads;
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      Callable<Integer> work = () -> sign(provider, algorithm, key, each);
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

  private static int sign(Provider provider, String algorithm, PrivateKey key, int times)
      throws GeneralSecurityException {
    Signature operation = Signature.getInstance(algorithm, provider);
    operation.initSign(key);
    int length = 0;
    for (int i = 0; i < times; i++) {
      operation.update(MESSAGE);
      length += operation.sign().length;
    }
    return length;
  }
}
