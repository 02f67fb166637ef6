package dev.countersign.simulator.records;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.call.Call;
import dev.countersign.simulator.call.Times;
import dev.countersign.simulator.crypto.Base64Url;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.state.Tenant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is known while a record is made: what was sent, who sent it, what it belongs to. Values are
 * found by the name of the field they are for.
 */
final class Facts {

  /** Fields that mean something else in each object. */
  private static final Set<String> OWN = Set.of("id", "kind", "status", "name", "tags", "actions");

  private final Tenant tenant;
  private final ObjectNode said = Json.object();
  private final ObjectNode context = Json.object();

  private Facts(Tenant tenant) {
    this.tenant = tenant;
  }

  /** What is known of an organisation. */
  static Facts in(Tenant tenant) {
    Facts facts = new Facts(tenant);
    facts.said.put("orgId", tenant.id());
    return facts;
  }

  /** What a call says. */
  static Facts of(Call call) {
    Facts facts = in(call.tenant());
    call.json().properties().forEach(field -> facts.said.set(field.getKey(), field.getValue()));
    facts.said.remove(OWN);
    call.parameters().forEach(facts.said::put);
    String caller = call.caller().userId();
    if (!caller.isEmpty()) {
      facts.context.put("userId", caller).put("createdBy", caller);
      facts.context.set("requester", call.caller().requester());
    }
    return facts;
  }

  /** Forgets what was said of some fields. */
  Facts without(Set<String> fields) {
    said.remove(fields);
    return this;
  }

  /** Adds what is known of something that the call refers to; what was known before prevails. */
  void add(JsonNode about) {
    for (Map.Entry<String, JsonNode> field : about.properties()) {
      if (!OWN.contains(field.getKey()) && !context.has(field.getKey())) {
        context.set(field.getKey(), field.getValue());
      }
    }
  }

  /** What a field is that has to be there. */
  Optional<JsonNode> about(String field) {
    return said(field).or(() -> Optional.ofNullable(context.get(field)));
  }

  /** What was said of a field that may be left out. */
  Optional<JsonNode> said(String field) {
    return Optional.ofNullable(said.get(field));
  }

  /** The time of the call. */
  String time() {
    return Times.text(tenant.now());
  }

  /** An identifier for something that nobody created; always the same for a name. */
  String id(String prefix, String name) {
    String text =
        Base64Url.encode(tenant.derive("record " + name))
            .toLowerCase(Locale.ROOT)
            .replaceAll("[_-]", "0");
    return prefix
        + "-"
        + text.substring(0, 5)
        + "-"
        + text.substring(5, 10)
        + "-"
        + text.substring(10, 26);
  }

  /** Forty hexadecimal digits that belong to a name. */
  String digits(String name) {
    return HexFormat.of().formatHex(tenant.derive("record " + name), 0, 20);
  }
}
