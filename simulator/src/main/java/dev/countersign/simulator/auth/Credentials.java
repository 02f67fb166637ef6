package dev.countersign.simulator.auth;

import com.fasterxml.jackson.databind.JsonNode;
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
    return owned(tenant, caller).filter(credential -> credential.is("isActive"));
  }

  /**
   * Adds a key credential with an identifier of the simulator's making.
   *
   * @param owner the user, or the personal access token, that it signs for
   */
  public static Entity add(Tenant tenant, String owner, String name, String publicKey) {
    String id = Base64Url.encode(tenant.newId("ci"));
    return add(tenant, owner, name, publicKey, id);
  }

  private static Entity add(
      Tenant tenant, String owner, String name, String publicKey, String credentialId) {
    String uuid = tenant.newId("cr");
    ObjectNode shown =
        Json.object()
            .put("kind", "Key")
            .put("credentialId", credentialId)
            .put("credentialUuid", uuid)
            .put("dateCreated", Times.text(tenant.now()))
            .put("isActive", true)
            .put("name", name)
            .put("publicKey", publicKey)
            .put("relyingPartyId", "")
            .put("origin", "");
    Entity credential = Entity.of(uuid, shown).withHidden(Json.object().put("owner", owner));
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
    if (!call.text("kind").equals("Key")) {
      return Answer.refused(501, "Only credentials of the kind Key are simulated");
    }
    Entity user = call.caller().user();
    ObjectNode answer = Challenges.issue(call, Json.object().put("purpose", PURPOSE));
    answer.put("kind", "Key").put("attestation", "direct").put("temporaryAuthenticationToken", "");
    answer
        .putObject("user")
        .put("id", user.id())
        .put("displayName", user.text("name"))
        .put("name", user.text("username"));
    ArrayNode parameters = answer.putArray("pubKeyCredParams");
    parameters.addObject().put("type", "public-key").put("alg", -7);
    parameters.addObject().put("type", "public-key").put("alg", -257);
    return Answer.ok(answer);
  }

  private static Answer create(Call call) {
    if (!call.text("credentialKind").equals("Key")) {
      return Answer.refused(501, "Only credentials of the kind Key are simulated");
    }
    Optional<Entity> challenge = Challenges.find(call, call.text("challengeIdentifier"), PURPOSE);
    if (challenge.isEmpty()) {
      return Answer.refused(400, "Challenge token is not valid.")
          .because("the challenge has expired, was used, or belongs to another token");
    }
    JsonNode info = call.json().path("credentialInfo");
    Attestation attestation = Attestation.of(info, challenge.get());
    if (attestation.fault().isPresent()) {
      return Answer.refused(400, "Credential attestation is not valid.")
          .because(attestation.fault().get());
    }
    String credentialId = info.path("credId").asText();
    Tenant tenant = call.tenant();
    if (tenant
        .table(Tables.CREDENTIALS)
        .where("credentialId", credentialId)
        .findAny()
        .isPresent()) {
      return Answer.refused(409, "Credential with the same credId already exists");
    }
    Challenges.spend(tenant, challenge.get());
    Entity created =
        add(
            tenant,
            call.caller().credentialOwner(),
            call.text("credentialName"),
            attestation.publicKey(),
            credentialId);
    return Answer.ok(created.shown());
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
