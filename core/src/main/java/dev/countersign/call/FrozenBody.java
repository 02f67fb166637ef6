package dev.countersign.call;

import dev.countersign.action.UserAction;
import dev.countersign.error.ProtocolException;
import dev.countersign.json.JsonBoolean;
import dev.countersign.json.JsonCodec;
import dev.countersign.json.JsonNumber;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonString;
import dev.countersign.json.JsonValue;
import dev.countersign.json.SecretNames;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a frozen request says of itself when its bytes are read again. */
final class FrozenBody {

  private static final int MAX_FIELD = 200;

  private FrozenBody() {}

  /** The body as JSON; an empty object if it is something else. */
  static JsonObject of(UserAction action, JsonCodec codec) {
    if (action.contentType().filter("application/json"::equals).isEmpty()) {
      return JsonObject.empty();
    }
    try {
      return codec.parse(action.payload()) instanceof JsonObject body ? body : JsonObject.empty();
    } catch (ProtocolException e) {
      return JsonObject.empty();
    }
  }

  /**
   * What an effect can be found by: the texts, numbers and booleans at the top of the body that are
   * no secret and not long.
   */
  static Map<String, String> fields(UserAction action, JsonCodec codec) {
    Map<String, String> fields = new LinkedHashMap<>();
    JsonObject body = of(action, codec);
    for (String name : body.names()) {
      String text = text(body.get(name));
      if (!text.isEmpty() && text.length() <= MAX_FIELD && !SecretNames.contains(name)) {
        fields.put(name, text);
      }
    }
    return fields;
  }

  private static String text(@Nullable JsonValue value) {
    if (value instanceof JsonString string) {
      return string.value();
    }
    return value instanceof JsonNumber number
        ? number.literal()
        : value instanceof JsonBoolean bool ? bool.toString() : "";
  }
}
