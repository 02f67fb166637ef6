package dev.countersign.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes JSON values; the same seed makes the same value. Not thread-safe. */
final class RandomJson {

  private static final String[] LITERALS = {
    "0", "-0", "1", "-1.50", "1e5", "1E-5", "123456789012345678901234567890", "0.1", "1e999999999"
  };

  private final Random random;

  RandomJson(long seed) {
    this.random = new Random(seed);
  }

  JsonValue value() {
    return value(0);
  }

  private JsonValue value(int depth) {
    return switch (random.nextInt(depth > 5 ? 4 : 6)) {
      case 0 -> JsonString.of(text());
      case 1 ->
          random.nextBoolean()
              ? JsonNumber.of(random.nextLong())
              : JsonNumber.parse(LITERALS[random.nextInt(LITERALS.length)]);
      case 2 -> JsonBoolean.of(random.nextBoolean());
      case 3 -> JsonNull.NULL;
      case 4 -> {
        List<JsonValue> elements = new ArrayList<>();
        for (int i = random.nextInt(6); i > 0; i--) {
          elements.add(value(depth + 1));
        }
        yield JsonArray.of(elements);
      }
      default -> {
        JsonObject.Builder object = JsonObject.builder();
        for (int i = random.nextInt(random.nextInt(8) == 0 ? 30 : 6); i > 0; i--) {
          object.put(name(), value(depth + 1));
        }
        yield object.build();
      }
    };
  }

  private String name() {
    return text()
        .codePoints()
        .filter(c -> c < 0xD800 || c > 0xDFFF)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  /** Any chars at all, half surrogate pairs among them. */
  private String text() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(10); i > 0; i--) {
      switch (random.nextInt(5)) {
        case 0 -> text.append((char) random.nextInt(0x10000));
        case 1 -> text.append((char) random.nextInt(0x30));
        case 2 -> text.appendCodePoint(0x10000 + random.nextInt(0x100000));
        default -> text.append((char) ('a' + random.nextInt(26)));
      }
    }
    return text.toString();
  }
}
