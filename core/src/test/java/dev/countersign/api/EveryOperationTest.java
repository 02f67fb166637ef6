package dev.countersign.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.call.Arguments;
import dev.countersign.call.Call;
import dev.countersign.call.Calls;
import dev.countersign.call.DelegatedCall;
import dev.countersign.call.OnlyPrepares;
import dev.countersign.call.Outcome;
import dev.countersign.call.PagedCall;
import dev.countersign.codegen.Operation;
import dev.countersign.codegen.Property;
import dev.countersign.codegen.Type;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonValue;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for each operation of the description, seen by what reaches the engine. */
class EveryOperationTest {

  private final List<dev.countersign.call.Operation<?>> operations = new ArrayList<>();
  private final List<Arguments> arguments = new ArrayList<>();
  private final Calls calls =
      new OnlyPrepares() {
        @Override
        public <T> Call<T> prepare(dev.countersign.call.Operation<T> operation, Arguments args) {
          operations.add(operation);
          arguments.add(args);
          return new NothingComes<>();
        }
      };

  static List<String> ids() {
    return Api.DESCRIPTION.operations().stream().map(Operation::id).toList();
  }

  @Test
  void theDescriptionIsAllThere() {
    assertThat(ids()).hasSize(221);
    Map<Operation.Security, Integer> securities = new TreeMap<>();
    Api.DESCRIPTION.operations().forEach(o -> securities.merge(o.security(), 1, Integer::sum));
    assertThat(securities.toString()).isEqualTo("{NONE=15, TOKEN=94, USER_ACTION=112}");
  }

  @ParameterizedTest
  @MethodSource("ids")
  void aMethodPreparesTheOperationAsDescribed(String id) throws ReflectiveOperationException {
    Operation expected = operation(id);
    JsonValue body = expected.body() == null ? null : new RandomJson(7, false).of(expected.body());
    Object call = prepare(expected, body);
    if (call instanceof PagedCall<?, ?> paged) {
      assertThat(expected.queryParameters())
          .extracting(Property::name)
          .contains("limit", "paginationToken");
      paged.execute();
    }

    assertThat(operations).hasSize(1);
    assertThat(operations.get(0).name()).isEqualTo(expected.id());
    assertThat(operations.get(0).method()).isEqualTo(expected.method());
    assertThat(operations.get(0).path()).isEqualTo(expected.path());
    assertThat(operations.get(0).security().name()).isEqualTo(expected.security().name());
    assertThat(arguments.get(0).body().orElse(null)).isEqualTo(body);
    assertThat(arguments.get(0).file().isPresent()).isEqualTo(expected.file());
    assertThat(arguments.get(0))
        .hasToString(
            "Arguments(%d in the path, %d in the query%s%s)"
                .formatted(
                    expected.pathParameters().size(),
                    expected.queryParameters().size(),
                    body == null ? "" : ", a body",
                    expected.file() ? ", a file" : ""));
  }

  @ParameterizedTest
  @MethodSource("ids")
  void itsKindOfCallFollowsFromTheDescription(String id) {
    Operation expected = operation(id);
    Method method = method(expected);
    assertThat(method.getReturnType())
        .isEqualTo(expected.paginated() ? PagedCall.class : Call.class);
    ParameterizedType returned = (ParameterizedType) method.getGenericReturnType();
    boolean isOutcome =
        returned
            .getActualTypeArguments()[0]
            .getTypeName()
            .startsWith(Outcome.class.getName() + "<");
    assertThat(isOutcome).isEqualTo(expected.awaiting() != null);
    assertThat(method.isAnnotationPresent(Deprecated.class))
        .isEqualTo(expected.facts().deprecated());
  }

  @ParameterizedTest
  @MethodSource("ids")
  void aQueryCanBeLeftOutIfNothingOfItIsRequired(String id) {
    Operation expected = operation(id);
    boolean optional =
        !expected.queryParameters().isEmpty()
            && expected.queryParameters().stream().noneMatch(Property::required);
    assertThat(methods(expected)).hasSize(optional ? 2 : 1);
  }

  private Object prepare(Operation operation, JsonValue body) throws ReflectiveOperationException {
    Class<?> type = interfaceOf(operation);
    Object api = type.getMethod("over", Calls.class).invoke(null, calls);
    List<Object> values = new ArrayList<>();
    for (Property parameter : operation.pathParameters()) {
      values.add(
          parameter.type() instanceof Type.Ref ref
              ? Api.typeOf(Api.DESCRIPTION.schema(ref.schema()))
                  .read(new RandomJson(3, true).of(ref))
              : "some-id");
    }
    if (operation.body() instanceof Type.Ref ref) {
      values.add(Api.typeOf(Api.DESCRIPTION.schema(ref.schema())).read(body));
    } else if (body != null) {
      values.add(body);
    }
    if (operation.file()) {
      values.add(new byte[] {1, 2, 3});
    }
    if (!operation.queryParameters().isEmpty()) {
      values.add(query(operation));
    }
    return method(operation).invoke(api, values.toArray());
  }

  /** A query with a value for every parameter. */
  private static Object query(Operation operation) throws ReflectiveOperationException {
    JsonObject.Builder all = JsonObject.builder();
    for (Property parameter : operation.queryParameters()) {
      boolean isArray = parameter.type() instanceof Type.ListOf;
      Type type = isArray ? ((Type.ListOf) parameter.type()).element() : parameter.type();
      all.put(parameter.name(), new RandomJson(5, false).of(type));
    }
    String name = operation.id();
    String type = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1) + "Query";
    return Api.classOf(operation.domain(), type)
        .getMethod("of", JsonObject.class)
        .invoke(null, all.build());
  }

  private static Operation operation(String id) {
    return Api.DESCRIPTION.operations().stream()
        .filter(o -> o.id().equals(id))
        .findAny()
        .orElseThrow();
  }

  private static Class<?> interfaceOf(Operation operation) {
    String domain = operation.domain();
    return Api.classOf(
        domain, domain.substring(0, 1).toUpperCase(Locale.ROOT) + domain.substring(1) + "Api");
  }

  private static List<Method> methods(Operation operation) {
    return Arrays.stream(interfaceOf(operation).getMethods())
        .filter(m -> m.getName().equals(operation.id()))
        .toList();
  }

  /** The method with all parameters. */
  private static Method method(Operation operation) {
    return methods(operation).stream()
        .max(Comparator.comparingInt(Method::getParameterCount))
        .orElseThrow(() -> new AssertionError("There is no method " + operation.id()));
  }

  private static final class NothingComes<T> implements Call<T> {
    @Override
    public T execute() {
      return null;
    }

    @Override
    public CompletableFuture<T> executeAsync() {
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public String freeze() {
      throw new IllegalStateException("Nothing comes of it");
    }

    @Override
    public DelegatedCall<T> begin() {
      throw new IllegalStateException("Nothing comes of it");
    }

    @Override
    public CompletableFuture<DelegatedCall<T>> beginAsync() {
      throw new IllegalStateException("Nothing comes of it");
    }

    @Override
    public Call<T> within(Duration deadline) {
      return this;
    }
  }
}
