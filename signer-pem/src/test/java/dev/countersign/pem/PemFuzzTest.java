package dev.countersign.pem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.error.ConfigurationException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever the bytes, they are a key that signs or a {@link ConfigurationException}. The changes
 * are the same in each run, the throw-away keys are not: a failure shows the text it is about.
 */
class PemFuzzTest {

  private static final byte[] MESSAGE = PemText.bytes("message");
  private static final String[] FRAGMENTS = {
    "-----BEGIN ", "-----END ", "-----", "PRIVATE KEY", "ENCRYPTED ", "EC ", "RSA ", "PARAMETERS",
    "\n", "\r\n", "\\n", " ", ":", "Proc-Type: 4,ENCRYPTED\n", "DEK-Info: AES-128-CBC,00\n", "MC4C",
    "AAAA", "=", "\u00EF\u00BB\u00BF", "{", "0\u0082"
  };

  @Test
  void arbitraryBytesAreRefused() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 2_000; i++) {
      byte[] bytes = new byte[random.nextInt(300)];
      random.nextBytes(bytes);
      requireKeyOrRefusal(bytes, random.nextBoolean());
    }
  }

  @Test
  void arbitraryFragmentsAreRefused() {
    SplittableRandom random = new SplittableRandom(2);
    for (int i = 0; i < 5_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int parts = random.nextInt(30); parts > 0; parts--) {
        text.append(FRAGMENTS[random.nextInt(FRAGMENTS.length)]);
      }
      requireKeyOrRefusal(PemText.bytes(text.toString()), random.nextBoolean());
    }
  }

  static Stream<PemFormat> formats() {
    return PemFormat.all();
  }

  @ParameterizedTest
  @MethodSource("formats")
  void aTextWithAFewBytesChangedIsAKeyOrRefused(PemFormat format) {
    SplittableRandom random = new SplittableRandom(3);
    for (KeyKind kind : format.kinds()) {
      byte[] pem = PemText.bytes(format.write(kind));
      for (int i = 0; i < 40; i++) {
        requireKeyOrRefusal(changed(pem, random), format.encrypted());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("formats")
  void aStructureWithAFewBytesChangedIsAKeyOrRefused(PemFormat format) {
    SplittableRandom random = new SplittableRandom(4);
    for (KeyKind kind : format.kinds()) {
      String pem = format.write(kind);
      if (pem.contains(":") || pem.startsWith("-----BEGIN EC PARAMETERS")) {
        continue; // no structure of its own in sight
      }
      String label = pem.substring("-----BEGIN ".length(), pem.indexOf("-----\n"));
      byte[] der = PemText.decoded(pem);
      for (int i = 0; i < 20; i++) {
        byte[] text = PemText.bytes(PemText.block(label, changed(der, random)));
        requireKeyOrRefusal(text, format.encrypted());
      }
    }
  }

  private static byte[] changed(byte[] original, SplittableRandom random) {
    byte[] bytes = original.clone();
    for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(4)) {
        case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> bytes[at] = (byte) random.nextInt(256);
        case 2 -> bytes = Arrays.copyOf(bytes, at + 1);
        default -> {
          int to = Math.min(bytes.length, at + random.nextInt(20));
          System.arraycopy(original, 0, bytes, at, Math.min(to - at, original.length));
        }
      }
    }
    return bytes;
  }

  private static void requireKeyOrRefusal(byte[] pem, boolean passphrase) {
    try (PemSigner signer =
        passphrase
            ? PemSigner.read(pem, PemFormat.PASSPHRASE.toCharArray())
            : PemSigner.read(pem)) {
      assertThat(signer.sign(MESSAGE)).isNotEmpty();
    } catch (ConfigurationException e) {
      assertThat(e.getMessage()).startsWith("The PEM text ");
    } catch (RuntimeException | StackOverflowError e) {
      throw new AssertionError(new String(pem, StandardCharsets.ISO_8859_1), e);
    }
  }
}
