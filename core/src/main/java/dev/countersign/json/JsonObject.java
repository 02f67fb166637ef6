package dev.countersign.json;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A JSON object. The members keep their order; names are unique. */
public final class JsonObject implements JsonValue {

  /** Up to here a scan of the names beats a hash table, in time and in memory. */
  private static final int SCAN_LIMIT = 16;

  private static final JsonObject EMPTY = new JsonObject(new String[0], new JsonValue[0], 0, null);

  private final String[] names;
  private final JsonValue[] values;
  private final int size;
  private final @Nullable Map<String, Integer> index;

  private JsonObject(
      String[] names, JsonValue[] values, int size, @Nullable Map<String, Integer> index) {
    this.names = names;
    this.values = values;
    this.size = size;
    this.index = index;
  }

  /** The object without members. */
  public static JsonObject empty() {
    return EMPTY;
  }

  /** The object with one member. */
  public static JsonObject of(String name, JsonValue value) {
    return builder().put(name, value).build();
  }

  /** Starts an object. */
  public static Builder builder() {
    return new Builder();
  }

  /** Starts an object with the members of this one. */
  public Builder toBuilder() {
    Builder builder = new Builder();
    forEach(builder::put);
    return builder;
  }

  /**
   * The value of a member, or null if there is no such member. A member that is JSON null gives
   * {@link JsonNull#NULL}.
   */
  public @Nullable JsonValue get(String name) {
    int i = indexOf(name);
    return i < 0 ? null : values[i];
  }

  /** Whether there is such a member, be it null. */
  public boolean has(String name) {
    return indexOf(name) >= 0;
  }

  /** Whether there are such members, be they null. */
  public boolean hasAll(String... names) {
    for (String name : names) {
      if (!has(name)) {
        return false;
      }
    }
    return true;
  }

  /** The text of a member that is a string; empty if it is absent or something else. */
  public Optional<String> text(String name) {
    return get(name) instanceof JsonString string ? Optional.of(string.value()) : Optional.empty();
  }

  /** The names in their order; unmodifiable. */
  public List<String> names() {
    return Collections.unmodifiableList(Arrays.asList(names).subList(0, size));
  }

  /** How many members there are. */
  public int size() {
    return size;
  }

  /** Gives every member, in their order. */
  public void forEach(BiConsumer<? super String, ? super JsonValue> action) {
    for (int i = 0; i < size; i++) {
      action.accept(names[i], values[i]);
    }
  }

  private int indexOf(String name) {
    if (index != null) {
      return index.getOrDefault(name, -1);
    }
    for (int i = 0; i < size; i++) {
      if (names[i].equals(name)) {
        return i;
      }
    }
    return -1;
  }

  @Override
  public boolean equals(Object other) {
    if (this == other) {
      return true;
    }
    if (!(other instanceof JsonObject that) || size != that.size) {
      return false;
    }
    for (int i = 0; i < size; i++) {
      if (!values[i].equals(that.get(names[i]))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int hashCode() {
    int hash = 0;
    for (int i = 0; i < size; i++) {
      hash += names[i].hashCode() ^ values[i].hashCode();
    }
    return hash;
  }

  @Override
  public String toString() {
    return JsonPrinter.print(this);
  }

  /** Collects an object. Not thread-safe. */
  public static final class Builder {
    /** Members; most objects of the API have no more. */
    private static final int USUAL = 8;

    private String[] names = new String[USUAL];
    private JsonValue[] values = new JsonValue[USUAL];
    private int size;
    private @Nullable Map<String, Integer> index;

    /** Bits by the hashes of all names so far: a name whose bit is not set is new. */
    private long seen;

    /** Whether an object has been built on the arrays, which then may not change. */
    private boolean handedOver;

    private Builder() {}

    /** Sets a member, in place of one of the same name. */
    public Builder put(String name, JsonValue value) {
      int i = indexOf(name);
      if (i >= 0) {
        own();
        values[i] = Objects.requireNonNull(value, name);
        return this;
      }
      return append(name, value);
    }

    /**
     * Adds a member.
     *
     * @return false, and nothing is added, if there is one of the same name
     */
    public boolean add(String name, JsonValue value) {
      if (indexOf(name) >= 0) {
        return false;
      }
      append(name, value);
      return true;
    }

    /** Leaves a member out, if there is one of that name. */
    public Builder remove(String name) {
      int i = indexOf(name);
      if (i >= 0) {
        own();
        System.arraycopy(names, i + 1, names, i, size - i - 1);
        System.arraycopy(values, i + 1, values, i, size - i - 1);
        size--;
        index = size > SCAN_LIMIT ? index(names, size) : null;
      }
      return this;
    }

    /** The value of a member so far, or null. */
    public @Nullable JsonValue get(String name) {
      int i = indexOf(name);
      return i < 0 ? null : values[i];
    }

    /** The object. */
    public JsonObject build() {
      if (size == 0) {
        return EMPTY;
      }
      handedOver = true;
      return new JsonObject(names, values, size, index);
    }

    private void own() {
      if (handedOver) {
        names = names.clone();
        values = values.clone();
        index = index == null ? null : new HashMap<>(index);
        handedOver = false;
      }
    }

    private Builder append(String name, JsonValue value) {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(value, name);
      own();
      if (size == names.length) {
        names = Arrays.copyOf(names, size * 2);
        values = Arrays.copyOf(values, size * 2);
      }
      names[size] = name;
      values[size] = value;
      size++;
      seen |= bit(name);
      if (index != null) {
        index.put(name, size - 1);
      } else if (size > SCAN_LIMIT) {
        index = index(names, size);
      }
      return this;
    }

    private int indexOf(String name) {
      if ((seen & bit(name)) == 0) {
        return -1;
      }
      if (index != null) {
        return index.getOrDefault(name, -1);
      }
      for (int i = 0; i < size; i++) {
        if (names[i].equals(name)) {
          return i;
        }
      }
      return -1;
    }

    private static long bit(String name) {
      return 1L << name.hashCode();
    }

    private static Map<String, Integer> index(String[] names, int size) {
      Map<String, Integer> index = new HashMap<>();
      for (int i = 0; i < size; i++) {
        index.put(names[i], i);
      }
      return index;
    }
  }
}
