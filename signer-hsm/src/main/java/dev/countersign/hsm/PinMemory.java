package dev.countersign.hsm;

import java.security.MessageDigest;
import java.security.SecureRandom;

/** Knows a PIN again without keeping it: a salted hash of it. */
final class PinMemory {

  private static final int SALT = 16;

  private final byte[] salt;
  private final byte[] digest;

  private PinMemory(byte[] salt, byte[] digest) {
    this.salt = salt;
    this.digest = digest;
  }

  static PinMemory of(Pin pin) {
    byte[] salt = new byte[SALT];
    new SecureRandom().nextBytes(salt);
    return new PinMemory(salt, pin.digest(salt));
  }

  /** Whether it is that PIN; takes the same time whatever differs. */
  boolean is(Pin pin) {
    return MessageDigest.isEqual(digest, pin.digest(salt));
  }

  @Override
  public String toString() {
    return "PinMemory(***)";
  }
}
