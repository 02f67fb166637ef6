package dev.countersign.codegen;

import dev.countersign.codegen.Operation.Answer;
import dev.countersign.codegen.Operation.ConditionalPermission;
import dev.countersign.codegen.Operation.Facts;
import dev.countersign.codegen.Operation.Security;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads operations. A keyword that it does not heed is refused. */
final class OperationReader {

  private static final Set<String> KEYWORDS =
      Set.of(
          "tags",
          "operationId",
          "parameters",
          "requestBody",
          "responses",
          "security",
          "deprecated",
          "x-dfns-user-action",
          "x-dfns-permissions",
          "x-dfns-conditional-permissions",
          "x-dfns-identities",
          "x-dfns-idempotent-by",
          "x-dfns-paginated",
          "x-dfns-policy-activity",
          "x-dfns-sources");

  private static final Set<String> BOOLEAN_TEXT = Set.of("true", "false");
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^}]+)}");
  private static final String PARAMETERS = "#/components/parameters/";
  private static final String JSON = "application/json";
  private static final String MULTIPART = "multipart/form-data";

  private final Node components;
  private final Map<String, Schema> schemas;

  OperationReader(Node components, Map<String, Schema> schemas) {
    this.components = components;
    this.schemas = schemas;
  }

  Operation read(String path, String method, Node place) {
    Node node = new Node(place.text("operationId"), place.json());
    node.allow(KEYWORDS);
    List<Property> inPath = new ArrayList<>();
    List<Property> inQuery = new ArrayList<>();
    for (Node parameter : node.list("parameters")) {
      parameter(parameter, inPath, inQuery);
    }
    boolean file = node.has("requestBody") && node.get("requestBody").get("content").has(MULTIPART);
    return new Operation(
        node.text("operationId"),
        domain(node),
        method.toUpperCase(Locale.ROOT),
        path,
        security(node),
        sorted(path, inPath, node),
        inQuery,
        node.has("requestBody") ? body(node.get("requestBody"), file) : null,
        file,
        answer(node.get("responses")),
        awaiting(node.get("responses")),
        node.flag("x-dfns-paginated"),
        facts(node));
  }

  private static String domain(Node node) {
    List<String> tags = node.texts("tags");
    if (tags.size() != 1) {
      throw node.problem("an operation has exactly one tag, its domain");
    }
    return tags.get(0);
  }

  private static Security security(Node node) {
    boolean open = node.has("security") && node.list("security").isEmpty();
    boolean signed = node.flag("x-dfns-user-action");
    if (open && signed) {
      throw node.problem("it cannot be public and signed");
    }
    return open ? Security.NONE : signed ? Security.USER_ACTION : Security.TOKEN;
  }

  private void parameter(Node reference, List<Property> inPath, List<Property> inQuery) {
    Node node = reference;
    if (reference.has("$ref")) {
      String target = reference.text("$ref");
      if (!target.startsWith(PARAMETERS)) {
        throw reference.problem("a reference to a parameter starts with " + PARAMETERS);
      }
      node = components.get("parameters").get(target.substring(PARAMETERS.length()));
    }
    Property property = property(node);
    ReferenceCheck.check(node.where(), property.type(), schemas);
    switch (node.text("in")) {
      case "path" -> inPath.add(property);
      case "query" -> inQuery.add(property);
      default -> throw node.problem("a parameter is in the path or in the query");
    }
  }

  /** Booleans are text in a query; the description says so in several ways. */
  private static Property property(Node node) {
    Property property =
        SchemaReader.property(node.text("name"), node.get("schema"), node.flag("required"));
    boolean isBoolean =
        property.type() == Type.Scalar.STRING
            && (Set.copyOf(property.narrowed()).equals(BOOLEAN_TEXT)
                || "true".equals(property.constant()));
    return isBoolean ? asBoolean(property) : property;
  }

  private static Property asBoolean(Property p) {
    return new Property(
        p.name(),
        Type.Scalar.BOOLEAN,
        p.required(),
        p.nullable(),
        p.readOnly(),
        p.deprecated(),
        p.secret(),
        p.constant() == null ? null : Boolean.TRUE,
        List.of(),
        p.constraints());
  }

  private static List<Property> sorted(String path, List<Property> inPath, Node node) {
    List<Property> sorted = new ArrayList<>();
    Matcher placeholder = PLACEHOLDER.matcher(path);
    while (placeholder.find()) {
      String name = placeholder.group(1);
      sorted.add(
          inPath.stream()
              .filter(p -> p.name().equals(name))
              .findAny()
              .orElseThrow(() -> node.problem("the path's parameter '" + name + "' is missing")));
    }
    if (sorted.size() != inPath.size()) {
      throw node.problem("a path parameter does not stand in the path");
    }
    return sorted;
  }

  private Type body(Node node, boolean file) {
    if (!node.flag("required")) {
      throw node.problem("the generator does not know optional bodies");
    }
    Node content = node.get("content");
    return file
        ? typeOf(content.get(MULTIPART).get("schema").get("properties").get("data"))
        : type(content.get(JSON));
  }

  private @Nullable Type awaiting(Node responses) {
    return responses.has("202") ? type(responses.get("202").get("content").get(JSON)) : null;
  }

  private Answer answer(Node responses) {
    if (responses.has("204")) {
      return new Answer.Nothing();
    }
    Node node = responses.get("200");
    if (!node.has("content")) {
      return new Answer.Nothing();
    }
    Node content = node.get("content");
    if (!content.has(JSON)) {
      return new Answer.Text();
    }
    return new Answer.Json(type(content.get(JSON)), content.members().size() > 1);
  }

  private Type type(Node content) {
    return typeOf(content.get("schema"));
  }

  private Type typeOf(Node schema) {
    Type type = SchemaReader.type(schema);
    ReferenceCheck.check(schema.where(), type, schemas);
    return type;
  }

  private static Facts facts(Node node) {
    return new Facts(
        node.texts("x-dfns-permissions"),
        node.list("x-dfns-conditional-permissions").stream()
            .map(p -> new ConditionalPermission(p.text("permission"), condition(p.get("when"))))
            .toList(),
        node.has("x-dfns-identities") ? node.texts("x-dfns-identities") : null,
        node.optionalText("x-dfns-policy-activity"),
        idempotentBy(node),
        node.flag("deprecated"));
  }

  /** The engine puts this member into bodies that lack it, so it has to know the name. */
  private static @Nullable String idempotentBy(Node node) {
    String member = node.optionalText("x-dfns-idempotent-by");
    if (member != null && !member.equals("externalId")) {
      throw node.problem("the engine knows repeats by 'externalId' only, not by '" + member + "'");
    }
    return member;
  }

  private static String condition(Node when) {
    List<String> all = new ArrayList<>();
    when.members()
        .forEach(
            (kind, value) ->
                all.add(
                    switch (kind) {
                      case "bodyHas" -> "the body has {@code " + value.text() + "}";
                      case "bodyLacks" -> "the body lacks {@code " + value.text() + "}";
                      case "walletOwnerKind" ->
                          "the wallet's owner is of kind {@code " + value.text() + "}";
                      default -> throw value.problem("the generator does not know this condition");
                    }));
    return String.join(" and ", all);
  }
}
