package dev.countersign.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JsonObjectTest {

  private static final JsonValue ONE = JsonNumber.of(1);
  private static final JsonValue TWO = JsonNumber.of(2);

  @Test
  void aMemberThatIsNullDiffersFromOneThatIsNotThere() {
    JsonObject object = JsonObject.of("a", JsonNull.NULL);
    assertThat(object.get("a")).isEqualTo(JsonNull.NULL);
    assertThat(object.has("a")).isTrue();
    assertThat(object.get("b")).isNull();
    assertThat(object.has("b")).isFalse();
    assertThat(object).isNotEqualTo(JsonObject.empty());
  }

  @Test
  void theOrderOfMembersIsKeptAndDoesNotCount() {
    JsonObject one = JsonObject.builder().put("a", ONE).put("b", TWO).build();
    JsonObject other = JsonObject.builder().put("b", TWO).put("a", ONE).build();
    assertThat(one.names()).containsExactly("a", "b");
    assertThat(other.names()).containsExactly("b", "a");
    assertThat(one).isEqualTo(other).hasSameHashCodeAs(other);
    assertThat(one).isNotEqualTo(JsonObject.builder().put("a", TWO).put("b", ONE).build());
    assertThat(one).isNotEqualTo(JsonObject.of("a", ONE));
  }

  @Test
  void aMemberPutAgainKeepsItsPlace() {
    JsonObject object = JsonObject.builder().put("a", ONE).put("b", ONE).put("a", TWO).build();
    assertThat(object.names()).containsExactly("a", "b");
    assertThat(object.get("a")).isEqualTo(TWO);
  }

  @Test
  void anAddedNameMustBeNew() {
    JsonObject.Builder builder = JsonObject.builder();
    assertThat(builder.add("a", ONE)).isTrue();
    assertThat(builder.add("a", TWO)).isFalse();
    assertThat(builder.build()).isEqualTo(JsonObject.of("a", ONE));
  }

  @Test
  void whatIsBuiltDoesNotChangeWithTheBuilder() {
    JsonObject.Builder builder = JsonObject.builder();
    for (int i = 0; i < 20; i++) {
      builder.put("n" + i, ONE);
    }
    JsonObject before = builder.build();
    builder.put("n3", TWO).put("more", ONE).remove("n5");
    assertThat(before.size()).isEqualTo(20);
    assertThat(before.get("n3")).isEqualTo(ONE);
    assertThat(before.get("n5")).isEqualTo(ONE);
    assertThat(before.get("more")).isNull();
    assertThat(before.toBuilder().build()).isEqualTo(before);
  }

  @Test
  void namesCannotBeChanged() {
    List<String> names = JsonObject.of("a", ONE).names();
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> names.set(0, "b"));
  }

  @Test
  void nullIsNoNameAndNoValue() {
    assertThatNullPointerException().isThrownBy(() -> JsonObject.builder().put("a", null));
    assertThatNullPointerException().isThrownBy(() -> JsonObject.builder().add("a", null));
    assertThatNullPointerException().isThrownBy(() -> JsonObject.builder().put(null, ONE));
  }

  @Test
  void anObjectOfAnySizeBehavesLikeAMap() {
    for (long seed = 0; seed < 500; seed++) {
      Random random = new Random(seed);
      Map<String, JsonValue> model = new LinkedHashMap<>();
      JsonObject.Builder builder = JsonObject.builder();
      for (int step = random.nextInt(80); step > 0; step--) {
        String name = "n" + random.nextInt(30);
        JsonValue value = JsonNumber.of(random.nextInt(3));
        switch (random.nextInt(4)) {
          case 0 -> {
            model.remove(name);
            builder.remove(name);
          }
          case 1 ->
              assertThat(builder.add(name, value))
                  .isEqualTo(model.putIfAbsent(name, value) == null);
          default -> {
            model.put(name, value);
            builder.put(name, value);
          }
        }
        assertThat(builder.get(name)).isEqualTo(model.get(name));
      }
      isLike(builder.build(), model, seed);
    }
  }

  private static void isLike(JsonObject object, Map<String, JsonValue> model, long seed) {
    assertThat(object.names()).as("seed %d", seed).isEqualTo(new ArrayList<>(model.keySet()));
    assertThat(object.size()).isEqualTo(model.size());
    Map<String, JsonValue> members = new LinkedHashMap<>();
    object.forEach(members::put);
    assertThat(members).isEqualTo(model);
    model.forEach((name, value) -> assertThat(object.get(name)).isEqualTo(value));
    assertThat(object.has("nobody")).isFalse();
  }
}
