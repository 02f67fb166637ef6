package dev.countersign.json;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.RandomAccess;
import java.util.function.Function;

/** A JSON array. */
public final class JsonArray implements JsonValue {

  private final List<JsonValue> elements;

  private JsonArray(List<JsonValue> elements) {
    this.elements = elements;
  }

  /** The JSON value of a list. */
  public static JsonArray of(List<? extends JsonValue> elements) {
    return new JsonArray(List.copyOf(elements));
  }

  /** The JSON value of a list of anything, each element converted now. */
  public static <E> JsonArray of(
      Iterable<? extends E> elements, Function<? super E, ? extends JsonValue> toJson) {
    List<JsonValue> values = new ArrayList<>();
    elements.forEach(e -> values.add(toJson.apply(e)));
    return of(values);
  }

  /** The elements; unmodifiable. */
  public List<JsonValue> elements() {
    return elements;
  }

  /**
   * A view of the elements as something else, each converted when it is asked for; unmodifiable.
   */
  public <E> List<E> as(Function<? super JsonValue, ? extends E> type) {
    return new View<>(elements, type);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof JsonArray that && elements.equals(that.elements);
  }

  @Override
  public int hashCode() {
    return elements.hashCode();
  }

  @Override
  public String toString() {
    return JsonPrinter.print(this);
  }

  private static final class View<E> extends AbstractList<E> implements RandomAccess {
    private final List<JsonValue> elements;
    private final Function<? super JsonValue, ? extends E> type;

    View(List<JsonValue> elements, Function<? super JsonValue, ? extends E> type) {
      this.elements = elements;
      this.type = type;
    }

    @Override
    public E get(int index) {
      return type.apply(elements.get(index));
    }

    @Override
    public int size() {
      return elements.size();
    }
  }
}
