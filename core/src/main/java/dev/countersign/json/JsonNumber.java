package dev.countersign.json;

import java.math.BigDecimal;
import java.math.BigInteger;

/** A JSON number, kept as its literal: nothing is rounded. */
public final class JsonNumber implements JsonValue {

  private static final int MAX_EXPONENT_DIGITS = 9;

  /**
   * Beyond this many digits a number is not spelled out: {@code 1e999999999} would fill the memory.
   */
  private static final int MAX_DIGITS = 1_000;

  private final String literal;

  private JsonNumber(String literal) {
    this.literal = literal;
  }

  /** The JSON value of an integer. */
  public static JsonNumber of(long value) {
    return new JsonNumber(Long.toString(value));
  }

  /** The JSON value of an integer. */
  public static JsonNumber of(BigInteger value) {
    return new JsonNumber(value.toString());
  }

  /**
   * The JSON value of a decimal, scale kept.
   *
   * @throws IllegalArgumentException if its exponent has more than 9 digits
   */
  public static JsonNumber of(BigDecimal value) {
    return parse(value.toString());
  }

  /**
   * The JSON value of a literal, such as {@code 1.50}.
   *
   * @throws IllegalArgumentException if it is not a JSON number, or its exponent has more than 9
   *     digits
   */
  public static JsonNumber parse(String literal) {
    if (!isNumber(literal)) {
      throw new IllegalArgumentException("Not a JSON number");
    }
    return new JsonNumber(literal);
  }

  // by hand, not as a regular expression: every number of every answer passes here
  private static boolean isNumber(String text) {
    int start = text.startsWith("-") ? 1 : 0;
    int end = digits(text, start);
    if (end == start || (text.charAt(start) == '0' && end > start + 1)) {
      return false;
    }
    if (end < text.length() && text.charAt(end) == '.') {
      int fraction = end + 1;
      end = digits(text, fraction);
      if (end == fraction) {
        return false;
      }
    }
    if (end < text.length() && (text.charAt(end) == 'e' || text.charAt(end) == 'E')) {
      int exponent = end + 1;
      if (exponent < text.length()
          && (text.charAt(exponent) == '+' || text.charAt(exponent) == '-')) {
        exponent++;
      }
      end = digits(text, exponent);
      return end == text.length() && end > exponent && end - exponent <= MAX_EXPONENT_DIGITS;
    }
    return end == text.length();
  }

  /** Where the digits that start at an index end. */
  private static int digits(String text, int from) {
    int i = from;
    while (i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
      i++;
    }
    return i;
  }

  /** The literal as it was read. */
  public String literal() {
    return literal;
  }

  /** The exact value. */
  public BigDecimal decimal() {
    return new BigDecimal(literal);
  }

  /**
   * The value as a {@code long}.
   *
   * @throws ArithmeticException if it has a fraction or does not fit
   */
  public long longValue() {
    return decimal().longValueExact();
  }

  /**
   * The value as an integer of any size, up to 1,000 digits.
   *
   * @throws ArithmeticException if it has a fraction or more digits than that
   */
  public BigInteger integerValue() {
    BigDecimal decimal = decimal();
    if (decimal.signum() == 0) {
      return BigInteger.ZERO;
    }
    long digits = decimal.precision() - (long) decimal.scale();
    if (digits > MAX_DIGITS) {
      throw new ArithmeticException("The number has more than " + MAX_DIGITS + " digits");
    }
    if (digits <= 0) {
      // 1e-999999999 too would fill the memory on the way to this answer
      throw new ArithmeticException("The number has a fraction");
    }
    return decimal.toBigIntegerExact();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof JsonNumber that
        && (literal.equals(that.literal) || decimal().compareTo(that.decimal()) == 0);
  }

  @Override
  public int hashCode() {
    return Double.hashCode(decimal().doubleValue() + 0.0);
  }

  @Override
  public String toString() {
    return literal;
  }
}
