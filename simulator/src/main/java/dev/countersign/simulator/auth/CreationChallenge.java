package dev.countersign.simulator.auth;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.state.Entity;
import dev.countersign.simulator.state.Tenant;
import java.util.List;

/** What whoever makes a new credential has to know. */
final class CreationChallenge {

  private static final List<String> FACTORS = List.of("Key", "PasswordProtectedKey");
  private static final int ES256 = -7;
  private static final int RS256 = -257;

  private CreationChallenge() {}

  /** The fields of every such challenge. */
  static ObjectNode fields(Entity user) {
    ObjectNode fields = Json.object();
    fields
        .putObject("user")
        .put("id", user.id())
        .put("displayName", user.text("name"))
        .put("name", user.text("username"));
    fields.put("attestation", "direct");
    ArrayNode parameters = fields.putArray("pubKeyCredParams");
    parameters.addObject().put("type", "public-key").put("alg", ES256);
    parameters.addObject().put("type", "public-key").put("alg", RS256);
    return fields;
  }

  /** The challenge that a temporary token completes. */
  static ObjectNode completedBy(Tenant tenant, Entity user, IssuedToken token) {
    ObjectNode answer =
        fields(user)
            .put("temporaryAuthenticationToken", token.text())
            .put("challenge", TemporaryTokens.challenge(token.token()))
            .put("otpUrl", "");
    ObjectNode kinds = answer.putObject("supportedCredentialKinds");
    kinds.set("firstFactor", Json.texts(FACTORS));
    kinds.set("secondFactor", Json.texts(FACTORS));
    answer
        .putObject("authenticatorSelection")
        .put("residentKey", "required")
        .put("requireResidentKey", true)
        .put("userVerification", "preferred");
    answer.putArray("excludeCredentials");
    return answer;
  }
}
