package dev.countersign.approval;

import dev.countersign.api.webhooks.WebhookEvent;
import dev.countersign.call.AnsweringCalls;
import dev.countersign.call.Calls;
import dev.countersign.error.RequestRejectedException;
import dev.countersign.http.JacksonCodec;
import dev.countersign.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The readable side of Dfns: entities by their paths, lists of them in pages, and a count. */
final class WaitedDfns {

  private static final Pattern QUERY = Pattern.compile("(limit|paginationToken|status)=([^&]*)");
  private static final int USUAL_PAGE = 20;

  private final Map<String, String> entities = new LinkedHashMap<>();
  private final Set<String> collections = new HashSet<>();
  private final Map<String, List<String>> lists = new HashMap<>();
  final List<String> requests = new ArrayList<>();

  /** What to answer instead, by the target; null for the usual. */
  Function<String, @Nullable CompletableFuture<String>> instead = target -> null;

  Calls calls() {
    return new AnsweringCalls(this::answer);
  }

  static String transferPath(String id) {
    return "/wallets/wa-1/transfers/" + id;
  }

  void transfer(String id, String status, String more) {
    transfer("wa-1", id, status, more);
  }

  void transfer(String wallet, String id, String status, String more) {
    put(
        "/wallets/" + wallet + "/transfers/" + id,
        "{\"id\":\"%s\",\"walletId\":\"%s\",\"status\":\"%s\"%s}"
            .formatted(id, wallet, status, more));
  }

  void approval(String id, String status, String decisions, String activity) {
    put(
        "/v2/policy-approvals/" + id,
        "{\"id\":\"%s\",\"status\":\"%s\",\"decisions\":[%s],\"activity\":%s}"
            .formatted(id, status, decisions, activity));
  }

  void put(String path, String json) {
    entities.put(path, json);
    collections.add(path.substring(0, path.lastIndexOf('/')));
    lists.clear();
  }

  static RequestRejectedException refused(int status) {
    return RequestRejectedException.of("readThing", status, "no").build();
  }

  static WebhookEvent event(String data) {
    byte[] json =
        ("{\"id\":\"whe-1\",\"kind\":\"any.kind\",\"data\":" + data + "}")
            .getBytes(StandardCharsets.UTF_8);
    return WebhookEvent.of((JsonObject) new JacksonCodec().parse(json));
  }

  String json(String path) {
    return entities.getOrDefault(path, "");
  }

  long lists() {
    return requests.stream().filter(target -> target.contains("?")).count();
  }

  private CompletableFuture<String> answer(String target) {
    requests.add(target);
    CompletableFuture<String> other = instead.apply(target);
    if (other != null) {
      return other;
    }
    int question = target.indexOf('?');
    if (question < 0 && !collections.contains(target)) {
      String found = entities.get(target);
      return found == null
          ? CompletableFuture.failedFuture(refused(404))
          : CompletableFuture.completedFuture(found);
    }
    return CompletableFuture.completedFuture(
        question < 0
            ? page(target, "")
            : page(target.substring(0, question), target.substring(question + 1)));
  }

  private String page(String path, String query) {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (Matcher m = QUERY.matcher(query); m.find(); ) {
      parameters.put(m.group(1), m.group(2));
    }
    String status = "\"status\":\"" + parameters.getOrDefault("status", "");
    List<String> all = lists.computeIfAbsent(path + status, key -> list(path, status));
    int from = Integer.parseInt(parameters.getOrDefault("paginationToken", "0"));
    int size = Integer.parseInt(parameters.getOrDefault("limit", "" + USUAL_PAGE));
    int to = Math.min(all.size(), from + size);
    return "{\"items\":["
        + String.join(",", all.subList(Math.min(from, to), to))
        + "]"
        + (to < all.size() ? ",\"nextPageToken\":\"" + to + "\"}" : "}");
  }

  private List<String> list(String path, String status) {
    return entities.entrySet().stream()
        .filter(e -> e.getKey().startsWith(path + "/"))
        .map(Map.Entry::getValue)
        .filter(json -> json.contains(status))
        .toList();
  }
}
