package dev.countersign.simulator.auth;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.call.Answer;
import dev.countersign.simulator.call.Behaviour;
import dev.countersign.simulator.call.Call;
import dev.countersign.simulator.call.Caller;
import dev.countersign.simulator.call.Resource;
import dev.countersign.simulator.call.Times;
import dev.countersign.simulator.crypto.Base64Url;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.state.Entity;
import dev.countersign.simulator.state.Tables;
import dev.countersign.simulator.state.Tenant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The credentials of identities, and their rotation. */
public final class Credentials {

  private static final String PURPOSE = "new credential";

  private Credentials() {}

  static Map<String, Behaviour> behaviours() {
    return Map.of(
        "listCredentials", Credentials::list,
        "createCredentialChallenge", Credentials::challenge,
        "createCredential", Credentials::create,
        "activateCredential", call -> activate(call, true),
        "deactivateCredential", call -> activate(call, false),
        "deleteCredential", Credentials::delete);
  }

  /** The active credentials that sign for a caller. */
  static Stream<Entity> signing(Tenant tenant, Caller caller) {
    return signing(tenant, caller.credentialOwner());
  }

  /** The active credentials that sign for a user or personal access token. */
  static Stream<Entity> signing(Tenant tenant, String owner) {
    return tenant
        .table(Tables.CREDENTIALS)
        .where("owner", owner)
        .filter(it -> it.is("isActive") && !it.text("kind").equals("RecoveryKey"));
  }

  /**
   * Adds a key credential with an identifier of the simulator's making.
   *
   * @param owner the user, or the personal access token, that it signs for
   */
  public static Entity add(Tenant tenant, String owner, String name, String publicKey) {
    ObjectNode fields =
        Json.object()
            .put("kind", "Key")
            .put("credentialId", Base64Url.encode(tenant.newId("ci")))
            .put("name", name)
            .put("publicKey", publicKey);
    return store(tenant, fields, Json.object().put("owner", owner));
  }

  /**
   * Adds a credential.
   *
   * @param fields its kind, identifier, name, public key, and what the API shows besides
   * @param hidden its owner, and what the API does not show
   */
  static Entity store(Tenant tenant, ObjectNode fields, ObjectNode hidden) {
    String uuid = tenant.newId("cr");
    ObjectNode shown =
        Json.object()
            .put("credentialUuid", uuid)
            .put("dateCreated", Times.text(tenant.now()))
            .put("isActive", true)
            .put("relyingPartyId", "")
            .put("origin", "");
    shown.setAll(fields);
    Entity credential = Entity.of(uuid, shown).withHidden(hidden);
    tenant.put(Tables.CREDENTIALS, credential);
    return credential;
  }

  private static Stream<Entity> owned(Tenant tenant, Caller caller) {
    return tenant.table(Tables.CREDENTIALS).where("owner", caller.credentialOwner());
  }

  private static Answer list(Call call) {
    ObjectNode answer = Json.object();
    ArrayNode items = answer.putArray("items");
    owned(call.tenant(), call.caller()).map(Entity::shown).forEach(items::add);
    return Answer.ok(answer);
  }

  private static Answer challenge(Call call) {
    String kind = call.text("kind");
    Optional<Answer> unusable = unusable(call, kind);
    if (unusable.isPresent()) {
      return unusable.get();
    }
    ObjectNode bound = Json.object().put("purpose", PURPOSE).put("kind", kind);
    ObjectNode answer = Challenges.issue(call, bound);
    answer.setAll(CreationChallenge.forKind(call.tenant(), call.caller().user(), kind));
    return Answer.ok(answer);
  }

  private static Answer create(Call call) {
    Optional<Entity> challenge = Challenges.find(call, call.text("challengeIdentifier"), PURPOSE);
    return challenge.isEmpty()
        ? Assertions.unknown()
        : create(call, challenge.get(), call.caller().credentialOwner());
  }

  /** Adds the credential in a call's body, if it is of the kind that its challenge was for. */
  static Answer create(Call call, Entity challenge, String owner) {
    String kind = call.text("credentialKind");
    if (!kind.equals(challenge.hiddenText("kind"))) {
      return Answer.refused(400, "Challenge token is not valid.")
          .because("the challenge is for another kind than " + kind);
    }
    Challenges.spend(call.tenant(), challenge);
    NewCredential added =
        NewCredential.add(call.tenant(), owner, call.json(), Challenges.text(challenge));
    return added.refusal().orElseGet(() -> Answer.ok(added.credential().orElseThrow().shown()));
  }

  /** Makes all credentials of a user or personal access token invalid. */
  static void forget(Tenant tenant, String owner) {
    tenant
        .table(Tables.CREDENTIALS)
        .where("owner", owner)
        .toList()
        .forEach(it -> tenant.remove(Tables.CREDENTIALS, it.id()));
  }

  /** The refusal of a kind: programs have keys only. */
  private static Optional<Answer> unusable(Call call, String kind) {
    return call.caller().isServiceAccount() && !kind.equals("Key")
        ? Optional.of(
            Answer.refused(400, "Validation error: kind: a service account has only keys"))
        : NewCredential.unusable(kind);
  }

  private static Answer activate(Call call, boolean active) {
    Optional<Entity> credential = owned(call, call.text("credentialUuid"));
    if (credential.isEmpty()) {
      return unknown(call, call.text("credentialUuid"));
    }
    call.tenant().put(Tables.CREDENTIALS, credential.get().with("isActive", active));
    return Answer.ok(
        Json.object().put("message", active ? "Credential activated" : "Credential deactivated"));
  }

  private static Answer delete(Call call) {
    String uuid = call.resource(Resource.CREDENTIAL).id();
    if (owned(call, uuid).isEmpty()) {
      return unknown(call, uuid);
    }
    call.tenant().remove(Tables.CREDENTIALS, uuid);
    return Answer.ok(Json.object());
  }

  private static Optional<Entity> owned(Call call, String uuid) {
    return call.tenant()
        .find(Tables.CREDENTIALS, uuid)
        .filter(it -> it.hiddenText("owner").equals(call.caller().credentialOwner()));
  }

  private static Answer unknown(Call call, String uuid) {
    return Answer.refused(404, "credential not found")
        .detail("credentialUuid", uuid)
        .detail("orgId", call.tenant().id());
  }
}
