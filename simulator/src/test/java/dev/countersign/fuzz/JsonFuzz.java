package dev.countersign.fuzz;

import static dev.countersign.fuzz.Fuzz.require;

import dev.countersign.error.ProtocolException;
import dev.countersign.http.JacksonCodec;
import dev.countersign.json.JsonValue;
import java.util.stream.Stream;

/** Bytes are JSON that is kept whole, or are refused with a place and nothing of what is there. */
public final class JsonFuzz extends FuzzTarget {

  private static final JacksonCodec CODEC = new JacksonCodec();

  static Stream<byte[]> seeds() {
    return Fuzz.seeds(
        "{\"id\":\"wa-1\",\"n\":-1.5e-7,\"a\":[true,false,null,{}],\"\\ud83d\\ude00\":\"\\u0000\\n\"}",
        "[[[[[[[[1]]]]]]]]",
        "{\"a\":1,\"a\":2}",
        "\"\\ud800\"",
        "1e999999999",
        "123456789012345678901234567890.10",
        "{\"a\":tru");
  }

  @Override
  protected void fed(byte[] input) throws Exception {
    Fuzz.bounded(input.length, 2_000, () -> read(input));
  }

  private static void read(byte[] input) {
    JsonValue value;
    try {
      value = CODEC.parse(input);
    } catch (ProtocolException e) {
      require(
          String.valueOf(e.getMessage())
              .matches(
                  "(At byte offset [0-9]+, |There is no JSON: |The JSON starts with a byte order mark).*"),
          "A refusal names the place: " + e.getMessage());
      require(e.getCause() == null, "No message of the parser is passed on");
      requireWithoutText(input, String.valueOf(e.getMessage()));
      return;
    }
    byte[] written = CODEC.write(value);
    JsonValue again = CODEC.parse(written);
    require(again.equals(value), "What is written is what was read");
    require(again.hashCode() == value.hashCode(), "What is equal has the same hash");
    require(java.util.Arrays.equals(CODEC.write(again), written), "Writing is stable");
    require(!value.describe().isBlank() && value.toString() != null, "A value can be told of");
  }

  /** No run of eight letters of the input that is not one of the message's own words. */
  private static void requireWithoutText(byte[] input, String message) {
    for (String word : message.split("[^A-Za-z0-9]+", -1)) {
      if (word.length() >= 12) {
        require(!Fuzz.latin(input).contains(word), "A refusal quotes the text");
      }
    }
  }
}
