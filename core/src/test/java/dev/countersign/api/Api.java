package dev.countersign.api;

import dev.countersign.codegen.Description;
import dev.countersign.codegen.Schema;
import dev.countersign.json.JsonType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/** The API description, and the generated classes by their names in it. */
public final class Api {

  /** The description, seen from core or from a module beside it. */
  public static final Path FILE =
      Stream.of(Path.of(""), Path.of("..", "core"))
          .map(module -> module.resolve(Path.of("src", "main", "api", "dfns-api.json")))
          .filter(Files::exists)
          .findFirst()
          .orElseThrow();

  /** What it says. */
  public static final Description DESCRIPTION = Description.read(FILE);

  private Api() {}

  /** The class of a schema. */
  public static Class<?> classOf(Schema schema) {
    return classOf(schema.domain(), schema.name());
  }

  /** The class of a name in a domain. */
  public static Class<?> classOf(String domain, String name) {
    String parent = domain.equals("common") ? "" : "." + domain.toLowerCase(Locale.ROOT);
    try {
      return Class.forName("dev.countersign.api" + parent + "." + name);
    } catch (ClassNotFoundException e) {
      throw new AssertionError("There is no class for " + name, e);
    }
  }

  /** What reads a schema's values. */
  @SuppressWarnings("unchecked") // whatever the type is, it reads and writes its own
  public static JsonType<Object> typeOf(Schema schema) {
    try {
      return (JsonType<Object>) classOf(schema).getField("TYPE").get(null);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(schema.name() + " has no TYPE", e);
    }
  }
}
