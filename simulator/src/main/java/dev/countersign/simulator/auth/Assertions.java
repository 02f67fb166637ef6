package dev.countersign.simulator.auth;

import com.fasterxml.jackson.databind.JsonNode;
import dev.countersign.simulator.call.Answer;
import dev.countersign.simulator.call.Call;
import dev.countersign.simulator.crypto.Base64Url;
import dev.countersign.simulator.crypto.CredentialKey;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.state.Entity;
import java.util.Optional;

/** Takes a signed challenge and gives a user action. */
final class Assertions {

  private static final String PURPOSE = "user action";

  private Assertions() {}

  /** {@code POST /auth/action}. */
  static Answer complete(Call call) {
    Optional<Entity> challenge = Challenges.find(call, call.text("challengeIdentifier"), PURPOSE);
    if (challenge.isEmpty()) {
      return Answer.refused(400, "Challenge token is not valid.")
          .because("the challenge has expired, was used, or belongs to another token");
    }
    JsonNode factor = call.json().path("firstFactor");
    JsonNode assertion = factor.path("credentialAssertion");
    Optional<Entity> credential =
        Credentials.signing(call.tenant(), call.caller())
            .filter(it -> it.text("credentialId").equals(assertion.path("credId").asText()))
            .findFirst();
    if (!factor.path("kind").asText().equals("Key") || credential.isEmpty()) {
      return refused(call, challenge.get(), "the challenge does not allow that credential");
    }
    String clientData = assertion.path("clientData").asText();
    Optional<String> fault =
        ClientData.fault(clientData, "key.get", Challenges.text(challenge.get()));
    if (fault.isPresent()) {
      return refused(call, challenge.get(), fault.get());
    }
    if (!verifies(credential.get(), clientData, assertion.path("signature").asText())) {
      return refused(call, challenge.get(), "the signature does not verify");
    }
    Challenges.spend(call.tenant(), challenge.get());
    return Answer.ok(
        Json.object()
            .put("userAction", UserActions.issue(call, challenge.get(), credential.get())));
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

  private static Answer refused(Call call, Entity challenge, String reason) {
    if (call.tenant().switches().refusedAssertionSpendsChallenge()) {
      Challenges.spend(call.tenant(), challenge);
    }
    return Answer.refused(call.tenant().switches().refusedAssertionStatus(), "Not Authorized.")
        .because(reason)
        .keepingChanges();
  }
}
