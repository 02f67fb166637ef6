package dev.countersign.simulator.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.JsonGeneratorDelegate;
import java.io.IOException;
import java.math.BigDecimal;

/**
 * Writes numbers as JavaScript does (ECMA-262, Number::toString), because who verifies a webhook as
 * the official samples do reads the JSON and writes it again: what is signed has to be the same
 * then.
 */
final class JsNumbers extends JsonGeneratorDelegate {

  /** As many digits as tell one double from every other. */
  private static final int DIGITS_OF_A_DOUBLE = 17;

  private static final int MOST_BEFORE_THE_POINT = 21;
  private static final int MOST_ZEROS_BEHIND_THE_POINT = -6;

  JsNumbers(JsonGenerator generator) {
    super(generator, false);
  }

  @Override
  public void writeNumber(double value) throws IOException {
    writeNumber(BigDecimal.valueOf(value));
  }

  @Override
  public void writeNumber(BigDecimal value) throws IOException {
    delegate.writeNumber(text(value));
  }

  static String text(BigDecimal value) {
    if (value.signum() == 0) {
      return "0";
    }
    BigDecimal number = value.stripTrailingZeros();
    if (number.precision() > DIGITS_OF_A_DOUBLE && number.scale() > 0) {
      number = BigDecimal.valueOf(number.doubleValue()).stripTrailingZeros();
    }
    String digits = number.unscaledValue().abs().toString();
    int point = digits.length() - number.scale();
    return (number.signum() < 0 ? "-" : "") + text(digits, point);
  }

  /**
   * The text of digits.
   *
   * @param point before which of them the decimal point stands, counted from 0
   */
  private static String text(String digits, int point) {
    if (point > MOST_BEFORE_THE_POINT || point <= MOST_ZEROS_BEHIND_THE_POINT) {
      int exponent = point - 1;
      return digits.charAt(0)
          + (digits.length() == 1 ? "" : "." + digits.substring(1))
          + "e"
          + (exponent < 0 ? "-" : "+")
          + Math.abs(exponent);
    }
    if (point <= 0) {
      return "0." + "0".repeat(-point) + digits;
    }
    return point >= digits.length()
        ? digits + "0".repeat(point - digits.length())
        : digits.substring(0, point) + "." + digits.substring(point);
  }
}
