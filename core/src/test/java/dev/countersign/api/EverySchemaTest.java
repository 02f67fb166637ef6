package dev.countersign.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.codegen.Schema;
import dev.countersign.json.JsonType;
import dev.countersign.json.JsonValue;
import dev.countersign.json.JsonView;
import dev.countersign.json.JsonViewBuilder;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for each schema of the description, on random JSON from a fixed list of seeds. */
class EverySchemaTest {

  private static final int SEEDS = 20;

  static List<String> names() {
    return Api.DESCRIPTION.schemas().stream().map(Schema::name).toList();
  }

  @Test
  void theDescriptionIsAllThere() {
    assertThat(names()).hasSize(710);
  }

  @ParameterizedTest
  @MethodSource("names")
  void nothingIsLostAndAllCanBeRead(String name) {
    Schema schema = Api.DESCRIPTION.schema(name);
    JsonType<Object> type = Api.typeOf(schema);
    for (int seed = 0; seed < SEEDS; seed++) {
      JsonValue json = new RandomJson(seed, true).of(schema);
      Object value = type.read(json);
      assertThat(type.write(value)).isEqualTo(json);
      assertThat(type.read(type.write(value))).isEqualTo(value).hasSameHashCodeAs(value);
      Walk.through(value);
    }
  }

  static Stream<String> objects() {
    return Api.DESCRIPTION.schemas().stream()
        .filter(Schema.ObjectSchema.class::isInstance)
        .map(Schema::name);
  }

  @ParameterizedTest
  @MethodSource("objects")
  void aBuilderStartedFromAViewGivesItBack(String name) throws ReflectiveOperationException {
    Schema schema = Api.DESCRIPTION.schema(name);
    for (int seed = 0; seed < SEEDS; seed++) {
      Object view = Api.typeOf(schema).read(new RandomJson(seed, true).of(schema));
      Object builder = view.getClass().getMethod("toBuilder").invoke(view);
      JsonView rebuilt = ((JsonViewBuilder<?, ?>) builder).build();
      assertThat(rebuilt).isEqualTo(view);
      assertThat(rebuilt.json().names()).isEqualTo(((JsonView) view).json().names());
    }
  }

  @ParameterizedTest
  @MethodSource("objects")
  void everyPropertyHasAnAccessorThatIsCalled(String name) {
    Schema.ObjectSchema schema = (Schema.ObjectSchema) Api.DESCRIPTION.schema(name);
    Object view = Api.typeOf(schema).read(new RandomJson(1, false).of(schema));
    assertThat(view.getClass().getDeclaredMethods())
        .filteredOn(Walk::isAccessor)
        .hasSameSizeAs(schema.properties());
    assertThat(Walk.through(view)).isGreaterThanOrEqualTo(schema.properties().size());
  }
}
