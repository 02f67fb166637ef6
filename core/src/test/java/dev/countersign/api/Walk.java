package dev.countersign.api;

import dev.countersign.json.JsonView;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads everything that can be read of a view, and of the views in it. */
final class Walk {

  private static final Set<String> NOT_ACCESSORS =
      Set.of("json", "toBuilder", "equals", "hashCode", "toString");

  private Walk() {}

  /** How many accessors were called. */
  static int through(Object value) {
    if (value instanceof Optional<?> optional) {
      return optional.map(Walk::through).orElse(0);
    }
    if (value instanceof Iterable<?> elements) {
      int calls = 0;
      for (Object element : elements) {
        calls += through(element);
      }
      return calls;
    }
    if (value instanceof Map<?, ?> map) {
      return through(map.values());
    }
    return value instanceof JsonView ? throughAccessors(value) : 0;
  }

  private static int throughAccessors(Object view) {
    int calls = 0;
    for (Method method : view.getClass().getDeclaredMethods()) {
      if (isAccessor(method)) {
        calls += 1 + through(call(view, method));
      }
    }
    return calls;
  }

  static boolean isAccessor(Method method) {
    return Modifier.isPublic(method.getModifiers())
        && !Modifier.isStatic(method.getModifiers())
        && !method.isBridge()
        && method.getParameterCount() == 0
        && !NOT_ACCESSORS.contains(method.getName());
  }

  private static Object call(Object view, Method method) {
    try {
      return method.invoke(view);
    } catch (InvocationTargetException e) {
      throw new AssertionError(method + " of " + view, e.getCause());
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }
}
