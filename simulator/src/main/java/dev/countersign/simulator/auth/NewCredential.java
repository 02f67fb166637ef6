package dev.countersign.simulator.auth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.call.Answer;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.state.Entity;
import dev.countersign.simulator.state.Tables;
import dev.countersign.simulator.state.Tenant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What became of a credential that somebody wants to have: it was added, or refused.
 *
 * @param credential the credential, if it was added
 * @param refusal why not, if it was not
 */
record NewCredential(Optional<Entity> credential, Optional<Answer> refusal) {

  private static final String PASSKEY = "Fido2";
  private static final Set<String> KINDS =
      Set.of(PASSKEY, "Key", "PasswordProtectedKey", "RecoveryKey");

  NewCredential {
    Objects.requireNonNull(credential, "credential");
    Objects.requireNonNull(refusal, "refusal");
  }

  /** The refusal of a kind that no credential can have here. */
  static Optional<Answer> unusable(String kind) {
    return KINDS.contains(kind)
        ? Optional.empty()
        : Optional.of(
            Answer.refused(501, "The simulator does not simulate credentials of the kind " + kind));
  }

  /**
   * Adds a credential whose owner has proven to hold it.
   *
   * @param owner the user it signs for
   * @param wanted its kind, name and proof, as requests have them
   * @param challenge the challenge that the proof has to be for, as it was handed out
   */
  static NewCredential add(Tenant tenant, String owner, JsonNode wanted, String challenge) {
    String kind = wanted.path("credentialKind").asText();
    Optional<Answer> unusable = unusable(kind);
    if (unusable.isPresent()) {
      return new NewCredential(Optional.empty(), unusable);
    }
    JsonNode info = wanted.path("credentialInfo");
    Attestation attestation =
        kind.equals(PASSKEY)
            ? Passkeys.attestation(tenant, info, challenge)
            : Attestation.ofKey(info, challenge);
    if (attestation.fault().isPresent()) {
      return refused(
          Answer.refused(400, "Credential attestation is not valid.")
              .because(attestation.fault().get()));
    }
    String credentialId = info.path("credId").asText();
    if (credentialId.isEmpty()) {
      return refused(Answer.refused(400, "Validation error: credId: must not be empty"));
    }
    if (tenant
        .table(Tables.CREDENTIALS)
        .where("credentialId", credentialId)
        .findAny()
        .isPresent()) {
      return refused(Answer.refused(409, "Credential with the same credId already exists"));
    }
    ObjectNode shown =
        Json.object()
            .put("kind", kind)
            .put("credentialId", credentialId)
            .put("name", wanted.path("credentialName").asText(kind))
            .put("publicKey", attestation.publicKey())
            .put("relyingPartyId", attestation.relyingPartyId())
            .put("origin", attestation.origin());
    ObjectNode hidden =
        Json.object()
            .put("owner", owner)
            .put(Passkeys.COUNTER, attestation.counter())
            .put("encryptedPrivateKey", wanted.path("encryptedPrivateKey").asText());
    return new NewCredential(
        Optional.of(Credentials.store(tenant, shown, hidden)), Optional.empty());
  }

  private static NewCredential refused(Answer refusal) {
    return new NewCredential(Optional.empty(), Optional.of(refusal));
  }
}
