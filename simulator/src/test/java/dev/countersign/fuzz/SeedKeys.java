package dev.countersign.fuzz;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.stream.Stream;

/** Throw-away private keys as PEM texts, to begin with. */
final class SeedKeys {

  private static final Base64.Encoder LINES =
      Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

  private SeedKeys() {}

  static String[] pems() {
    return Stream.of(pair("Ed25519", 255), pair("EC", 256), pair("RSA", 2048))
        .map(pair -> LINES.encodeToString(pair.getPrivate().getEncoded()))
        .map(der -> block(der))
        .toArray(String[]::new);
  }

  static KeyPair pair(String algorithm, int size) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(size);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static String block(String base64) {
    return "-----BEGIN " + "PRIVATE KEY-----\n" + base64 + "\n-----END PRIVATE KEY-----\n";
  }
}
