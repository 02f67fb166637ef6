package dev.countersign.hsm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.HexFormat;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.Test;

/** Against Bouncy Castle, which makes the keys and the signatures. */
class Secp256k1KeyTest {

  private static final BouncyCastleProvider BOUNCY_CASTLE = new BouncyCastleProvider();

  private static KeyPair pair() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", BOUNCY_CASTLE);
    generator.initialize(new ECGenParameterSpec("secp256k1"));
    return generator.generateKeyPair();
  }

  private static byte[] sign(KeyPair pair, byte[] message) throws Exception {
    Signature signature = Signature.getInstance("SHA256withECDSA", BOUNCY_CASTLE);
    signature.initSign(pair.getPrivate());
    signature.update(message);
    return signature.sign();
  }

  @Test
  void aSignatureVerifiesWithItsKeyAndMessageAndWithNothingElse() throws Exception {
    for (int i = 0; i < 10; i++) {
      KeyPair pair = pair();
      byte[] message = ("message " + i).getBytes(StandardCharsets.UTF_8);
      byte[] signature = sign(pair, message);
      Secp256k1Key key = Secp256k1Key.read(pair.getPublic().getEncoded());

      assertThat(key.verifies(message, signature)).isTrue();
      assertThat(key.verifies(new byte[0], signature)).isFalse();
      assertThat(Secp256k1Key.read(pair().getPublic().getEncoded()).verifies(message, signature))
          .isFalse();
      byte[] broken = signature.clone();
      broken[10] ^= 1;
      assertThat(key.verifies(message, broken)).isFalse();
      assertThat(key)
          .isEqualTo(pair.getPublic())
          .hasSameHashCodeAs(Secp256k1Key.read(key.getEncoded()));
    }
  }

  @Test
  void whatIsNoSignatureDoesNotVerify() throws Exception {
    Secp256k1Key key = Secp256k1Key.read(pair().getPublic().getEncoded());
    String n = "00fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141";
    for (String der :
        new String[] {
          "",
          "30",
          "3000",
          "3006020100020100",
          "3006020101020100",
          "30060201ff020101",
          "3005020101" + "0201",
          "31060201010201 01".replace(" ", ""),
          "30260201010221" + n,
          "300602010102010100"
        }) {
      assertThat(key.verifies(new byte[0], HexFormat.of().parseHex(der))).as(der).isFalse();
    }
  }

  @Test
  void aPointThatIsNotOnTheCurveIsNoKey() throws Exception {
    byte[] encoded = pair().getPublic().getEncoded();
    encoded[encoded.length - 1] ^= 1;
    assertThatThrownBy(() -> Secp256k1Key.read(encoded))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
