package dev.countersign.simulator.crypto;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;

/**
 * One value of CBOR, the way authenticators write.
 *
 * @param value the value; the numbers that name a map's entries as text
 * @param length how many bytes it takes
 */
record Cbor(JsonNode value, int length) {

  private static final ObjectReader READER =
      CBORMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build()
          .readerFor(JsonNode.class);

  Cbor {
    Objects.requireNonNull(value, "value");
  }

  /** The first value of some bytes, if they begin with one. */
  static Optional<Cbor> first(byte[] bytes) {
    try (JsonParser parser = READER.createParser(bytes)) {
      JsonNode value = READER.readTree(parser);
      return value == null
          ? Optional.empty()
          : Optional.of(new Cbor(value, (int) parser.currentLocation().getByteOffset()));
    } catch (IOException | RuntimeException e) {
      // Jackson throws many kinds for bytes that are no CBOR
      return Optional.empty();
    }
  }

  /** The bytes of a map's entry; none if it has no such entry of bytes. */
  static byte[] bytes(JsonNode map, String name) {
    try {
      JsonNode value = map.path(name);
      return value.isBinary() ? value.binaryValue() : new byte[0];
    } catch (IOException e) {
      return new byte[0];
    }
  }
}
