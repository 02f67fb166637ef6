package dev.countersign.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonNumberTest {

  /** The grammar of RFC 8259, section 6, with the limit on exponents. */
  private static final Pattern GRAMMAR =
      Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]{1,9})?");

  @ParameterizedTest
  @ValueSource(
      strings = {"0", "-0", "7", "-70", "0.0", "1.50", "-0.001", "1e5", "1E+5", "1.5e-05", "0e0"})
  void aNumberKeepsItsLiteral(String literal) {
    assertThat(JsonNumber.parse(literal).literal()).isEqualTo(literal);
    assertThat(JsonNumber.parse(literal)).hasToString(literal);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        "+1",
        "01",
        "-01",
        ".5",
        "1.",
        "1.e5",
        "1e",
        "1e+",
        "1e1.5",
        "1e1234567890",
        "0x1",
        "1 ",
        " 1",
        "1_0",
        "NaN",
        "Infinity",
        "--1",
        "1-1",
        "٣",
        "1e٣",
        "1,0",
        "1f"
      })
  void whatIsNotANumberIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> JsonNumber.parse(text));
  }

  @Test
  void theGrammarIsThatOfTheStandard() {
    Random random = new Random(1);
    String alphabet = "0011299.eE+-x";
    for (int i = 0; i < 200_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(9); length > 0; length--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      String candidate = text.toString();
      assertThat(isNumber(candidate)).as(candidate).isEqualTo(GRAMMAR.matcher(candidate).matches());
    }
  }

  private static boolean isNumber(String text) {
    try {
      JsonNumber.parse(text);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  @Test
  void numbersOfJavaBecomeTheirLiterals() {
    assertThat(JsonNumber.of(Long.MIN_VALUE)).hasToString("-9223372036854775808");
    assertThat(JsonNumber.of(BigInteger.TEN.pow(30))).hasToString("1" + "0".repeat(30));
    assertThat(JsonNumber.of(new BigDecimal("1.50"))).hasToString("1.50");
    assertThat(JsonNumber.of(new BigDecimal("1E+5"))).hasToString("1E+5");
  }

  @Test
  void aDecimalThatHasNoLiteralIsRefused() {
    BigDecimal tiny = new BigDecimal(BigInteger.ONE, Integer.MAX_VALUE);
    assertThatIllegalArgumentException().isThrownBy(() -> JsonNumber.of(tiny));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1.0, true",
    "100, 1e2, true",
    "0, -0, true",
    "0, 0e999999999, true",
    "1, 1.0000000000000000000001, false",
    "9007199254740993, 9007199254740992, false",
    "1e999999999, 10e999999998, true",
    "1e999999999, 1, false",
    "1e-999999999, 0, false"
  })
  void numbersAreEqualByValue(String one, String other, boolean equal) {
    JsonNumber first = JsonNumber.parse(one);
    JsonNumber second = JsonNumber.parse(other);
    assertThat(first.equals(second)).isEqualTo(equal);
    if (equal) {
      assertThat(first).hasSameHashCodeAs(second);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0, 0",
    "0e30, 0",
    "0e-999999999, 0",
    "1.0, 1",
    "1e3, 1000",
    "12300e-2, 123",
    "9223372036854775807, 9223372036854775807",
    "-9223372036854775808, -9223372036854775808"
  })
  void aWholeNumberIsRead(String literal, long value) {
    assertThat(JsonNumber.parse(literal).longValue()).isEqualTo(value);
    assertThat(JsonNumber.parse(literal).integerValue()).isEqualTo(BigInteger.valueOf(value));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"9223372036854775808", "-9223372036854775809", "1.5", "1e19", "1e-1", "0.1"})
  void whatIsNotALongIsRefused(String literal) {
    assertThatExceptionOfType(ArithmeticException.class)
        .isThrownBy(() -> JsonNumber.parse(literal).longValue());
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.5", "0.1", "1e-1", "1e1000", "15e-1"})
  void whatIsNotAnIntegerOrHasMoreThan1000DigitsIsRefused(String literal) {
    assertThatExceptionOfType(ArithmeticException.class)
        .isThrownBy(() -> JsonNumber.parse(literal).integerValue());
  }

  @Test
  void anIntegerHasUpTo1000Digits() {
    assertThat(JsonNumber.parse("1e999").integerValue()).isEqualTo(BigInteger.TEN.pow(999));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e999999999", "1e-999999999", "123.456e-999999999", "0e999999999"})
  void anEnormousExponentCostsNothing(String literal) {
    JsonNumber number = JsonNumber.parse(literal);
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          number.hashCode();
          assertThat(number.equals(JsonNumber.of(1))).isFalse();
          readOrRefuse(number);
        });
  }

  private static void readOrRefuse(JsonNumber number) {
    try {
      assertThat(number.longValue()).isZero();
      assertThat(number.integerValue()).isZero();
    } catch (ArithmeticException refused) {
      assertThatExceptionOfType(ArithmeticException.class).isThrownBy(number::integerValue);
    }
  }
}
