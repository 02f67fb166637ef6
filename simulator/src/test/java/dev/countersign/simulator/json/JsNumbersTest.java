package dev.countersign.simulator.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsNumbersTest {

  /** Each pair as Node.js prints it. */
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "0.00, 0",
    "-1.50, -1.5",
    "100, 100",
    "1E+2, 100",
    "2500.000, 2500",
    "0.000001, 0.000001",
    "0.0000001, 1e-7",
    "2.500E-15, 2.5e-15",
    "-2.5E-7, -2.5e-7",
    "123456789012345680000, 123456789012345680000",
    "1E+21, 1e+21",
    "1.5E+300, 1.5e+300",
    "0.1234567890123456789, 0.12345678901234568",
  })
  void aNumberIsWrittenAsJavaScriptDoes(String number, String text) {
    assertThat(JsNumbers.text(new BigDecimal(number))).isEqualTo(text);
  }

  @Test
  void everyNumberOfADocumentIs() {
    String text = "{\"a\":[1.0,2.50,{\"b\":1E-9}],\"c\":3}";
    byte[] bytes = Json.bytes(Json.parse(text.getBytes(StandardCharsets.UTF_8)).orElseThrow());

    assertThat(new String(bytes, StandardCharsets.UTF_8))
        .isEqualTo("{\"a\":[1,2.5,{\"b\":1e-9}],\"c\":3}");
  }
}
