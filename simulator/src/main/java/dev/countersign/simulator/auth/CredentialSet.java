package dev.countersign.simulator.auth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.call.Answer;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.state.Entity;
import dev.countersign.simulator.state.Tenant;
import java.util.List;

/**
 * The credentials that complete a registration or recovery: a first factor, and perhaps a second
 * one and a recovery key. All of them sign the same challenge.
 */
final class CredentialSet {

  private static final List<String> FIELDS =
      List.of("firstFactorCredential", "secondFactorCredential", "recoveryCredential");

  private CredentialSet() {}

  /**
   * Gives a user these credentials, with which the user is registered.
   *
   * @param wanted the credentials as requests have them
   * @param challenge the challenge as it was handed out
   * @return the first factor and the user, or the refusal of one of the credentials
   */
  static Answer register(Tenant tenant, Entity user, JsonNode wanted, String challenge) {
    ObjectNode answer = Json.object();
    Entity registered = user.with("isRegistered", true).with("isActive", true);
    for (String field : FIELDS) {
      if (!wanted.has(field)) {
        continue;
      }
      NewCredential added = NewCredential.add(tenant, user.id(), wanted.path(field), challenge);
      if (added.refusal().isPresent()) {
        return added.refusal().get();
      }
      Entity credential = added.credential().orElseThrow();
      if (answer.isEmpty()) {
        registered = registered.with("credentialUuid", credential.id());
        answer
            .putObject("credential")
            .put("uuid", credential.id())
            .put("kind", credential.text("kind"))
            .put("name", credential.text("name"));
      }
    }
    Directory.put(tenant, registered);
    answer
        .putObject("user")
        .put("id", user.id())
        .put("username", user.text("username"))
        .put("orgId", tenant.id());
    return Answer.ok(answer);
  }
}
