package dev.countersign.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.countersign.error.ProtocolException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonViewTest {

  private static final JsonType<Thing> THING = JsonType.ofView(Thing::new);

  private static final class Thing extends JsonView {
    Thing(JsonObject json) {
      super(json);
    }

    String name() {
      return required("name", JsonType.STRING);
    }

    Optional<Long> count() {
      return optional("count", JsonType.LONG);
    }

    Optional<Instant> at() {
      return optional("at", JsonType.INSTANT);
    }

    List<Long> numbers() {
      return required("numbers", JsonType.LONG.list());
    }

    Map<String, Thing> parts() {
      return required("parts", THING.map());
    }
  }

  private static final class Other extends JsonView {
    Other(JsonObject json) {
      super(json);
    }
  }

  private static Thing thing(String name, JsonValue value) {
    return new Thing(JsonObject.of(name, value));
  }

  @Test
  void membersAreReadAsTheirTypes() {
    Thing thing =
        new Thing(
            JsonObject.builder()
                .put("name", JsonString.of("n"))
                .put("count", JsonNumber.parse("3.0"))
                .put("at", JsonString.of("2026-01-02T03:04:05.678+01:00"))
                .put("numbers", JsonArray.of(List.of(1L, 2L), JsonNumber::of))
                .put("parts", JsonObject.of("x", JsonObject.of("name", JsonString.of("y"))))
                .build());
    assertThat(thing.name()).isEqualTo("n");
    assertThat(thing.count()).contains(3L);
    assertThat(thing.at()).contains(Instant.parse("2026-01-02T02:04:05.678Z"));
    assertThat(thing.numbers()).containsExactly(1L, 2L);
    assertThat(thing.parts().get("x").name()).isEqualTo("y");
  }

  @Test
  void anOptionalMemberThatIsNullOrAbsentIsEmpty() {
    assertThat(thing("count", JsonNull.NULL).count()).isEmpty();
    assertThat(thing("x", JsonNull.NULL).count()).isEmpty();
    assertThat(thing("count", JsonNull.NULL).has("count")).isFalse();
  }

  @Test
  void aRequiredMemberThatIsNullOrAbsentIsNamed() {
    for (Thing thing : List.of(thing("name", JsonNull.NULL), thing("x", JsonNull.NULL))) {
      assertThatExceptionOfType(ProtocolException.class)
          .isThrownBy(thing::name)
          .withMessage("Dfns sent a JsonViewTest.Thing without 'name'");
    }
  }

  @Test
  void aMemberOfAnotherTypeIsNamedAndNotShown() {
    Thing thing =
        new Thing(
            JsonObject.builder()
                .put("name", JsonNumber.of(12345))
                .put("count", JsonString.of("hunter2"))
                .put("at", JsonString.of("hunter2"))
                .put("parts", JsonArray.of(List.of()))
                .build());
    assertThatExceptionOfType(ProtocolException.class)
        .isThrownBy(thing::name)
        .withMessageContainingAll("Thing", "'name'", "a number", "a string")
        .withMessageNotContaining("12345");
    for (Runnable read : List.<Runnable>of(thing::count, thing::at, thing::parts)) {
      assertThatExceptionOfType(ProtocolException.class)
          .isThrownBy(read::run)
          .withMessageNotContaining("hunter2");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.5", "9223372036854775808", "1e999999999", "1e-999999999"})
  void aNumberThatDoesNotFitIsRefusedAndNotRounded(String literal) {
    Thing thing = thing("count", JsonNumber.parse(literal));
    assertThatExceptionOfType(ProtocolException.class)
        .isThrownBy(thing::count)
        .withMessageContaining("64 bits");
  }

  @Test
  void decimalsKeepTheirScale() {
    assertThat(JsonType.DECIMAL.read(JsonNumber.parse("1.50"))).isEqualTo(new BigDecimal("1.50"));
  }

  @Test
  void whatIsNotKnownIsKept() {
    JsonObject json =
        JsonObject.builder().put("new", JsonBoolean.TRUE).put("name", JsonString.of("n")).build();
    assertThat(new Thing(json).json()).isSameAs(json);
    assertThat(THING.write(THING.read(json))).isSameAs(json);
  }

  @Test
  void viewsAreEqualByTypeAndJson() {
    JsonObject json = JsonObject.of("count", JsonNumber.parse("1.0"));
    Thing thing = new Thing(json);
    assertThat(thing).isEqualTo(thing("count", JsonNumber.of(1)));
    assertThat(thing).hasSameHashCodeAs(thing("count", JsonNumber.of(1)));
    assertThat(thing).isNotEqualTo(new Other(json)).isNotEqualTo(thing("count", JsonNull.NULL));
  }

  @Test
  void aViewDoesNotPrintItsSecrets() {
    assertThat(thing("token", JsonString.of("hunter2")))
        .hasToString("JsonViewTest.Thing{\"token\":\"***\"}");
  }
}
