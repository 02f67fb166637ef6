package dev.countersign.simulator.spec;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One operation of the API as the description has it. Immutable. */
public final class Operation {

  private static final String JSON_SCHEMA = "/application~1json/schema";

  private final String id;
  private final String method;
  private final String path;
  private final boolean open;
  private final boolean userAction;
  private final Set<String> permissions;
  private final List<ConditionalPermission> conditionalPermissions;
  private final @Nullable Set<String> identities;
  private final String domain;
  private final boolean file;
  private final @Nullable JsonNode bodySchema;
  private final @Nullable JsonNode answerSchema;
  private final @Nullable JsonNode acceptedSchema;
  private final String answerType;
  private final Map<String, JsonNode> queryParameters;

  Operation(String method, String path, JsonNode json, Map<String, JsonNode> queryParameters) {
    this.id = json.path("operationId").asText();
    this.method = method;
    this.path = path;
    this.open = json.path("security").isArray() && json.path("security").isEmpty();
    this.userAction = json.path("x-dfns-user-action").asBoolean();
    this.permissions =
        Collections.unmodifiableSet(new TreeSet<>(texts(json.path("x-dfns-permissions"))));
    this.conditionalPermissions =
        elements(json.path("x-dfns-conditional-permissions")).stream()
            .map(ConditionalPermission::of)
            .toList();
    JsonNode kinds = json.path("x-dfns-identities");
    this.identities = kinds.isArray() ? Set.copyOf(texts(kinds)) : null;
    this.domain = json.at("/tags/0").asText();
    JsonNode upload = json.at("/requestBody/content/multipart~1form-data/schema/properties/data");
    this.file = !upload.isMissingNode();
    this.bodySchema = file ? upload : orNull(json.at("/requestBody/content" + JSON_SCHEMA));
    JsonNode answers = json.at("/responses/200/content");
    this.answerSchema = orNull(answers.at(JSON_SCHEMA));
    this.acceptedSchema = orNull(json.at("/responses/202/content" + JSON_SCHEMA));
    this.answerType = answers.fieldNames().hasNext() ? answers.fieldNames().next() : "";
    this.queryParameters = Map.copyOf(queryParameters);
  }

  /** Its name, such as {@code createWallet}. */
  public String id() {
    return id;
  }

  /** The domain it belongs to, such as {@code wallets}. */
  public String domain() {
    return domain;
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

  /** The permissions it needs in any case, all of them, sorted. */
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

  /** Whether a file goes with its body, which is multipart then. */
  public boolean file() {
    return file;
  }

  /** The schema of what it answers with 200, if that is JSON. */
  public Optional<JsonNode> answerSchema() {
    return Optional.ofNullable(answerSchema);
  }

  /** The schema of what it answers with 202, if it ever does. */
  public Optional<JsonNode> acceptedSchema() {
    return Optional.ofNullable(acceptedSchema);
  }

  /** The content type of what it answers with 200; empty if it answers nothing. */
  public String answerType() {
    return answerType;
  }

  /** The schema of its JSON body, or of the data beside its file, if it has one. */
  public Optional<JsonNode> bodySchema() {
    return Optional.ofNullable(bodySchema);
  }

  /** The schemas of its query parameters by name. */
  public Map<String, JsonNode> queryParameters() {
    return queryParameters;
  }

  /** Its name. */
  @Override
  public String toString() {
    return id;
  }

  private static @Nullable JsonNode orNull(JsonNode node) {
    return node.isMissingNode() ? null : node;
  }

  private static List<JsonNode> elements(JsonNode array) {
    return array.valueStream().toList();
  }

  private static List<String> texts(JsonNode array) {
    return elements(array).stream().map(JsonNode::asText).toList();
  }
}
