package dev.countersign.simulator.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.state.Journal;
import dev.countersign.simulator.state.Tenant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * What the lines of a store's file say, one after the other: a JSON object each, the first of which
 * names the format.
 */
final class StoredLines {

  private static final String FORMAT = "countersign-simulator-store";
  private static final int VERSION = 1;

  private final Map<String, Stored> organisations = new LinkedHashMap<>();
  private final AtomicBoolean begun = new AtomicBoolean();

  /** One organisation: what it is made from, and its entries by their keys. */
  private static final class Stored {
    private final long seed;
    private final String name;
    private final Map<String, JsonNode> entries = new TreeMap<>();

    Stored(long seed, String name) {
      this.seed = seed;
      this.name = name;
    }
  }

  /** The first line. */
  static byte[] first() {
    return Json.bytes(Json.object().put("format", FORMAT).put("version", VERSION));
  }

  /** That an organisation is kept from now on. */
  static byte[] taken(Tenant tenant) {
    return taken(tenant.id(), tenant.seedNumber(), tenant.name());
  }

  private static byte[] taken(String id, long seed, String name) {
    return Json.bytes(Json.object().put("organisation", id).put("seed", seed).put("name", name));
  }

  /** That something of an organisation changed. */
  static byte[] changed(String id, Journal.Changes changes) {
    ObjectNode line = Json.object().put("organisation", id);
    if (changes.anew()) {
      line.put("anew", true);
    }
    ObjectNode put = line.putObject("put");
    changes.put().forEach(put::set);
    line.set("removed", Json.texts(changes.removed()));
    return Json.bytes(line);
  }

  /** That an organisation is no longer kept. */
  static byte[] forgotten(String id) {
    return Json.bytes(Json.object().put("organisation", id).put("forgotten", true));
  }

  /**
   * Takes in the next line.
   *
   * @throws IllegalArgumentException if it is none of a store of this version
   */
  void accept(byte[] bytes) {
    JsonNode line =
        Json.parse(bytes).orElseThrow(() -> new IllegalArgumentException("a line is not JSON"));
    if (!begun.get()) {
      begun.set(
          line.path("format").asText().equals(FORMAT) && line.path("version").asInt() == VERSION);
      if (!begun.get()) {
        throw new IllegalArgumentException("its first line does not name this version's format");
      }
      return;
    }
    String id = line.path("organisation").asText();
    if (line.has("seed")) {
      organisations.put(id, new Stored(line.path("seed").asLong(), line.path("name").asText()));
    } else if (line.has("forgotten")) {
      organisations.remove(id);
    } else {
      change(organisations.get(id), line);
    }
  }

  private static void change(@Nullable Stored stored, JsonNode line) {
    if (stored == null) {
      throw new IllegalArgumentException("a line is of an organisation that is not there");
    }
    if (line.path("anew").asBoolean()) {
      stored.entries.clear();
    }
    line.path("put").properties().forEach(it -> stored.entries.put(it.getKey(), it.getValue()));
    line.path("removed").forEach(key -> stored.entries.remove(key.asText()));
  }

  /** Whether there was a first line. */
  boolean isBegun() {
    return begun.get();
  }

  /**
   * The organisations, in the order they came. One that has no entries was being made when the
   * process ended, and nobody was told of it.
   */
  List<KeptOrganisation> organisations() {
    List<KeptOrganisation> all = new ArrayList<>();
    organisations.forEach(
        (id, it) -> {
          if (!it.entries.isEmpty()) {
            all.add(new KeptOrganisation(id, it.seed, it.name, Tenant.moment(it.entries)));
          }
        });
    return all;
  }

  /** The fewest lines that say the same. */
  List<byte[]> rewritten() {
    List<byte[]> lines = new ArrayList<>();
    lines.add(first());
    organisations.forEach(
        (id, it) -> {
          lines.add(taken(id, it.seed, it.name));
          lines.add(changed(id, new Journal.Changes(true, it.entries, Set.of())));
        });
    return lines;
  }
}
