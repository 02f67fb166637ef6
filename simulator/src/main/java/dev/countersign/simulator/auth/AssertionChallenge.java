package dev.countersign.simulator.auth;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.state.Entity;
import dev.countersign.simulator.state.Tenant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What whoever signs a challenge has to know. */
final class AssertionChallenge {

  private AssertionChallenge() {}

  /**
   * Completes an issued challenge.
   *
   * @param issued the challenge and its identifier
   * @param credentials those that may sign
   */
  static ObjectNode complete(
      Tenant tenant, ObjectNode issued, List<Entity> credentials, boolean needsSecondFactor) {
    ArrayNode kinds = issued.putArray("supportedCredentialKinds");
    kindsOf(credentials)
        .forEach(
            kind ->
                kinds
                    .addObject()
                    .put("kind", kind)
                    .put("factor", "either")
                    .put("requiresSecondFactor", needsSecondFactor));
    issued
        .put("userVerification", CreationChallenge.userVerification(tenant))
        .put("attestation", "direct")
        .put("externalAuthenticationUrl", "");
    issued.set("rp", RelyingParty.of(tenant).shown());
    ObjectNode allowed = issued.putObject("allowCredentials");
    allowed.set("key", descriptors(credentials, "Key"));
    allowed.set("passwordProtectedKey", descriptors(credentials, "PasswordProtectedKey"));
    allowed.set("webauthn", descriptors(credentials, "Fido2"));
    return issued;
  }

  private static Set<String> kindsOf(List<Entity> credentials) {
    Set<String> kinds = new TreeSet<>();
    credentials.forEach(credential -> kinds.add(credential.text("kind")));
    return kinds;
  }

  private static ArrayNode descriptors(List<Entity> credentials, String kind) {
    ArrayNode descriptors = Json.array();
    for (Entity credential : credentials) {
      if (credential.text("kind").equals(kind)) {
        ObjectNode descriptor =
            descriptors
                .addObject()
                .put("type", "public-key")
                .put("id", credential.text("credentialId"));
        if (kind.equals("PasswordProtectedKey")) {
          descriptor.put("encryptedPrivateKey", credential.hiddenText("encryptedPrivateKey"));
        }
      }
    }
    return descriptors;
  }
}
