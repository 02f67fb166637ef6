package dev.countersign.simulator.call;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.crypto.Base64Url;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.state.Entity;
import dev.countersign.simulator.state.Table.Row;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.stream.Stream;

/**
 * Lists in pages, oldest first. A page's token is a position that never changes, so that nothing is
 * left out or shown twice, whatever is added meanwhile.
 */
public final class Pages {

  /** How many items a page has unless asked otherwise. */
  public static final int USUAL = 50;

  /** How many items a page has at most. */
  public static final int MOST = 1000;

  private static final String PREFIX = "after:";

  private Pages() {}

  /**
   * Answers one page.
   *
   * @param usual how many items unless the query has a limit
   * @param rows the rows after a position, in their order
   * @param view what the API shows of an item
   * @param frame further fields of the answer
   */
  public static Answer page(
      Call call,
      int usual,
      LongFunction<Stream<Row>> rows,
      Function<Entity, ObjectNode> view,
      ObjectNode frame) {
    String token = call.query("paginationToken");
    OptionalLong after = position(token);
    if (after.isEmpty()) {
      return Answer.refused(400, "paginationToken: not one of this list");
    }
    String asked = call.query("limit");
    int limit = usual;
    if (!asked.isEmpty()) {
      if (!asked.matches("[0-9]{1,4}")
          || Integer.parseInt(asked) < 1
          || Integer.parseInt(asked) > MOST) {
        return Answer.refused(400, "limit: must be 1 to " + MOST);
      }
      limit = Integer.parseInt(asked);
    }
    ArrayNode items = Json.array();
    ObjectNode answer = Json.object();
    answer.set("items", items);
    Iterator<Row> iterator = rows.apply(after.getAsLong()).iterator();
    long last = 0;
    while (items.size() < limit && iterator.hasNext()) {
      Row row = iterator.next();
      items.add(view.apply(row.entity()));
      last = row.position();
    }
    if (iterator.hasNext()) {
      answer.put("nextPageToken", Base64Url.encode(PREFIX + last));
    }
    answer.setAll(frame);
    return Answer.ok(answer);
  }

  private static OptionalLong position(String token) {
    if (token.isEmpty()) {
      return OptionalLong.of(0);
    }
    return Base64Url.decode(token)
        .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
        .filter(text -> text.matches(PREFIX + "[0-9]{1,18}"))
        .map(text -> OptionalLong.of(Long.parseLong(text.substring(PREFIX.length()))))
        .orElse(OptionalLong.empty());
  }
}
