package dev.countersign.pem;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is closed holds no secret any more. */
class WipingTest {

  @ParameterizedTest
  @EnumSource
  void closingOverwritesThePrivateKey(KeyKind kind) throws Exception {
    PemSigner signer = PemSigner.read(PemText.bytes(PemText.pkcs8(kind)));
    List<byte[]> kept = keptArrays(signer);
    assertThat(kept).anyMatch(bytes -> contains(bytes, kind.secret()));
    signer.close();
    assertThat(kept).noneMatch(bytes -> contains(bytes, kind.secret()));
    assertThat(kept).anyMatch(WipingTest::isZero);
  }

  @Test
  void aClosedPassphraseIsOverwritten() {
    Passphrase passphrase = Passphrase.ofEnvironment("P", PemFormat.PASSPHRASE);
    char[] characters = passphrase.characters();
    assertThat(characters).containsExactly(PemFormat.PASSPHRASE.toCharArray());
    passphrase.close();
    assertThat(characters).containsOnly('\0');
  }

  @Test
  void aPassphraseDoesNotPrint() {
    try (Passphrase passphrase = Passphrase.ofEnvironment("P", PemFormat.PASSPHRASE)) {
      assertThat(passphrase).hasToString("Passphrase(***)");
    }
  }

  private static List<byte[]> keptArrays(PemSigner signer) throws ReflectiveOperationException {
    Field keyField = PemSigner.class.getDeclaredField("key");
    keyField.setAccessible(true);
    Object key = keyField.get(signer);
    List<byte[]> arrays = new ArrayList<>();
    for (Field field : key.getClass().getDeclaredFields()) {
      field.setAccessible(true);
      if (field.get(key) instanceof byte[] bytes) {
        arrays.add(bytes);
      }
    }
    return arrays;
  }

  private static boolean contains(byte[] bytes, byte[] wanted) {
    for (int i = 0; i + wanted.length <= bytes.length; i++) {
      if (Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isZero(byte[] bytes) {
    for (byte b : bytes) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }
}
