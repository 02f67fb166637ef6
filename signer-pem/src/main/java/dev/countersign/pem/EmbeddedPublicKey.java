package dev.countersign.pem;

import dev.countersign.error.ConfigurationException;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1BitString;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;

/**
 * The public key that some formats carry beside the private one. It is never used, only compared: a
 * file that contradicts itself was put together from two keys.
 */
final class EmbeddedPublicKey {

  private EmbeddedPublicKey() {}

  /** Refuses a PKCS#8 v2 structure (RFC 5958) with another public key than the calculated one. */
  static void require(String source, PrivateKeyInfo info, byte[] calculated) {
    ASN1BitString embedded = info.getPublicKeyData();
    if (embedded != null && !Arrays.equals(embedded.getOctets(), calculated)) {
      throw mismatch(source);
    }
  }

  static ConfigurationException mismatch(String source) {
    return new ConfigurationException(
        source
            + " carries a public key that does not belong to its private key;"
            + " take the file as it was generated, or make a new key");
  }
}
