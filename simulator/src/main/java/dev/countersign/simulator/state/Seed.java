package dev.countersign.simulator.state;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Where all chance of an organisation comes from: the same seed gives the same identifiers,
 * challenges, keys and addresses. Does not print.
 */
final class Seed {

  private static final String ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz";

  private final SecretKeySpec key;

  Seed(long number, String organisation) {
    byte[] name = organisation.getBytes(StandardCharsets.UTF_8);
    this.key =
        new SecretKeySpec(
            ByteBuffer.allocate(Long.BYTES + name.length).putLong(number).put(name).array(),
            "HmacSHA256");
  }

  /** 32 bytes that belong to a name. */
  byte[] bytes(String name) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      return mac.doFinal(name.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java runtime has no HMAC-SHA-256", e);
    }
  }

  /** An identifier such as {@code wa-xxxxx-xxxxx-xxxxxxxxxxxxxxxx}. */
  String id(String prefix, long number) {
    byte[] bytes = bytes("id " + number);
    StringBuilder id = new StringBuilder(prefix);
    for (int i = 0; i < 26; i++) {
      if (i == 0 || i == 5 || i == 10) {
        id.append('-');
      }
      id.append(ALPHABET.charAt((bytes[i] & 0xff) % ALPHABET.length()));
    }
    return id.toString();
  }

  /** Ten digits. */
  String digits(long number) {
    long value = ByteBuffer.wrap(bytes("digits " + number)).getLong();
    return String.format("%010d", Math.floorMod(value, 10_000_000_000L));
  }
}
