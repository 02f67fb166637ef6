package dev.countersign.pem;

import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.util.Base64;

/** A key that is in no file. */
public final class MemoryKey {

  private MemoryKey() {}

  /** A signer with a new Ed25519 key. */
  public static PemSigner signer() {
    try {
      return signer(KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPrivate());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A signer with this key. */
  public static PemSigner signer(PrivateKey key) {
    String pem =
        "-----BEGIN PRIVATE KEY-----\n"
            + Base64.getMimeEncoder().encodeToString(key.getEncoded())
            + "\n-----END PRIVATE KEY-----\n";
    return PemSigner.read(pem.getBytes(StandardCharsets.US_ASCII));
  }
}
