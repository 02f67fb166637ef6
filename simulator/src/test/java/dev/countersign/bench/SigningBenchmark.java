package dev.countersign.bench;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Signing the client data of one challenge with a PEM key of each kind, and for comparison with the
 * same key in the JDK's own provider. The JDK has no secp256k1.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class SigningBenchmark {

  /** As long as the client data of a real challenge. */
  private static final byte[] CLIENT_DATA =
      "{\"type\":\"key.get\",\"challenge\":\"Y2gtM2dqNGItNm1rcG4tOTU4cDJ2aGRvYnM2ZjgyaA\"}"
          .getBytes(StandardCharsets.UTF_8);

  private final BenchmarkKey ed25519 = BenchmarkKey.ed25519();
  private final BenchmarkKey p256 = BenchmarkKey.ec("secp256r1");
  private final BenchmarkKey secp256k1 = BenchmarkKey.ec("secp256k1");
  private final BenchmarkKey rsa2048 = BenchmarkKey.rsa(2048);

  /** Wipes the keys. */
  @TearDown
  public void close() {
    ed25519.close();
    p256.close();
    secp256k1.close();
    rsa2048.close();
  }

  @Benchmark
  public byte[] ed25519() {
    return ed25519.sign(CLIENT_DATA);
  }

  @Benchmark
  public byte[] ed25519Jdk() throws GeneralSecurityException {
    return ed25519.signWithJdk("Ed25519", "SunEC", CLIENT_DATA);
  }

  @Benchmark
  public byte[] p256() {
    return p256.sign(CLIENT_DATA);
  }

  @Benchmark
  public byte[] p256Jdk() throws GeneralSecurityException {
    return p256.signWithJdk("SHA256withECDSA", "SunEC", CLIENT_DATA);
  }

  @Benchmark
  public byte[] secp256k1() {
    return secp256k1.sign(CLIENT_DATA);
  }

  @Benchmark
  public byte[] rsa2048() {
    return rsa2048.sign(CLIENT_DATA);
  }

  @Benchmark
  public byte[] rsa2048Jdk() throws GeneralSecurityException {
    return rsa2048.signWithJdk("SHA256withRSA", "SunRsaSign", CLIENT_DATA);
  }
}
