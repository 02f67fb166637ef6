package dev.countersign.simulator.coverage;

import static dev.countersign.simulator.coverage.Scene.json;

import dev.countersign.api.RandomJson;
import dev.countersign.codegen.Operation;
import dev.countersign.codegen.Property;
import dev.countersign.codegen.Type;
import dev.countersign.json.JsonNumber;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonString;
import dev.countersign.json.JsonValue;
import java.util.List;
import java.util.Set;

/**
 * Bodies and queries. They are random, but name things that are there; where what is simulated
 * demands more than the description can say, they are written by hand.
 */
final class Bodies {

  /** What a random body calls something that has to be there. */
  private static final Set<String> REFERENCES =
      Set.of("walletId", "targetWalletId", "quoteId", "feeSponsorId", "orgId", "agreementId");

  private final Scene scene;
  private final Ids ids;
  private final int round;
  private final Proofs proofs;
  private final Custody custody;
  private final People people;

  Bodies(Scene scene, Ids ids, People people, int round) {
    this.people = people;
    this.round = round;
    this.scene = scene;
    this.ids = ids;
    this.proofs = new Proofs(scene);
    this.custody = new Custody(scene, ids);
  }

  /** The body for an operation; none if it takes none. */
  JsonValue of(Operation operation) {
    return switch (operation.id()) {
      case "createUserActionChallenge" -> userActionChallenge();
      case "createUserActionSignature" -> proofs.userAction(userActionChallenge());
      case "createCredentialChallenge" -> json("{'kind':'Key'}");
      case "createCredential" -> proofs.credential();
      case "activateCredential", "deactivateCredential" ->
          json("{'credentialUuid':'%s'}", ids.of("credentialUuid"));
      case "createPersonalAccessToken", "createServiceAccount" -> account();
      case "createPermission", "updatePermission" ->
          json("{'name':'readers','operations':['Wallets:Read']}");
      case "archivePermission" -> json("{'isArchived':true}");
      case "createAssignment" -> json("{'identityId':'%s'}", ids.of("userId"));
      case "createPolicy", "updatePolicy" -> policy("{'kind':'NoAction'}");
      case "createApprovalDecision" -> json("{'value':'Approved','reason':'known'}");
      case "createKey" -> json("{'scheme':'ECDSA','curve':'secp256k1','name':'k'}");
      case "generateSignature" -> json("{'kind':'Hash','hash':'%s'}", "ab".repeat(32));
      case "createWallet" -> json("{'network':'EthereumSepolia','name':'till','tags':['a:1']}");
      case "createWebhook" -> json("{'url':'https://example.com/hook','events':['*']}");
      case "updateWebhook" -> json("{'description':'ours'}");
      case "updateWallet" -> json("{'name':'chest','externalId':null}");
      case "tagWallet", "untagWallet", "tagVault", "untagVault" -> json("{'tags':['a:1']}");
      case "transferAsset" ->
          json("{'kind':'Native','to':'0x%s','amount':'1000'}", "00".repeat(20));
      case "broadcastTransaction" -> json("{'kind':'Transaction','transaction':'0x02'}");
      default ->
          custody
              .body(operation.id())
              .or(() -> people.body(operation.id()))
              .map(JsonValue.class::cast)
              .orElseGet(() -> random(operation));
    };
  }

  /** A query for an operation: it finds what it asks for. */
  JsonObject query(Operation operation) {
    return switch (operation.id()) {
      case "listAuditLogs" ->
          json("{'startTime':'2020-01-01T00:00:00Z','endTime':'2999-01-01T00:00:00Z'}");
      case "getPayinRecipient" -> recipient();
      default -> custody.query(operation.id()).orElseGet(() -> randomQuery(operation));
    };
  }

  /** Of pages it asks for the first, and for not too much. */
  private JsonObject randomQuery(Operation operation) {
    JsonObject.Builder query = randomJson(operation).of(operation.queryParameters()).toBuilder();
    for (Property parameter : operation.queryParameters()) {
      if (parameter.name().equals("limit")) {
        query.put("limit", limit(parameter));
      } else if (REFERENCES.contains(parameter.name())) {
        query.put(parameter.name(), JsonString.of(ids.of(parameter.name())));
      }
    }
    return query.remove("paginationToken").build();
  }

  private JsonObject recipient() {
    JsonObject recipient =
        json(
            "{'provider':'CircleMint','walletId':'%s','currency':'%s'}", ids.of("walletId"), "USD");
    scene.call("createPayinRecipient", List.of(), recipient);
    return recipient;
  }

  /** From now on transfers wait for somebody's approval. */
  void requireApproval() {
    scene.call(
        "createPolicy",
        List.of(),
        policy("{'kind':'RequestApproval','approvalGroups':[{'quorum':1,'approvers':{}}]}"));
  }

  private JsonValue random(Operation operation) {
    if (operation.body() == null) {
      return JsonObject.empty();
    }
    JsonValue body = randomJson(operation).of(operation.body());
    if (!(body instanceof JsonObject object)) {
      return body;
    }
    JsonObject.Builder real = object.toBuilder();
    REFERENCES.stream()
        .filter(object::has)
        .forEach(name -> real.put(name, JsonString.of(ids.of(name))));
    return real.build();
  }

  private RandomJson randomJson(Operation operation) {
    return new RandomJson(31L * operation.id().hashCode() + round, false);
  }

  private static JsonValue limit(Property parameter) {
    return parameter.type() == Type.Scalar.STRING ? JsonString.of("5") : JsonNumber.of(5);
  }

  private static JsonObject userActionChallenge() {
    return json(
        "{'userActionHttpMethod':'POST','userActionHttpPath':'/wallets','userActionPayload':'{}'}");
  }

  private static JsonObject account() {
    String pem = new FreshSigner().publicKeyPem().replace("\n", "\\n");
    return json("{'name':'program','publicKey':'%s','daysValid':30}", pem);
  }

  private static JsonObject policy(String action) {
    return json(
        "{'name':'p','activityKind':'Wallets:Sign','rule':{'kind':'AlwaysTrigger'},'action':%s}",
        action);
  }
}
