package dev.countersign.simulator.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.Base64;

/** Keys as PEM (RFC 7468). */
final class PemText {

  private static final int LINE_LENGTH = 64;

  private PemText() {}

  /** A private key as PKCS#8. */
  static String of(PrivateKey key) {
    return pem("PRIVATE KEY", key.getEncoded());
  }

  /** A public key as SubjectPublicKeyInfo, which is what Dfns registers. */
  static String of(PublicKey key) {
    return pem("PUBLIC KEY", key.getEncoded());
  }

  private static String pem(String label, byte[] der) {
    String base64 = Base64.getMimeEncoder(LINE_LENGTH, "\n".getBytes(US_ASCII)).encodeToString(der);
    return "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n";
  }
}
