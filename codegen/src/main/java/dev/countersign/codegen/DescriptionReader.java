package dev.countersign.codegen;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the whole description and checks that its parts fit together. */
final class DescriptionReader {

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private DescriptionReader() {}

  static Description read(Path file) {
    Node root = new Node(String.valueOf(file.getFileName()), parse(file));
    Map<String, Schema> schemas = new LinkedHashMap<>();
    Node components = root.get("components");
    Map<String, String> oldSpellings = new LinkedHashMap<>();
    components
        .members("x-dfns-permission-aliases")
        .forEach((old, current) -> oldSpellings.put(old, current.text()));
    components
        .members("schemas")
        .forEach((name, node) -> schemas.put(name, SchemaReader.read(name, node, oldSpellings)));
    schemas.values().forEach(schema -> ReferenceCheck.check(schema, schemas));

    OperationReader reader = new OperationReader(components, schemas);
    List<Operation> operations = new ArrayList<>();
    root.members("paths")
        .forEach(
            (path, item) ->
                item.members().forEach((m, node) -> operations.add(reader.read(path, m, node))));

    Map<String, String> domains = new LinkedHashMap<>();
    root.list("tags").forEach(tag -> domains.put(tag.text("name"), tag.text("description")));
    check(operations, domains);
    return new Description(schemas, operations, domains);
  }

  private static void check(List<Operation> operations, Map<String, String> domains) {
    Map<String, Operation> byId = new LinkedHashMap<>();
    for (Operation operation : operations) {
      String id = operation.id();
      if (byId.put(id, operation) != null) {
        throw new DescriptionException(id, "two operations have this name");
      }
      if (!domains.containsKey(operation.domain())) {
        throw new DescriptionException(
            id, "its domain '" + operation.domain() + "' is not among the tags");
      }
    }
  }

  private static JsonNode parse(Path file) {
    try {
      return JSON.readTree(Files.readAllBytes(file));
    } catch (JsonProcessingException e) {
      String place =
          e.getLocation() == null
              ? ""
              : ":" + e.getLocation().getLineNr() + ":" + e.getLocation().getColumnNr();
      throw new DescriptionException(file.getFileName() + place, e.getOriginalMessage());
    } catch (IOException e) {
      throw new DescriptionException(file.toString(), "cannot be read (" + e.getMessage() + ")");
    }
  }
}
