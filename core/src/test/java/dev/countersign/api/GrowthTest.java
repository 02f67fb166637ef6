package dev.countersign.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.codegen.Codegen;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The API grows without breaking its callers: optional members, a query where there was none,
 * values of enumerations, variants and operations are added; what a caller wrote before still
 * compiles, and what was compiled before still runs.
 */
class GrowthTest {

  private static final String CALLER =
      """
      package caller;

      import dev.countersign.api.things.Circle;
      import dev.countersign.api.things.Colour;
      import dev.countersign.api.things.Shape;
      import dev.countersign.api.things.Thing;
      import dev.countersign.api.things.ThingsApi;
      import dev.countersign.call.Arguments;
      import dev.countersign.call.Call;
      import dev.countersign.call.Calls;
      import dev.countersign.call.FrozenCall;
      import dev.countersign.call.Operation;
      import dev.countersign.credential.CredentialSource;
      import dev.countersign.json.JsonObject;
      import dev.countersign.json.JsonString;
      import java.util.concurrent.Callable;

      public final class Caller implements Callable<String> {
        private String prepared = "";

        public String call() {
          Thing thing =
              Thing.builder()
                  .id("t-1")
                  .colour(Colour.RED)
                  .shape(Circle.builder().radius("2").build())
                  .build();
          Shape shape = thing.shape().orElseThrow();
          String radius = shape instanceof Circle circle ? circle.radius() : "none";
          ThingsApi api = ThingsApi.over(new Calls() {
            public <T> Call<T> prepare(Operation<T> operation, Arguments arguments) {
              prepared += operation + " " + arguments + "\\n";
              return null;
            }

            public <T> FrozenCall<T> resume(Operation<T> operation, String frozen) {
              return null;
            }

            public Calls as(CredentialSource credentials) {
              return this;
            }
          });
          Call<Thing> read = api.getThing(thing.id());
          Call<Thing> create = api.createThing(thing.toBuilder().id("t-2").build());
          Shape square = Shape.of(JsonObject.of("kind", JsonString.of("Square")));
          Colour blue = Colour.of("Blue");
          return prepared + read + create + radius + thing.colour() + blue
              + square.json() + Thing.TYPE.write(thing);
        }
      }
      """;

  @TempDir private Path folder;

  private Path before;
  private Path after;

  @BeforeEach
  void generate() throws Exception {
    before = api("before");
    after = api("after");
  }

  @Test
  void whatACallerWroteStillCompiles() throws Exception {
    Path caller = compileCaller(after, "new");
    assertThat(run(caller, after)).isEqualTo(run(compileCaller(before, "old"), before));
  }

  @Test
  void whatWasCompiledStillRuns() throws Exception {
    Path caller = compileCaller(before, "old");
    assertThat(run(caller, after)).isEqualTo(run(caller, before));
  }

  /** The classes of a description. */
  private Path api(String name) throws Exception {
    Path description = Path.of(GrowthTest.class.getResource("growth/" + name + ".json").toURI());
    Path sources = folder.resolve(name + "-sources");
    Codegen.main(new String[] {description.toString(), sources.toString()});
    try (Stream<Path> paths = Files.walk(sources)) {
      return compile(paths.filter(Files::isRegularFile).toList(), name, "");
    }
  }

  private Path compileCaller(Path api, String name) throws IOException {
    Path source = Files.createDirectories(folder.resolve(name + "-source")).resolve("Caller.java");
    Files.writeString(source, CALLER);
    return compile(List.of(source), name, api + System.getProperty("path.separator"));
  }

  private Path compile(List<Path> sources, String name, String classPath) throws IOException {
    Path classes = Files.createDirectories(folder.resolve(name + "-classes"));
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    try (StandardJavaFileManager files = javac.getStandardFileManager(null, null, null)) {
      List<String> options =
          List.of(
              "--release=17",
              "-proc:none",
              "-classpath",
              classPath + System.getProperty("java.class.path"),
              "-d",
              classes.toString());
      boolean compiled =
          javac
              .getTask(
                  messages, files, null, options, null, files.getJavaFileObjectsFromPaths(sources))
              .call();
      assertThat(compiled).as(messages.toString()).isTrue();
    }
    return classes;
  }

  private static String run(Path caller, Path api) throws Exception {
    URL[] urls = {caller.toUri().toURL(), api.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(urls, GrowthTest.class.getClassLoader())) {
      Callable<?> call =
          (Callable<?>) loader.loadClass("caller.Caller").getDeclaredConstructor().newInstance();
      return String.valueOf(call.call());
    }
  }
}
