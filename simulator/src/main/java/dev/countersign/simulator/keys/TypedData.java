package dev.countersign.simulator.keys;

import com.fasterxml.jackson.databind.JsonNode;
import dev.countersign.simulator.crypto.Keccak;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The digest of structured data (EIP-712). The primary type is the one that no other uses, since
 * requests do not name it.
 */
final class TypedData {

  private static final String DOMAIN = "EIP712Domain";
  private static final int DEEPEST = 32;
  private static final Pattern ARRAY = Pattern.compile("(.+)\\[([0-9]{0,9})]");

  /** The fields that a domain may have, in the order that their type has them. */
  private static final Map<String, String> DOMAIN_FIELDS =
      Map.of(
          "name", "string",
          "version", "string",
          "chainId", "uint256",
          "verifyingContract", "address",
          "salt", "bytes32");

  private static final String[] DOMAIN_ORDER = {
    "name", "version", "chainId", "verifyingContract", "salt"
  };

  private final JsonNode types;

  private TypedData(JsonNode types) {
    this.types = types;
  }

  /**
   * The 32 bytes that are signed.
   *
   * @throws IllegalArgumentException with the place, if the data does not go with its types
   */
  static byte[] digest(JsonNode body) {
    TypedData data = new TypedData(body.path("types"));
    String primary = data.primaryType();
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(new byte[] {0x19, 0x01});
    all.writeBytes(domain(body.path("domain")));
    all.writeBytes(data.struct(primary, body.path("message"), "message", 0));
    return Keccak.digest(all.toByteArray());
  }

  /** Something of the data that cannot be signed, and where it is. */
  static IllegalArgumentException fault(String where, String what) {
    return new IllegalArgumentException(where + ": " + what);
  }

  private String primaryType() {
    Set<String> roots = new TreeSet<>();
    types.fieldNames().forEachRemaining(roots::add);
    roots.remove(DOMAIN);
    for (String name : Set.copyOf(roots)) {
      for (JsonNode field : types.path(name)) {
        String used = elementType(field.path("type").asText());
        if (!used.equals(name)) {
          roots.remove(used);
        }
      }
    }
    if (roots.size() != 1) {
      throw fault("types", "exactly one type must not be used by another, not " + roots);
    }
    return roots.iterator().next();
  }

  private static byte[] domain(JsonNode domain) {
    StringBuilder type = new StringBuilder();
    ByteArrayOutputStream values = new ByteArrayOutputStream();
    for (String field : DOMAIN_ORDER) {
      if (domain.hasNonNull(field)) {
        String kind = DOMAIN_FIELDS.getOrDefault(field, "");
        type.append(type.isEmpty() ? "" : ",").append(kind).append(' ').append(field);
        values.writeBytes(AbiValues.encoded(kind, domain.get(field), "domain." + field));
      }
    }
    return hashed(DOMAIN + "(" + type + ")", values);
  }

  private static byte[] hashed(String type, ByteArrayOutputStream values) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(Keccak.digest(type.getBytes(StandardCharsets.UTF_8)));
    all.writeBytes(values.toByteArray());
    return Keccak.digest(all.toByteArray());
  }

  private byte[] struct(String type, JsonNode value, String where, int depth) {
    if (depth > DEEPEST) {
      throw fault(where, "is nested too deeply");
    }
    if (!value.isObject()) {
      throw fault(where, "must be an object of the type " + type);
    }
    ByteArrayOutputStream values = new ByteArrayOutputStream();
    for (JsonNode field : types.path(type)) {
      String name = field.path("name").asText();
      String place = where + "." + name;
      if (!value.hasNonNull(name)) {
        throw fault(place, "required field is missing");
      }
      values.writeBytes(encoded(field.path("type").asText(), value.get(name), place, depth + 1));
    }
    return hashed(described(type), values);
  }

  private byte[] encoded(String type, JsonNode value, String where, int depth) {
    Matcher array = ARRAY.matcher(type);
    if (array.matches()) {
      String size = array.group(2);
      if (!value.isArray() || (!size.isEmpty() && value.size() != Integer.parseInt(size))) {
        throw fault(where, "must be an array of the type " + type);
      }
      ByteArrayOutputStream elements = new ByteArrayOutputStream();
      for (int i = 0; i < value.size(); i++) {
        elements.writeBytes(encoded(array.group(1), value.get(i), where + "." + i, depth + 1));
      }
      return Keccak.digest(elements.toByteArray());
    }
    return types.has(type)
        ? struct(type, value, where, depth)
        : AbiValues.encoded(type, value, where);
  }

  /** A type and all that it uses, those in the order of their names. */
  private String described(String type) {
    Set<String> used = new LinkedHashSet<>();
    collect(type, used);
    used.remove(type);
    StringBuilder text = new StringBuilder(line(type));
    new TreeSet<>(used).forEach(name -> text.append(line(name)));
    return text.toString();
  }

  private void collect(String type, Set<String> found) {
    if (types.has(type) && found.add(type)) {
      types.path(type).forEach(field -> collect(elementType(field.path("type").asText()), found));
    }
  }

  private String line(String type) {
    return types
        .path(type)
        .valueStream()
        .map(field -> field.path("type").asText() + " " + field.path("name").asText())
        .collect(Collectors.joining(",", type + "(", ")"));
  }

  private static String elementType(String type) {
    Matcher array = ARRAY.matcher(type);
    return array.matches() ? elementType(array.group(1)) : type;
  }
}
