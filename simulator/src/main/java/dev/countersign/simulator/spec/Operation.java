package dev.countersign.simulator.spec;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One operation of the API as the description has it. Immutable. */
public final class Operation {

  private final String id;
  private final String method;
  private final String path;
  private final boolean open;
  private final boolean userAction;
  private final Set<String> permissions;
  private final List<ConditionalPermission> conditionalPermissions;
  private final @Nullable Set<String> identities;
  private final @Nullable JsonNode bodySchema;
  private final Map<String, JsonNode> queryParameters;

  Operation(String method, String path, JsonNode json, Map<String, JsonNode> queryParameters) {
    this.id = json.path("operationId").asText();
    this.method = method;
    this.path = path;
    this.open = json.path("security").isArray() && json.path("security").isEmpty();
    this.userAction = json.path("x-dfns-user-action").asBoolean();
    this.permissions = Set.copyOf(texts(json.path("x-dfns-permissions")));
    this.conditionalPermissions =
        elements(json.path("x-dfns-conditional-permissions")).stream()
            .map(ConditionalPermission::of)
            .toList();
    JsonNode kinds = json.path("x-dfns-identities");
    this.identities = kinds.isArray() ? Set.copyOf(texts(kinds)) : null;
    JsonNode schema = json.at("/requestBody/content/application~1json/schema");
    this.bodySchema = schema.isMissingNode() ? null : schema;
    this.queryParameters = Map.copyOf(queryParameters);
  }

  /** Its name, such as {@code createWallet}. */
  public String id() {
    return id;
  }

  /** Its HTTP method in upper case. */
  public String method() {
    return method;
  }

  /** Its path template, such as {@code /wallets/{walletId}}. */
  public String path() {
    return path;
  }

  /** Whether it is called without a token. */
  public boolean open() {
    return open;
  }

  /** Whether a signed user action has to come with it. */
  public boolean userAction() {
    return userAction;
  }

  /** The permissions it needs in any case, all of them. */
  public Set<String> permissions() {
    return permissions;
  }

  /** The permissions it needs if something holds. */
  public List<ConditionalPermission> conditionalPermissions() {
    return conditionalPermissions;
  }

  /** Whether an identity of this kind may call it; true where nothing is known. */
  public boolean admits(String identityKind) {
    return identities == null || identities.contains(identityKind);
  }

  /** The schema of its JSON body, if it has one. */
  Optional<JsonNode> bodySchema() {
    return Optional.ofNullable(bodySchema);
  }

  /** The schemas of its query parameters by name. */
  Map<String, JsonNode> queryParameters() {
    return queryParameters;
  }

  /** Its name. */
  @Override
  public String toString() {
    return id;
  }

  private static List<JsonNode> elements(JsonNode array) {
    return array.valueStream().toList();
  }

  private static List<String> texts(JsonNode array) {
    return elements(array).stream().map(JsonNode::asText).toList();
  }
}
