package dev.countersign.json;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class JsonRulesTest {

  private static final JsonRules RULES = JsonRules.of("Thing");

  private static void kept(JsonRules rules, JsonValue value) {
    assertThatCode(() -> rules.check(JsonObject.of("x", value))).doesNotThrowAnyException();
  }

  private static void broken(JsonRules rules, JsonValue value, String sentence) {
    assertThatThrownBy(() -> rules.check(JsonObject.of("x", value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(sentence);
  }

  @Test
  void nullIsNoValueForWhatIsRequired() {
    broken(RULES.required("x"), JsonNull.NULL, "Thing needs 'x'");
    kept(RULES.present("x"), JsonNull.NULL);
    broken(RULES.present("y"), JsonNull.NULL, "Thing needs 'y', which may be null");
  }

  @Test
  void anAbsentOrNullMemberBreaksNoOtherRule() {
    JsonRules all =
        RULES
            .constant("x", JsonString.of("a"))
            .matches("x", "^a$")
            .eachMatches("x", "^a$")
            .length("x", 1, 1)
            .size("x", 1, 1)
            .range("x", 1, 1);
    kept(all, JsonNull.NULL);
    assertThatCode(() -> all.check(JsonObject.empty())).doesNotThrowAnyException();
  }

  @Test
  void aPatternCoversTheWholeText() {
    JsonRules digits = RULES.matches("x", "^\\d+$");
    kept(digits, JsonString.of("12"));
    for (String text : List.of("12\n", "a12", "12 ")) {
      broken(digits, JsonString.of(text), "Thing needs 'x' to match ^\\d+$");
    }
    broken(digits, JsonNumber.of(12), "Thing needs 'x' to match ^\\d+$");
  }

  @Test
  void anAlternativeInAPatternCoversTheWholeTextToo() {
    JsonRules either = RULES.matches("x", "^a|b$");
    kept(either, JsonString.of("b"));
    broken(either, JsonString.of("ab"), "Thing needs 'x' to match ^a|b$");
  }

  @Test
  void theEndsOfARangeBelongToIt() {
    JsonRules range = RULES.range("x", 1, 8);
    kept(range, JsonNumber.of(1));
    kept(range, JsonNumber.of(8));
    broken(range, JsonNumber.of(0), "Thing needs 'x' to be 1 to 8");
    broken(range, JsonNumber.parse("8.01"), "Thing needs 'x' to be 1 to 8");
    broken(range, JsonString.of("3"), "Thing needs 'x' to be 1 to 8");
    kept(RULES.range("x", 1, Long.MAX_VALUE), JsonNumber.parse("3e9"));
  }

  @Test
  void theCountIsTold() {
    JsonString empty = JsonString.of("");
    broken(
        RULES.length("x", 1, Long.MAX_VALUE),
        empty,
        "Thing needs 'x' to have at least 1 character");
    broken(RULES.length("x", 2, 3), empty, "Thing needs 'x' to have 2 to 3 characters");
    broken(
        RULES.size("x", 2, Long.MAX_VALUE),
        JsonArray.of(List.of()),
        "Thing needs 'x' to have at least 2 elements");
  }

  @Test
  void theFirstBrokenRuleIsTold() {
    JsonRules rules = RULES.required("x", "y").length("x", 2, 3);
    broken(rules, JsonString.of("a"), "Thing needs 'y'");
  }

  @Test
  void aValueIsNeverShown() {
    assertThatThrownBy(
            () -> RULES.length("x", 1, 2).check(JsonObject.of("x", JsonString.of("hunter2"))))
        .hasMessageNotContaining("hunter2");
  }
}
