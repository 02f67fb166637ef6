package dev.countersign.call;

import dev.countersign.action.UserAction;
import dev.countersign.json.JsonCodec;
import dev.countersign.json.JsonNull;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonString;
import dev.countersign.json.JsonValue;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The {@code externalId} of bodies, by which Dfns recognises a repeat.
 *
 * <p>One that is made here is {@code cs-} and 128 random bits as 32 lower-case hexadecimal digits:
 * 35 characters of the 50 that Dfns allows.
 */
final class ExternalIds {

  private static final String NAME = "externalId";
  private static final int BYTES = 16;

  private ExternalIds() {}

  /** A new one. */
  static String make(RandomGenerator random) {
    byte[] bits = new byte[BYTES];
    random.nextBytes(bits);
    return "cs-" + HexFormat.of().formatHex(bits);
  }

  /** The body with an {@code externalId}: its own, whatever it is, or else a new one. */
  static JsonValue in(JsonValue body, RandomGenerator random) {
    if (!(body instanceof JsonObject object)
        || (object.has(NAME) && object.get(NAME) != JsonNull.NULL)) {
      return body;
    }
    return object.toBuilder().put(NAME, JsonString.of(make(random))).build();
  }

  /** The one in a frozen request, if it is one that Dfns recognises. */
  static @Nullable String of(UserAction action, JsonCodec codec) {
    return FrozenBody.of(action, codec).get(NAME) instanceof JsonString id && !id.value().isEmpty()
        ? id.value()
        : null;
  }
}
