package dev.countersign.codegen;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Small descriptions, as JSON with single quotes. */
final class Descriptions {

  private Descriptions() {}

  /** A description of one domain, {@code things}, with these paths and schemas. */
  static String text(String paths, String schemas) {
    return """
    {'tags': [{'name': 'things', 'description': 'Things.'}],
     'paths': {%s},
     'components': {'parameters': {}, 'schemas': {%s}}}
    """
        .formatted(paths, schemas);
  }

  /** A schema of an object. */
  static String object(String name, String properties, String required) {
    return """
    '%s': {'type': 'object', 'properties': {%s}, 'required': [%s], 'x-dfns-domain': 'things'}
    """
        .formatted(name, properties, required);
  }

  /** An operation without body that answers a schema. */
  static String get(String path, String id, String more) {
    return """
    '%s': {'get': {'tags': ['things'], 'operationId': '%s', %s 'responses': {'200':
      {'content': {'application/json': {'schema': {'type': 'object'}}}}}}}
    """
        .formatted(path, id, more);
  }

  static Path write(Path folder, String text) {
    try {
      return Files.writeString(folder.resolve("api.json"), text.replace('\'', '"'));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
