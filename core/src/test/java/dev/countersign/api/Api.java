package dev.countersign.api;

import dev.countersign.codegen.Description;
import dev.countersign.codegen.Schema;
import dev.countersign.json.JsonType;
import java.nio.file.Path;
import java.util.Locale;

/** The API description, and the generated classes by their names in it. */
final class Api {

  static final Path FILE = Path.of("src", "main", "api", "dfns-api.json");
  static final Description DESCRIPTION = Description.read(FILE);

  private Api() {}

  static Class<?> classOf(Schema schema) {
    return classOf(schema.domain(), schema.name());
  }

  static Class<?> classOf(String domain, String name) {
    String parent = domain.equals("common") ? "" : "." + domain.toLowerCase(Locale.ROOT);
    try {
      return Class.forName("dev.countersign.api" + parent + "." + name);
    } catch (ClassNotFoundException e) {
      throw new AssertionError("There is no class for " + name, e);
    }
  }

  @SuppressWarnings("unchecked") // whatever the type is, it reads and writes its own
  static JsonType<Object> typeOf(Schema schema) {
    try {
      return (JsonType<Object>) classOf(schema).getField("TYPE").get(null);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(schema.name() + " has no TYPE", e);
    }
  }
}
