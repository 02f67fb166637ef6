package dev.countersign.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.error.SigningException;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Signer} does, whatever holds its key. For those who write one: extend it per
 * key kind, and verify with something else than what signs.
 */
public abstract class SignerContract {

  private static final byte[] MESSAGE =
      "{\"type\":\"key.get\",\"challenge\":\"Y2gtMQ\"}".getBytes(StandardCharsets.UTF_8);
  private static final int THREADS = 8;
  private static final int SIGNATURES_PER_THREAD = 50;

  private Signer signer;

  /** Opens the key, always the same one; the suite closes what it opened. */
  protected abstract Signer open() throws Exception;

  /** Which algorithm the key is of. */
  protected abstract SignatureAlgorithm algorithm();

  /** Whether a signature is by a key, asked of an implementation that is not under test. */
  protected abstract boolean verifies(PublicKey key, byte[] message, byte[] signature)
      throws Exception;

  /** Encodings of what must not print, such as the private key; none if nobody can read it. */
  protected List<byte[]> secrets() {
    return List.of();
  }

  @BeforeEach
  final void openSigner() throws Exception {
    signer = open();
  }

  @AfterEach
  final void closeSigner() {
    signer.close();
  }

  @Test
  void theAlgorithmIsThatOfTheKey() {
    assertThat(signer.algorithm()).isEqualTo(algorithm());
  }

  @Test
  void aSignatureVerifies() throws Exception {
    assertThat(verifies(signer.publicKey(), MESSAGE, signer.sign(MESSAGE))).isTrue();
  }

  @Test
  void aSignatureOfAnEmptyMessageVerifies() throws Exception {
    byte[] nothing = new byte[0];
    assertThat(verifies(signer.publicKey(), nothing, signer.sign(nothing))).isTrue();
  }

  @Test
  void aSignatureOfALargeMessageVerifies() throws Exception {
    byte[] large = new byte[1 << 20];
    Arrays.fill(large, (byte) 'x');
    assertThat(verifies(signer.publicKey(), large, signer.sign(large))).isTrue();
  }

  @Test
  void aSignatureOfAnotherMessageDoesNotVerify() throws Exception {
    byte[] other = MESSAGE.clone();
    other[other.length - 3] ^= 1;
    assertThat(verifies(signer.publicKey(), other, signer.sign(MESSAGE))).isFalse();
  }

  @Test
  void aSignatureHasTheFormatOfItsAlgorithm() {
    byte[] signature = signer.sign(MESSAGE);
    switch (signer.algorithm()) {
      case ED25519 -> assertThat(signature).hasSize(64);
      case ECDSA_P256_SHA256, ECDSA_SECP256K1_SHA256 -> {
        assertThat(signature).startsWith(0x30, signature.length - 2);
        assertThat(signature).hasSizeBetween(8, 72);
      }
      case RSA_PKCS1_SHA256 -> assertThat(signature).hasSizeGreaterThanOrEqualTo(256);
    }
  }

  @Test
  void theMessageIsNotChanged() {
    byte[] message = MESSAGE.clone();
    signer.sign(message);
    assertThat(message).isEqualTo(MESSAGE);
  }

  @Test
  void theMessageIsNotKept() throws Exception {
    byte[] message = MESSAGE.clone();
    byte[] signature = signer.sign(message);
    Arrays.fill(message, (byte) 0);
    assertThat(verifies(signer.publicKey(), MESSAGE, signature)).isTrue();
    assertThat(verifies(signer.publicKey(), MESSAGE, signer.sign(MESSAGE))).isTrue();
  }

  @Test
  void everySignatureIsAnArrayOfItsOwn() throws Exception {
    byte[] first = signer.sign(MESSAGE);
    Arrays.fill(first, (byte) 0);
    assertThat(verifies(signer.publicKey(), MESSAGE, signer.sign(MESSAGE))).isTrue();
  }

  @Test
  void aMissingMessageIsTheCallersFault() {
    assertThatThrownBy(() -> signer.sign(null)).isInstanceOf(NullPointerException.class);
  }

  @Test
  void manyThreadsSignAtOnce() throws Exception {
    CountDownLatch start = new CountDownLatch(1);
    List<Boolean> verified =
        inThreads(
            thread -> {
              start.await();
              boolean all = true;
              for (int i = 0; i < SIGNATURES_PER_THREAD; i++) {
                byte[] message = (thread + "/" + i).getBytes(StandardCharsets.UTF_8);
                all &= verifies(signer.publicKey(), message, signer.sign(message));
              }
              return all;
            },
            start::countDown);
    assertThat(verified).hasSize(THREADS).containsOnly(true);
  }

