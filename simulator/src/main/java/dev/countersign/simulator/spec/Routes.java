package dev.countersign.simulator.spec;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the operation for a method and path. Immutable. */
public final class Routes {

  /**
   * An operation and the values its path had for the template's parameters.
   *
   * @param operation the operation
   * @param parameters values by name, percent-decoded
   */
  public record Match(Operation operation, Map<String, String> parameters) {}

  /** Stands for a parameter among the segments; no literal segment is like it. */
  private static final String PARAMETER = "{}";

  private static final class Node {
    private final Map<String, Node> segments = new HashMap<>();
    private final Map<String, Target> operations = new HashMap<>();
  }

  /**
   * An operation and its template's parameters.
   *
   * @param names a name for each segment, empty for those that are no parameters
   */
  private record Target(Operation operation, List<String> names) {
    private Target(Operation operation) {
      this(operation, segments(operation.path()).stream().map(Routes::name).toList());
    }
  }

  private final Node root = new Node();
  private final List<Operation> all;

  Routes(List<Operation> operations) {
    this.all = operations;
    operations.forEach(this::add);
  }

  private void add(Operation operation) {
    Node node = root;
    for (String segment : segments(operation.path())) {
      node =
          node.segments.computeIfAbsent(
              isParameter(segment) ? PARAMETER : segment, ignored -> new Node());
    }
    node.operations.put(operation.method(), new Target(operation));
  }

  /** The operation for a method and a path without query, literal segments before parameters. */
  public Optional<Match> find(String method, String path) {
    List<String> segments = segments(path);
    return Optional.ofNullable(find(root, method, segments, 0))
        .map(target -> new Match(target.operation(), parameters(target, segments)));
  }

  /** The operation whose method and path look most like a request's, for a helpful message. */
  public String nearest(String method, String path) {
    List<String> segments = segments(path);
    return all.stream()
        .max(Comparator.comparingInt(operation -> likeness(operation, method, segments)))
        .map(operation -> operation.method() + " " + operation.path())
        .orElseThrow();
  }

  private static @Nullable Target find(Node node, String method, List<String> segments, int index) {
    if (index == segments.size()) {
      return node.operations.get(method);
    }
    String segment = segments.get(index);
    Node literal = isParameter(segment) ? null : node.segments.get(segment);
    Target found = literal == null ? null : find(literal, method, segments, index + 1);
    Node parameter = segment.isEmpty() ? null : node.segments.get(PARAMETER);
    return found == null && parameter != null
        ? find(parameter, method, segments, index + 1)
        : found;
  }

  private static Map<String, String> parameters(Target target, List<String> segments) {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (int i = 0; i < segments.size(); i++) {
      String name = target.names().get(i);
      if (!name.isEmpty()) {
        parameters.put(name, decoded(segments.get(i)));
      }
    }
    return parameters;
  }

  /** A segment with its percent-encoding undone; unchanged if that is malformed. */
  public static String decoded(String segment) {
    if (segment.indexOf('%') < 0) {
      return segment;
    }
    try {
      return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return segment;
    }
  }

  /** The segments of a path, still encoded. */
  public static List<String> segments(String path) {
    return new ArrayList<>(Arrays.asList(path.substring(1).split("/", -1)));
  }

  private static String name(String segment) {
    return isParameter(segment) ? segment.substring(1, segment.length() - 1) : "";
  }

  private static boolean isParameter(String segment) {
    return segment.startsWith("{");
  }

  private static int likeness(Operation operation, String method, List<String> segments) {
    List<String> template = segments(operation.path());
    int score = operation.method().equals(method) ? 1 : 0;
    score -= 4 * Math.abs(template.size() - segments.size());
    for (int i = 0; i < Math.min(template.size(), segments.size()); i++) {
      if (template.get(i).equals(segments.get(i))) {
        score += 4;
      } else if (isParameter(template.get(i))) {
        score += 1;
      } else if (template.get(i).startsWith(segments.get(i))
          || segments.get(i).startsWith(template.get(i))) {
        score += 3;
      }
    }
    return score;
  }
}
