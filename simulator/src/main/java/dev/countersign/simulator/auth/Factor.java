package dev.countersign.simulator.auth;

import com.fasterxml.jackson.databind.JsonNode;
import dev.countersign.simulator.crypto.Base64Url;
import dev.countersign.simulator.crypto.CredentialKey;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.state.Entity;
import dev.countersign.simulator.state.Tenant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A factor, judged: which credential signed, or what is wrong.
 *
 * @param credential the credential, changed by what is to be remembered of its use
 * @param fault empty if nothing is wrong
 */
record Factor(Optional<Entity> credential, String fault) {

  private static final String PASSKEY = "Fido2";

  Factor {
    Objects.requireNonNull(credential, "credential");
    Objects.requireNonNull(fault, "fault");
  }

  /**
   * Judges a factor as requests have it.
   *
   * @param allowed the credentials it may be of
   * @param challenge the challenge as it was handed out
   */
  static Factor of(Tenant tenant, JsonNode factor, List<Entity> allowed, String challenge) {
    String kind = factor.path("kind").asText();
    JsonNode assertion = factor.path("credentialAssertion");
    Optional<Entity> found =
        allowed.stream()
            .filter(it -> it.text("credentialId").equals(assertion.path("credId").asText()))
            .filter(it -> it.text("kind").equals(kind))
            .findFirst();
    if (found.isEmpty()) {
      return refused("the challenge does not allow that credential");
    }
    Entity credential = found.get();
    if (kind.equals(PASSKEY)) {
      return Passkeys.fault(tenant, credential, assertion, challenge)
          .map(Factor::refused)
          .orElseGet(() -> accepted(counted(credential, Passkeys.counter(assertion))));
    }
    String clientData = assertion.path("clientData").asText();
    return ClientData.fault(clientData, "key.get", challenge)
        .map(Factor::refused)
        .orElseGet(
            () ->
                verifies(credential, clientData, assertion.path("signature").asText())
                    ? accepted(credential)
                    : refused("the signature does not verify"));
  }

  private static Entity counted(Entity credential, long counter) {
    return credential.withHidden(Json.object().put(Passkeys.COUNTER, counter));
  }

  private static boolean verifies(Entity credential, String clientData, String signature) {
    Optional<byte[]> message = Base64Url.decode(clientData);
    Optional<byte[]> bytes = Base64Url.decode(signature);
    return message.isPresent()
        && bytes.isPresent()
        && CredentialKey.parse(credential.text("publicKey"))
            .filter(key -> key.verifies(message.get(), bytes.get()))
            .isPresent();
  }

  private static Factor accepted(Entity credential) {
    return new Factor(Optional.of(credential), "");
  }

  private static Factor refused(String fault) {
    return new Factor(Optional.empty(), fault);
  }
}
