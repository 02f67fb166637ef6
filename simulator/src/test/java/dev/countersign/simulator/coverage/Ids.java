package dev.countersign.simulator.coverage;

import dev.countersign.api.Api;
import dev.countersign.codegen.Operation;
import dev.countersign.codegen.Property;
import dev.countersign.json.JsonArray;
import dev.countersign.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Identifiers of things that are really there, each made when it is first asked for. */
final class Ids {

  private final Scene scene;
  private final Bodies bodies;
  private final Custody custody;
  private final Map<String, String> made = new HashMap<>();

  Ids(Scene scene) {
    this.scene = scene;
    this.bodies = new Bodies(scene, this, new People(scene), 0);
    this.custody = new Custody(scene, this);
  }

  /** For the parameters of an operation's path. */
  List<String> of(Operation operation) {
    return operation.pathParameters().stream().map(parameter -> of(parameter, operation)).toList();
  }

  /** For a name that paths and bodies have for it. */
  String of(String name) {
    String id = made.get(name);
    if (id == null) {
      id = make(name);
      made.put(name, id);
    }
    return id;
  }

  private String of(Property parameter, Operation operation) {
    return custody.id(parameter.name(), operation.id()).orElseGet(() -> of(parameter.name()));
  }

  private String make(String name) {
    return switch (name) {
      case "orgId" -> scene.organisation.id();
      case "targetWalletId" -> of("walletId");
      case "userId" -> scene.organisation.human("colleague", Scene.KEY.publicKeyPem()).userId();
      case "endUserId" -> scene.organisation.endUser("customer", Scene.KEY.publicKeyPem()).userId();
      case "serviceAccountId" ->
          scene.organisation.serviceAccount("backend", Scene.KEY.publicKeyPem()).userId();
      case "credentialUuid" -> first(scene.call("listCredentials", List.of()), name);
      case "tokenId" -> create("createPersonalAccessToken", name);
      case "assignmentId" -> create("createAssignment", "id", of("permissionId"));
      case "transferId" -> create("transferAsset", "id", of("walletId"));
      case "transactionId" -> create("broadcastTransaction", "id", of("walletId"));
      case "signatureId" -> create("generateSignature", "id", of("keyId"));
      case "approvalId" -> approval();
      case "quarantineId" -> first(scene.call("listVaultBalances", List.of(of("vaultId"))), name);
      case "agreementId" -> agreement();
      case "webhookEventId" -> event();
      case "id" -> auditLog();
      default -> created(name);
    };
  }

  /** What the description's own operations create or list at the path that the name is for. */
  private String created(String name) {
    String end = "/{" + name + "}";
    Operation with =
        Api.DESCRIPTION.operations().stream()
            .filter(it -> it.path().contains(end))
            .findFirst()
            .orElseThrow();
    String collection = with.path().substring(0, with.path().indexOf(end));
    Optional<Operation> creator = at("POST", collection);
    if (creator.isPresent()) {
      return create(creator.get().id(), "id", of(creator.get()).toArray(String[]::new));
    }
    Operation lister = at("GET", collection).orElseThrow();
    JsonObject list = scene.call(lister.id(), of(lister));
    return first(list, name.equals("asset") ? "symbol" : name.equals("appId") ? name : "id");
  }

  private String create(String operation, String field, String... ids) {
    JsonObject body = (JsonObject) bodies.of(TypedCall.operation(operation));
    return Scene.text(scene.call(operation, List.of(ids), body), field);
  }

  /** A transfer that a policy holds. */
  private String approval() {
    bodies.requireApproval();
    scene.call(
        "transferAsset",
        List.of(of("walletId")),
        (JsonObject) bodies.of(TypedCall.operation("transferAsset")));
    return first(scene.call("listApprovals", List.of()), "id");
  }

  private String agreement() {
    JsonObject answer = scene.call("getLatestUnacceptedAgreement", List.of());
    return Scene.text((JsonObject) answer.get("latestAgreement"), "id");
  }

  /** What a webhook is told of a wallet that is made. */
  private String event() {
    String webhook = of("webhookId");
    of("walletId");
    return first(scene.call("listWebhookEvents", List.of(webhook)), "id");
  }

  /** The first entry of the audit log, which is that of a wallet. */
  private String auditLog() {
    of("walletId");
    return scene.csv("listAuditLogs").lines().skip(1).findFirst().orElseThrow().split(",")[0];
  }

  private static String first(JsonObject list, String field) {
    return Scene.text((JsonObject) ((JsonArray) list.get("items")).elements().get(0), field);
  }

  private static Optional<Operation> at(String method, String path) {
    return Api.DESCRIPTION.operations().stream()
        .filter(it -> it.method().equals(method) && it.path().equals(path))
        .findFirst();
  }
}
