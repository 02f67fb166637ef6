package dev.countersign.simulator.coverage;

import dev.countersign.Dfns;
import dev.countersign.api.Api;
import dev.countersign.call.Call;
import dev.countersign.call.NoContent;
import dev.countersign.call.Outcome;
import dev.countersign.codegen.Operation;
import dev.countersign.codegen.Property;
import dev.countersign.codegen.Type;
import dev.countersign.json.JsonArray;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonString;
import dev.countersign.json.JsonValue;
import dev.countersign.json.JsonView;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Calls an operation's method of the generated API by the operation's name. */
final class TypedCall {

  private static final byte[] FILE = {1, 2, 13, 10, 45, 45, 0, -1};

  private TypedCall() {}

  static Operation operation(String id) {
    return Api.DESCRIPTION.operations().stream()
        .filter(it -> it.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new AssertionError("There is no operation " + id));
  }

  /** Calls the method with all parameters, and gives its result. */
  static Object execute(
      Dfns dfns,
      Operation operation,
      List<String> ids,
      @Nullable JsonValue body,
      JsonObject query) {
    List<Object> arguments = new ArrayList<>();
    for (int i = 0; i < ids.size(); i++) {
      Property parameter = operation.pathParameters().get(i);
      arguments.add(
          parameter.type() instanceof Type.Ref ref
              ? typed(ref, JsonString.of(ids.get(i)))
              : ids.get(i));
    }
    if (body != null) {
      arguments.add(operation.body() instanceof Type.Ref ref ? typed(ref, body) : body);
    }
    if (operation.file()) {
      arguments.add(FILE.clone());
    }
    try {
      if (!operation.queryParameters().isEmpty()) {
        arguments.add(query(operation, query));
      }
      Object api = Dfns.class.getMethod(operation.domain()).invoke(dfns);
      return ((Call<?>) method(operation).invoke(api, arguments.toArray())).execute();
    } catch (InvocationTargetException e) {
      throw new AssertionError(operation + " cannot be prepared", e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  /** What a result was read from, if it was JSON. */
  static Optional<JsonValue> json(Object result) {
    if (result instanceof Outcome.Done<?> done) {
      return json(done.value());
    }
    if (result instanceof Outcome<?> waiting) {
      throw new AssertionError("It waits for an approval: " + waiting);
    }
    if (result instanceof JsonView view) {
      return Optional.of(view.json());
    }
    if (result instanceof List<?> list) {
      return Optional.of(JsonArray.of(list.stream().map(it -> json(it).orElseThrow()).toList()));
    }
    if (result instanceof Map<?, ?> map) {
      JsonObject.Builder object = JsonObject.builder();
      map.forEach((name, value) -> object.put((String) name, json(value).orElseThrow()));
      return Optional.of(object.build());
    }
    return result instanceof NoContent || result instanceof String
        ? Optional.empty()
        : Optional.of((JsonValue) result);
  }

  private static Object typed(Type.Ref ref, JsonValue value) {
    return Api.typeOf(Api.DESCRIPTION.schema(ref.schema())).read(value);
  }

  private static Object query(Operation operation, JsonObject query)
      throws ReflectiveOperationException {
    return Api.classOf(operation.domain(), capital(operation.id()) + "Query")
        .getMethod("of", JsonObject.class)
        .invoke(null, query);
  }

  /** The method with all parameters. */
  private static Method method(Operation operation) {
    return Arrays.stream(
            Api.classOf(operation.domain(), capital(operation.domain()) + "Api").getMethods())
        .filter(it -> it.getName().equals(operation.id()))
        .max(Comparator.comparingInt(Method::getParameterCount))
        .orElseThrow(() -> new AssertionError("There is no method " + operation.id()));
  }

  private static String capital(String name) {
    return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
  }
}
