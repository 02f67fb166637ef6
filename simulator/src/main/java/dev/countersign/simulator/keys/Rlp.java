package dev.countersign.simulator.keys;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;

/** Ethereum's encoding of short lists (Recursive Length Prefix), of at most 55 bytes together. */
final class Rlp {

  private static final int SHORT = 55;

  private Rlp() {}

  /** A list of strings. */
  static byte[] list(List<byte[]> items) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    items.forEach(item -> content.writeBytes(string(item)));
    return prefixed(0xc0, content.toByteArray());
  }

  /** A number that is not negative, without leading zeros. */
  static byte[] number(BigInteger number) {
    byte[] bytes = number.toByteArray();
    int first = bytes[0] == 0 ? 1 : 0;
    return Arrays.copyOfRange(bytes, first, bytes.length);
  }

  private static byte[] string(byte[] bytes) {
    return bytes.length == 1 && bytes[0] >= 0 ? bytes : prefixed(0x80, bytes);
  }

  private static byte[] prefixed(int offset, byte[] bytes) {
    if (bytes.length > SHORT) {
      throw new IllegalArgumentException("Too long for this encoding: " + bytes.length + " bytes");
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(offset + bytes.length);
    all.writeBytes(bytes);
    return all.toByteArray();
  }
}
