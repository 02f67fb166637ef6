package dev.countersign.hsm;

import com.sun.jna.Memory;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;

/** A token's PIN in UTF-8, as PKCS#11 wants it: wiped on close, and never printed. */
final class Pin implements AutoCloseable {

  private final byte[] bytes;

  /** Takes the array over. */
  Pin(byte[] bytes) {
    this.bytes = bytes;
  }

  int length() {
    return bytes.length;
  }

  /** Writes it where the module reads it; whoever made that memory wipes it. */
  void copyTo(Memory memory) {
    memory.write(0, bytes, 0, bytes.length);
  }

  /** What is kept of a PIN to know it again. */
  byte[] digest(byte[] salt) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(salt);
      byte[] digest = sha256.digest(bytes);
      // which wipes its own copy
      sha256.reset();
      return digest;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  @Override
  public void close() {
    Arrays.fill(bytes, (byte) 0);
  }

  @Override
  public String toString() {
    return "Pin(***)";
  }
}