  @Test
  void closingDuringUseSpoilsNoSignature() throws Exception {
    CountDownLatch warm = new CountDownLatch(THREADS);
    AtomicBoolean closed = new AtomicBoolean();
    List<Boolean> verified =
        inThreads(
            thread -> {
              boolean all = true;
              boolean counted = false;
              while (true) {
                boolean wasClosed = closed.get();
                byte[] signature;
                try {
                  signature = signer.sign(MESSAGE);
                } catch (SigningException e) {
                  return all && counted;
                }
                all &= !wasClosed && verifies(signer.publicKey(), MESSAGE, signature);
                if (wasClosed) {
                  return false;
                }
                if (!counted) {
                  counted = true;
                  warm.countDown();
                }
              }
            },
            () -> {
              warm.await();
              signer.close();
              closed.set(true);
            });
    assertThat(verified).hasSize(THREADS).containsOnly(true);
  }

  @Test
  void aClosedSignerRefusesToSign() {
    signer.close();
    assertThatThrownBy(() -> signer.sign(MESSAGE))
        .isInstanceOf(SigningException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void closingTwiceIsAllowed() {
    signer.close();
    assertThatCode(signer::close).doesNotThrowAnyException();
  }

  @Test
  void closingOneSignerLeavesAnotherOfTheSameKeyAlone() throws Exception {
    try (Signer other = open()) {
      signer.close();
      assertThat(verifies(other.publicKey(), MESSAGE, other.sign(MESSAGE))).isTrue();
    }
  }

  @Test
  void thePublicKeyIsTheSameEveryTime() throws Exception {
    try (Signer other = open()) {
      assertThat(other.publicKey().getEncoded()).isEqualTo(signer.publicKey().getEncoded());
    }
  }

  @Test
  void thePublicKeyIsASubjectPublicKeyInfo() throws Exception {
    assertThat(signer.publicKey().getFormat()).isEqualTo("X.509");
    assertThat(algorithmOf(signer.publicKey().getEncoded())).isEqualTo(expectedAlgorithm());
  }

  @Test
  void thePublicKeyPemIsWhatTheDashboardTakes() {
    String pem = signer.publicKeyPem();
    assertThat(pem)
        .matches(
            "^-----BEGIN (RSA )?PUBLIC KEY-----[A-Za-z0-9+/=\\n\\r\\\\]+"
                + "-----END (RSA )?PUBLIC KEY-----\\s?$");
    List<String> lines = pem.lines().toList();
    assertThat(lines).allMatch(line -> line.length() <= 64);
    assertThat(lines.get(0)).isEqualTo("-----BEGIN PUBLIC KEY-----");
    assertThat(lines.get(lines.size() - 1)).isEqualTo("-----END PUBLIC KEY-----");
    assertThat(Base64.getDecoder().decode(String.join("", lines.subList(1, lines.size() - 1))))
        .isEqualTo(signer.publicKey().getEncoded());
  }

  @Test
  void nothingOfTheKeyPrints() {
    String printed = signer.toString();
    for (byte[] secret : secrets()) {
      assertThat(printed)
          .doesNotContainIgnoringCase(HexFormat.of().formatHex(secret))
          .doesNotContain(Base64.getEncoder().encodeToString(secret));
    }
    assertThat(printed).doesNotContain("PRIVATE").hasSizeLessThan(500);
  }

  /** The AlgorithmIdentifier of a SubjectPublicKeyInfo, as hexadecimal DER. */
  private static String algorithmOf(byte[] spki) {
    int header = spki[1] >= 0 ? 2 : 2 + (spki[1] & 0x7F);
    assertThat(spki[0]).isEqualTo((byte) 0x30);
    int length = spki[header + 1] + 2;
    return HexFormat.of().formatHex(spki, header, header + length);
  }

  private String expectedAlgorithm() {
    return switch (algorithm()) {
      case ED25519 -> "300506032b6570";
      case ECDSA_P256_SHA256 -> "301306072a8648ce3d020106082a8648ce3d030107";
      case ECDSA_SECP256K1_SHA256 -> "301006072a8648ce3d020106052b8104000a";
      case RSA_PKCS1_SHA256 -> "300d06092a864886f70d0101010500";
    };
  }

  private interface Work {
    boolean run(int thread) throws Exception;
  }

  private interface Meanwhile {
    void run() throws Exception;
  }

  private static List<Boolean> inThreads(Work work, Meanwhile meanwhile) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<Boolean>> futures = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        int thread = i;
        Callable<Boolean> task = () -> work.run(thread);
        futures.add(threads.submit(task));
      }
      meanwhile.run();
      List<Boolean> results = new ArrayList<>();
      for (Future<Boolean> future : futures) {
        results.add(future.get());
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }
}
