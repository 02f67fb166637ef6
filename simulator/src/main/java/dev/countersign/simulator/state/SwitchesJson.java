package dev.countersign.simulator.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.control.Switches;
import dev.countersign.simulator.control.SwitchesBuilder;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.json.Nearest;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * Switches as JSON: an object with a field for each switch, durations as {@code PT15M}, choices by
 * the names of their constants.
 *
 * <p>It looks the switches up in the builder, so that a new one is written and read without being
 * named here.
 */
public final class SwitchesJson {

  private static final Map<String, Method> SETTERS = setters();

  private SwitchesJson() {}

  /** All switches. */
  public static ObjectNode write(Switches switches) {
    ObjectNode node = Json.object();
    for (String name : SETTERS.keySet()) {
      try {
        node.set(name, written(Switches.class.getMethod(name).invoke(switches)));
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("The switch " + name + " cannot be asked for", e);
      }
    }
    return node;
  }

  /**
   * These switches with the values of an object's fields.
   *
   * @throws IllegalArgumentException if it names a switch that does not exist, or a value that one
   *     does not take; the message starts with the switch's name
   */
  public static Switches read(JsonNode node, Switches switches) {
    SwitchesBuilder builder = switches.toBuilder();
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      set(builder, field.getKey(), field.getValue());
    }
    return builder.build();
  }

  private static void set(SwitchesBuilder builder, String name, JsonNode value) {
    Method setter = SETTERS.get(name);
    if (setter == null) {
      throw new IllegalArgumentException(
          name + ": there is no such switch; the nearest is " + Nearest.to(name, SETTERS.keySet()));
    }
    try {
      setter.invoke(builder, read(setter.getGenericParameterTypes()[0], value));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
    } catch (InvocationTargetException e) {
      throw new IllegalArgumentException(
          name + ": " + Objects.requireNonNull(e.getCause()).getMessage(), e);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("The switch " + name + " cannot be set", e);
    }
  }

  private static JsonNode written(Object value) {
    if (value instanceof Boolean truth) {
      return Json.object().booleanNode(truth);
    }
    if (value instanceof Integer number) {
      return Json.object().numberNode(number);
    }
    if (value instanceof Set<?> set) {
      return written(set.stream().sorted().toList());
    }
    if (value instanceof List<?> list) {
      ArrayNode array = Json.array();
      list.forEach(element -> array.add(written(element)));
      return array;
    }
    return Json.object().textNode(value instanceof Enum<?> one ? one.name() : value.toString());
  }

  private static Object read(Type type, JsonNode value) {
    if (type == boolean.class && value.isBoolean()) {
      return value.booleanValue();
    }
    if (type == int.class && value.isInt()) {
      return value.intValue();
    }
    if (type == String.class && value.isTextual()) {
      return value.textValue();
    }
    if (type == Duration.class && value.isTextual()) {
      return duration(value.textValue());
    }
    if (type instanceof Class<?> one && one.isEnum() && value.isTextual()) {
      return constant(one, value.textValue());
    }
    if (type instanceof ParameterizedType list && value.isArray()) {
      List<Object> elements = new ArrayList<>();
      value.forEach(element -> elements.add(read(list.getActualTypeArguments()[0], element)));
      return list.getRawType() == Set.class ? new LinkedHashSet<>(elements) : elements;
    }
    throw new IllegalArgumentException("takes " + noun(type) + ", not " + value);
  }

  private static Duration duration(String text) {
    try {
      return Duration.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("takes a duration such as PT15M, not " + text, e);
    }
  }

  private static Object constant(Class<?> type, String name) {
    return Arrays.stream(type.getEnumConstants())
        .filter(it -> ((Enum<?>) it).name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "takes one of " + Arrays.toString(type.getEnumConstants()) + ", not " + name));
  }

  private static String noun(Type type) {
    if (type == boolean.class) {
      return "true or false";
    }
    if (type == int.class) {
      return "a number";
    }
    return type instanceof ParameterizedType ? "a list" : "a text";
  }

  private static Map<String, Method> setters() {
    Map<String, Method> setters = new TreeMap<>();
    for (Method method : SwitchesBuilder.class.getMethods()) {
      if (method.getReturnType() == SwitchesBuilder.class && method.getParameterCount() == 1) {
        setters.put(method.getName(), method);
      }
    }
    return setters;
  }
}
