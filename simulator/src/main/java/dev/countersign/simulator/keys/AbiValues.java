package dev.countersign.simulator.keys;

import com.fasterxml.jackson.databind.JsonNode;
import dev.countersign.simulator.crypto.Keccak;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Single values of EIP-712 as the 32 bytes that stand for them. */
final class AbiValues {

  private static final int WORD = 32;
  private static final Pattern NUMBER = Pattern.compile("(u?)int([0-9]{1,3})");
  private static final Pattern BYTES = Pattern.compile("bytes([0-9]{1,2})");

  private AbiValues() {}

  /**
   * A value as it is signed.
   *
   * @throws IllegalArgumentException with the place, if it is not of the type, or there is no such
   *     type
   */
  static byte[] encoded(String type, JsonNode value, String where) {
    switch (type) {
      case "string" -> {
        check(value.isTextual(), where, type);
        return Keccak.digest(value.asText().getBytes(StandardCharsets.UTF_8));
      }
      case "bytes" -> {
        return Keccak.digest(hex(value, where, type));
      }
      case "bool" -> {
        check(value.isBoolean(), where, type);
        return word(value.asBoolean() ? BigInteger.ONE : BigInteger.ZERO);
      }
      case "address" -> {
        byte[] bytes = hex(value, where, type);
        check(bytes.length == 20, where, type);
        return word(new BigInteger(1, bytes));
      }
      default -> {
        return sized(type, value, where);
      }
    }
  }

  private static byte[] sized(String type, JsonNode value, String where) {
    Matcher number = NUMBER.matcher(type);
    if (number.matches()) {
      int bits = Integer.parseInt(number.group(2));
      check(bits % 8 == 0 && bits >= 8 && bits <= 256, where, type);
      return word(number(type, number.group(1).isEmpty(), bits, value, where));
    }
    Matcher bytes = BYTES.matcher(type);
    if (bytes.matches()) {
      int size = Integer.parseInt(bytes.group(1));
      byte[] content = hex(value, where, type);
      check(size >= 1 && size <= WORD && content.length == size, where, type);
      return Arrays.copyOf(content, WORD);
    }
    throw TypedData.fault(where, "there is no type " + type);
  }

  private static BigInteger number(
      String type, boolean signed, int bits, JsonNode value, String where) {
    BigInteger number;
    if (value.isIntegralNumber()) {
      number = value.bigIntegerValue();
    } else {
      String text = value.asText();
      boolean hexadecimal = text.matches("0x[0-9a-fA-F]{1,64}");
      check(value.isTextual() && (hexadecimal || text.matches("-?[0-9]{1,78}")), where, type);
      number = hexadecimal ? new BigInteger(text.substring(2), 16) : new BigInteger(text);
    }
    boolean fits =
        signed ? number.bitLength() < bits : number.signum() >= 0 && number.bitLength() <= bits;
    check(fits, where, type);
    return number;
  }

  private static byte[] hex(JsonNode value, String where, String type) {
    String text = value.asText();
    check(value.isTextual() && text.matches("0x([0-9a-fA-F]{2})*"), where, type);
    return HexFormat.of().parseHex(text.substring(2));
  }

  private static void check(boolean holds, String where, String type) {
    if (!holds) {
      throw TypedData.fault(where, "must be a value of the type " + type);
    }
  }

  /** 32 bytes, the sign repeated. */
  private static byte[] word(BigInteger number) {
    byte[] bytes = number.toByteArray();
    byte[] word = new byte[WORD];
    if (number.signum() < 0) {
      Arrays.fill(word, (byte) 0xff);
    }
    int used = Math.min(bytes.length, WORD);
    System.arraycopy(bytes, bytes.length - used, word, WORD - used, used);
    return word;
  }
}
