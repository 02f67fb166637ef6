package dev.countersign.simulator.records;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Texts for fields about which nothing is known but their name and schema. */
final class Texts {

  private static final String PUBLIC_KEY =
      """
      -----BEGIN PUBLIC KEY-----
      MCowBQYDK2VwAyEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=
      -----END PUBLIC KEY-----
      """;

  /** Of the values of an enumeration, those that say most truly that nothing follows. */
  private static final List<String> PREFERRED =
      List.of("Active", "InProgress", "Processing", "Pending", "Mpc");

  private static final Set<String> AMOUNTS = Set.of("amount", "balance", "fee", "value");

  private final Facts facts;

  Texts(Facts facts) {
    this.facts = facts;
  }

  String of(String field, JsonNode schema) {
    if (schema.has("enum")) {
      return oneOf(schema.get("enum").valueStream().map(JsonNode::asText).toList());
    }
    if (schema.path("format").asText().equals("date-time")) {
      return facts.time();
    }
    if (schema.has("pattern")) {
      return matching(field, schema.get("pattern").asText());
    }
    String text = named(field);
    return text + "-".repeat(Math.max(0, schema.path("minLength").asInt() - text.length()));
  }

  private static String oneOf(List<String> values) {
    return PREFERRED.stream().filter(values::contains).findFirst().orElse(values.get(0));
  }

  /** A text for the description's patterns. */
  private String matching(String field, String pattern) {
    if (pattern.contains("BEGIN")) {
      return PUBLIC_KEY;
    }
    if (pattern.startsWith("^0x")) {
      return "0x" + facts.digits(field);
    }
    return "0";
  }

  private String named(String field) {
    String lower = field.toLowerCase(Locale.ROOT);
    if (lower.endsWith("id") && !lower.equals("tid")) {
      String prefix = lower.substring(0, Math.min(3, lower.length()));
      return facts.id(prefix, field);
    }
    if (lower.endsWith("url")) {
      return "https://simulator.localhost/" + field;
    }
    if (lower.endsWith("address")) {
      return "0x" + facts.digits(field);
    }
    if (AMOUNTS.stream().anyMatch(lower::endsWith)) {
      return "0";
    }
    return lower.equals("symbol") ? "USDC" : "simulated";
  }
}
