package dev.countersign.simulator.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.countersign.api.Api;
import dev.countersign.api.RandomJson;
import dev.countersign.codegen.Schema;
import dev.countersign.http.JacksonCodec;
import dev.countersign.json.JsonCodec;
import dev.countersign.json.JsonType;
import dev.countersign.json.JsonValue;
import dev.countersign.simulator.json.Json;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Text to type to text, for every schema: random values that the JSON Schema validator finds valid,
 * and others with fields, values and variants that nobody knows yet.
 */
final class RoundTripTest {

  private static final int SEEDS = 20;
  private static final JsonCodec CODEC = new JacksonCodec();

  private static int schemas;
  private static int valid;
  private static int beyond;

  static List<String> names() {
    return Api.DESCRIPTION.schemas().stream().map(Schema::name).toList();
  }

  @AfterAll
  static void report() {
    System.out.println(
        "%d schemas of %d: %d valid values and %d beyond the description went round unchanged"
            .formatted(schemas, names().size(), valid, beyond));
  }

  @ParameterizedTest
  @MethodSource("names")
  void nothingIsLostOrChangedOnTheWay(String name) {
    Schema schema = Api.DESCRIPTION.schema(name);
    JsonNode described = RawDescription.shared().schemas().path(name);
    for (long seed = 0; seed < SEEDS; seed++) {
      byte[] text = CODEC.write(new RandomJson(seed, false).of(schema));
      assertThat(RawDescription.shared().faults(described, Json.parse(text).orElseThrow()))
          .isEmpty();
      assertThat(roundTrip(schema, text)).isEqualTo(text);
      valid++;
      byte[] unknown = CODEC.write(new RandomJson(seed, true).of(schema));
      assertThat(roundTrip(schema, unknown)).isEqualTo(unknown);
      beyond++;
    }
    schemas++;
  }

  private static byte[] roundTrip(Schema schema, byte[] text) {
    JsonType<Object> type = Api.typeOf(schema);
    JsonValue json = CODEC.parse(text);
    Object value = type.read(json);
    JsonValue written = type.write(value);
    assertThat(written).isEqualTo(json);
    return CODEC.write(written);
  }
}
