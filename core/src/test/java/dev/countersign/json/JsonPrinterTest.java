package dev.countersign.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonPrinterTest {

  private static final JsonValue SECRET = JsonString.of("hunter2");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "accessToken",
        "challengeIdentifier",
        "encryptedPrivateKey",
        "password",
        "pin",
        "privateKey",
        "secret",
        "token",
        "userAction"
      })
  void aSecretIsMaskedHoweverDeepItStands(String name) {
    List<JsonValue> wraps =
        List.of(
            SECRET, JsonArray.of(List.of(SECRET)), JsonObject.of("a", SECRET), JsonNumber.of(1234));
    for (JsonValue secret : wraps) {
      JsonObject object = JsonObject.of(name, secret);
      JsonValue deep = JsonArray.of(List.of(JsonObject.of("outer", object)));
      assertThat(object).hasToString("{\"" + name + "\":\"***\"}");
      assertThat(deep.toString()).contains("***").doesNotContain("hunter2", "1234");
    }
  }

  @Test
  void aSecretThatIsNullSaysSo() {
    assertThat(JsonObject.of("secret", JsonNull.NULL)).hasToString("{\"secret\":null}");
  }

  @Test
  void theRestIsJson() {
    JsonObject object =
        JsonObject.builder()
            .put("a\"\n", JsonString.of("é\\\u0007"))
            .put("n", JsonNumber.parse("1.50"))
            .put("l", JsonArray.of(List.of(JsonBoolean.TRUE, JsonNull.NULL, JsonObject.empty())))
            .build();
    assertThat(object)
        .hasToString("{\"a\\\"\\u000a\":\"é\\\\\\u0007\",\"n\":1.50,\"l\":[true,null,{}]}");
  }

  @Test
  void whatIsLongIsCutOff() {
    JsonValue text = JsonString.of("x".repeat(1_000_000));
    assertThat(text.toString()).hasSize(10_001).endsWith("…");
    JsonValue list = JsonArray.of(Collections.nCopies(100_000, text));
    assertThat(list.toString()).hasSizeLessThan(10_100).endsWith("…");
  }
}
