package dev.countersign.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.codegen.Schema;
import dev.countersign.json.JsonNumber;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonString;
import dev.countersign.json.JsonType;
import dev.countersign.json.JsonValue;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class UnionsWithDiscriminatorTest {

  static Stream<Schema.UnionSchema> unions() {
    return Api.DESCRIPTION.schemas().stream()
        .filter(Schema.UnionSchema.class::isInstance)
        .map(Schema.UnionSchema.class::cast)
        .filter(union -> union.discriminator() != null);
  }

  @Test
  void thereAreFortySeven() {
    assertThat(unions()).hasSize(47);
  }

  @ParameterizedTest
  @MethodSource("unions")
  void eachValueGivesItsVariantWhichKeepsIt(Schema.UnionSchema union) {
    JsonType<Object> type = Api.typeOf(union);
    union
        .mapping()
        .forEach(
            (value, name) -> {
              Schema variant = Api.DESCRIPTION.schema(name);
              JsonObject json =
                  ((JsonObject) new RandomJson(1, true).of(variant))
                      .toBuilder().put(union.discriminator(), JsonString.of(value)).build();
              Object read = type.read(json);
              assertThat(read).as(value).isInstanceOf(Api.classOf(variant));
              assertThat(type.write(read)).isEqualTo(json);
            });
    assertThat(union.mapping().values()).containsAll(union.variants());
  }

  @ParameterizedTest
  @MethodSource("unions")
  void whatNobodyKnowsKeepsItsJson(Schema.UnionSchema union) {
    JsonType<Object> type = Api.typeOf(union);
    for (JsonValue discriminator :
        List.of(JsonString.of("FromTheFuture"), JsonString.of(""), JsonNumber.of(1))) {
      JsonObject json =
          JsonObject.builder()
              .put(union.discriminator(), discriminator)
              .put("new", JsonString.of("kept"))
              .build();
      Object read = type.read(json);
      assertThat(read.getClass().getSimpleName()).isEqualTo("Unknown");
      assertThat(type.write(read)).isEqualTo(json);
    }
    assertThat(type.write(type.read(JsonObject.empty()))).isEqualTo(JsonObject.empty());
  }
}
