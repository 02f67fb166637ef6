package dev.countersign.json;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Collects the members of a {@link JsonView}. A member that is not set stays absent, and members of
 * the view it was started from stay as they are. Not thread-safe.
 *
 * @param <V> the view
 * @param <B> the builder itself
 */
public abstract class JsonViewBuilder<V extends JsonView, B extends JsonViewBuilder<V, B>> {

  private final JsonObject.Builder members;

  /** A builder that starts with the members of an object. */
  protected JsonViewBuilder(JsonObject start) {
    this.members = start.toBuilder();
  }

  /**
   * Sets a member as it is: the way to send what this version has no method for. The value is
   * checked like any other when the view is built, if this version knows a rule for it.
   */
  public final B with(String name, JsonValue value) {
    members.put(name, value);
    return self();
  }

  /**
   * The view.
   *
   * @throws IllegalArgumentException with a sentence, if a required member is missing or a value
   *     breaks a rule of the API that this version knows
   */
  public abstract V build();

  /** Sets a member. */
  protected final <T> B set(String name, JsonType<T> type, T value) {
    return with(name, type.write(Objects.requireNonNull(value, name)));
  }

  /** Sets a member that is an array. */
  protected final <T> B setList(String name, JsonType<T> element, List<? extends T> values) {
    return with(name, JsonArray.of(Objects.requireNonNull(values, name), element::write));
  }

  /** Sets a member that is an object with free names. */
  protected final <T> B setMap(String name, JsonType<T> value, Map<String, ? extends T> values) {
    JsonObject.Builder object = JsonObject.builder();
    Objects.requireNonNull(values, name).forEach((key, v) -> object.put(key, value.write(v)));
    return with(name, object.build());
  }

  /** The members so far, if they keep the rules. */
  protected final JsonObject checked(JsonRules rules) {
    JsonObject object = members.build();
    rules.check(object);
    return object;
  }

  @SuppressWarnings("unchecked") // B is the type of this by its declaration
  private B self() {
    return (B) this;
  }
}
