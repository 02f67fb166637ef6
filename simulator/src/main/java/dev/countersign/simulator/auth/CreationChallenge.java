package dev.countersign.simulator.auth;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.state.Entity;
import dev.countersign.simulator.state.Tenant;
import java.util.List;

/** What whoever makes a new credential has to know. */
final class CreationChallenge {

  private static final List<String> FACTORS = List.of("Fido2", "Key", "PasswordProtectedKey");
  private static final int ES256 = -7;
  private static final int RS256 = -257;

  private CreationChallenge() {}

  /** How strongly authenticators are asked to verify who is there. */
  static String userVerification(Tenant tenant) {
    return tenant.switches().userVerificationRequired() ? "required" : "preferred";
  }

  /** The fields of the challenge for a credential of a kind. */
  static ObjectNode forKind(Tenant tenant, Entity user, String kind) {
    ObjectNode challenge = fields(tenant, user);
    if (kind.equals("Fido2")) {
      selectAuthenticator(tenant, challenge);
      ArrayNode excluded = challenge.putArray("excludeCredentials");
      Credentials.signing(tenant, user.id())
          .filter(it -> it.text("kind").equals("Fido2"))
          .forEach(
              it ->
                  excluded
                      .addObject()
                      .put("type", "public-key")
                      .put("id", it.text("credentialId")));
    }
    return challenge.put("kind", kind).put("temporaryAuthenticationToken", "");
  }

  private static void selectAuthenticator(Tenant tenant, ObjectNode challenge) {
    challenge
        .putObject("authenticatorSelection")
        .put("residentKey", "required")
        .put("requireResidentKey", true)
        .put("userVerification", userVerification(tenant));
  }

  private static ObjectNode fields(Tenant tenant, Entity user) {
    ObjectNode fields = Json.object();
    fields
        .putObject("user")
        .put("id", user.id())
        .put("displayName", user.text("name"))
        .put("name", user.text("username"));
    fields.put("attestation", "direct").set("rp", RelyingParty.of(tenant).shown());
    ArrayNode parameters = fields.putArray("pubKeyCredParams");
    parameters.addObject().put("type", "public-key").put("alg", ES256);
    parameters.addObject().put("type", "public-key").put("alg", RS256);
    return fields;
  }

  /** The challenge that a temporary token completes. */
  static ObjectNode completedBy(Tenant tenant, Entity user, IssuedToken token) {
    ObjectNode answer =
        fields(tenant, user)
            .put("temporaryAuthenticationToken", token.text())
            .put("challenge", TemporaryTokens.challenge(token.token()))
            .put("otpUrl", "");
    ObjectNode kinds = answer.putObject("supportedCredentialKinds");
    kinds.set("firstFactor", Json.texts(FACTORS));
    kinds.set("secondFactor", Json.texts(FACTORS));
    selectAuthenticator(tenant, answer);
    answer.putArray("excludeCredentials");
    return answer;
  }
}
