package dev.countersign.simulator.keys;

import dev.countersign.simulator.call.Answer;
import dev.countersign.simulator.call.Call;
import dev.countersign.simulator.call.Resource;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.state.Entity;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/**
 * Deriving from Diffie-Hellman keys (docs.dfns.co, Derive Key): the same key, domain and seed give
 * the same 32 bytes, and nothing else does. They are not those of RFC 9380.
 */
final class Derivation {

  private Derivation() {}

  static Answer derive(Call call) {
    Entity key = call.resource(Resource.KEY);
    Optional<Answer> unusable = Keys.unusable(call, key);
    if (unusable.isPresent()) {
      return unusable.get();
    }
    if (!key.text("scheme").equals("DH")) {
      return Answer.refused(400, "Only DH keys derive, not " + key.text("scheme") + " keys")
          .detail("keyId", key.id());
    }
    for (String field : new String[] {"domain", "seed"}) {
      if (digits(call, field).isEmpty()) {
        return Answer.refused(400, "Validation error: " + field + ": must be hexadecimal");
      }
    }
    String name =
        "output of " + key.id() + " " + digits(call, "domain") + " " + digits(call, "seed");
    return Answer.ok(
        Json.object().put("output", "0x" + HexFormat.of().formatHex(call.tenant().derive(name))));
  }

  /** A field's hexadecimal digits in lower case; empty if it is not hexadecimal. */
  private static String digits(Call call, String field) {
    String text = call.text(field).toLowerCase(Locale.ROOT);
    String digits = text.startsWith("0x") ? text.substring(2) : text;
    return digits.matches("([0-9a-f]{2})+") ? digits : "";
  }
}
