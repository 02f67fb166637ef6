package dev.countersign.json;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a builder demands of an object before it becomes a view that is sent. Immutable.
 *
 * <p>Messages name the type, the member and what is expected, never the value: it may be a secret.
 */
public final class JsonRules {

  private final String type;
  private final List<Rule> rules;

  private JsonRules(String type, List<Rule> rules) {
    this.type = type;
    this.rules = rules;
  }

  /** No rules yet, for the type of this name. */
  public static JsonRules of(String type) {
    return new JsonRules(type, List.of());
  }

  /** The members must be there and must not be null. */
  public JsonRules required(String... names) {
    JsonRules more = this;
    for (String name : names) {
      more = more.and(o -> has(o, name) ? null : "needs '" + name + "'");
    }
    return more;
  }

  /** The members must be there, be it as null. */
  public JsonRules present(String... names) {
    JsonRules more = this;
    for (String name : names) {
      more = more.and(o -> o.has(name) ? null : "needs '" + name + "', which may be null");
    }
    return more;
  }

  /** The member, if there, must be this value. */
  public JsonRules constant(String name, JsonValue value) {
    return member(name, value::equals, "to be " + value);
  }

  /** The member, if there, must be a string that matches as a whole. */
  public JsonRules matches(String name, String regex) {
    Pattern pattern = Pattern.compile(regex);
    return member(name, v -> matches(pattern, v), "to match " + regex);
  }

  /** The member, if there, must be an array of strings that each match as a whole. */
  public JsonRules eachMatches(String name, String regex) {
    Pattern pattern = Pattern.compile(regex);
    return member(
        name,
        v -> v instanceof JsonArray a && a.elements().stream().allMatch(e -> matches(pattern, e)),
        "to hold only what matches " + regex);
  }

  /** The member, if there, must be a string of so many characters (code points). */
  public JsonRules length(String name, long min, long max) {
    return member(
        name,
        v -> v instanceof JsonString s && within(min, max, s.value().codePoints().count()),
        "to have " + span(min, max) + " character" + plural(min, max));
  }

  /** The member, if there, must be an array of so many elements. */
  public JsonRules size(String name, long min, long max) {
    return member(
        name,
        v -> v instanceof JsonArray a && within(min, max, a.elements().size()),
        "to have " + span(min, max) + " element" + plural(min, max));
  }

  /** The member, if there, must be a number in this range, ends included. */
  public JsonRules range(String name, long min, long max) {
    return member(
        name,
        v ->
            v instanceof JsonNumber n
                && n.decimal().compareTo(BigDecimal.valueOf(min)) >= 0
                && n.decimal().compareTo(BigDecimal.valueOf(max)) <= 0,
        "to be " + span(min, max));
  }

  /**
   * Checks an object.
   *
   * @throws IllegalArgumentException at the first rule that is broken
   */
  void check(JsonObject object) {
    for (Rule rule : rules) {
      String complaint = rule.complaint(object);
      if (complaint != null) {
        throw new IllegalArgumentException(type + " " + complaint);
      }
    }
  }

  private JsonRules member(String name, Predicate<JsonValue> accepts, String expectation) {
    return and(
        o -> {
          JsonValue value = o.get(name);
          return value == null || value == JsonNull.NULL || accepts.test(value)
              ? null
              : "needs '" + name + "' " + expectation;
        });
  }

  private JsonRules and(Rule rule) {
    List<Rule> more = new ArrayList<>(rules);
    more.add(rule);
    return new JsonRules(type, List.copyOf(more));
  }

  private static boolean has(JsonObject object, String name) {
    JsonValue value = object.get(name);
    return value != null && value != JsonNull.NULL;
  }

  private static boolean matches(Pattern pattern, JsonValue value) {
    return value instanceof JsonString s && pattern.matcher(s.value()).matches();
  }

  private static boolean within(long min, long max, long value) {
    return min <= value && value <= max;
  }

  private static String span(long min, long max) {
    return max == Long.MAX_VALUE ? "at least " + min : min + " to " + max;
  }

  private static String plural(long min, long max) {
    return min == 1 && max == Long.MAX_VALUE ? "" : "s";
  }

  private interface Rule {
    @Nullable String complaint(JsonObject object);
  }
}
