package dev.countersign.simulator.wallets;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.state.Tenant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * An asset on some network.
 *
 * @param kind as transfers name it, such as {@code Erc20}
 * @param values what tells it apart from others of its kind, in the order of its fields
 */
record AssetId(String kind, List<String> values) {

  static final String NATIVE = "Native";

  /** The fields that tell assets apart, by their kind. */
  private static final Map<String, List<String>> FIELDS =
      Map.ofEntries(
          Map.entry(NATIVE, List.of()),
          Map.entry("Erc20", List.of("contract")),
          Map.entry("Erc7984", List.of("contract")),
          Map.entry("Trc20", List.of("contract")),
          Map.entry("Snip2", List.of("contract")),
          Map.entry("Spl", List.of("mint")),
          Map.entry("Spl2022", List.of("mint")),
          Map.entry("Asa", List.of("assetId")),
          Map.entry("Asset", List.of("assetId")),
          Map.entry("Tep74", List.of("master")),
          Map.entry("Coin", List.of("coin")),
          Map.entry("Aip21", List.of("metadata")),
          Map.entry("Hts", List.of("tokenId")),
          Map.entry("Trc10", List.of("tokenId")),
          Map.entry("Xls33", List.of("issuanceId")),
          Map.entry("Cis2", List.of("tokenAddress")),
          Map.entry("Cis7", List.of("tokenId")),
          Map.entry("Iou", List.of("currency", "issuer")),
          Map.entry("Sep41", List.of("assetCode", "issuer")),
          Map.entry("Cip56", List.of("instrumentId", "instrumentAdmin")));

  AssetId {
    Objects.requireNonNull(kind, "kind");
    values = List.copyOf(values);
  }

  static AssetId ofNative() {
    return new AssetId(NATIVE, List.of());
  }

  /** What a transfer moves; nothing if that has no amount, as a collectible has none. */
  static Optional<AssetId> of(JsonNode transfer) {
    String kind = transfer.path("kind").asText();
    List<String> fields = FIELDS.get(kind);
    if (fields == null || !transfer.has("amount")) {
      return Optional.empty();
    }
    List<String> values = new ArrayList<>();
    fields.forEach(field -> values.add(transfer.path(field).asText()));
    return Optional.of(new AssetId(kind, values));
  }

  /**
   * An asset by its name, {@code native} or such as {@code erc20:0x…}; what follows {@code native:}
   * does not matter.
   *
   * @throws IllegalArgumentException if there is no such kind, or something is missing
   */
  static AssetId parse(String tid) {
    String[] parts = tid.split(":", -1);
    String kind =
        FIELDS.keySet().stream()
            .filter(it -> it.equalsIgnoreCase(parts[0]))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "An asset is named native, or its kind and identifier such as erc20:0x…,"
                            + " not "
                            + tid));
    if (kind.equals(NATIVE)) {
      return ofNative();
    }
    List<String> values = List.of(parts).subList(1, parts.length);
    int needed = fields(kind).size();
    if (values.size() != needed || values.contains("")) {
      throw new IllegalArgumentException(
          "An asset of the kind " + kind + " is named with its " + fields(kind) + ", not " + tid);
    }
    return new AssetId(kind, values);
  }

  /** Its name in lower case, such as {@code native:eth} or {@code erc20:0x…}. */
  String tid(Tenant tenant, String network) {
    return kind.equals(NATIVE)
        ? Chain.nativeTid(tenant, network)
        : (kind + ":" + String.join(":", values)).toLowerCase(Locale.ROOT);
  }

  /** Its kind and what tells it apart, as bodies and answers have it. */
  ObjectNode described() {
    ObjectNode described = Json.object().put("kind", kind);
    for (int i = 0; i < values.size(); i++) {
      described.put(fields(kind).get(i), values.get(i));
    }
    return described;
  }

  private static List<String> fields(String kind) {
    return FIELDS.getOrDefault(kind, List.of());
  }
}
