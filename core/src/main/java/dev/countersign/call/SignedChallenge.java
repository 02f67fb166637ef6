package dev.countersign.call;

import dev.countersign.action.Assertion;
import dev.countersign.action.Challenge;
import dev.countersign.credential.Secret;
import dev.countersign.error.ProtocolException;
import dev.countersign.json.JsonCodec;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonString;
import dev.countersign.json.JsonValue;
import java.nio.charset.StandardCharsets;

/** What redeems a challenge: its identifier, and one or two factors that signed it. */
final class SignedChallenge {

  private static final String SHAPE =
      "; it is what POST /auth/action takes: challengeIdentifier and firstFactor {kind,"
          + " credentialAssertion}";

  private final JsonObject body;

  private SignedChallenge(JsonObject body) {
    this.body = body;
  }

  static SignedChallenge of(Challenge challenge, Assertion assertion) {
    return new SignedChallenge(assertion.redemption(challenge));
  }

  /**
   * Reads what somebody else sent.
   *
   * @throws IllegalArgumentException with what is missing and never what is there
   */
  static SignedChallenge parse(String text, JsonCodec codec) {
    JsonValue value;
    try {
      value = codec.parse(text.getBytes(StandardCharsets.UTF_8));
    } catch (ProtocolException e) {
      throw new IllegalArgumentException(
          "The signed challenge is not JSON: " + e.getMessage() + SHAPE);
    }
    if (!(value instanceof JsonObject body)) {
      throw new IllegalArgumentException("The signed challenge is " + value.describe() + SHAPE);
    }
    if (body.text("challengeIdentifier").filter(id -> !id.isEmpty()).isEmpty()) {
      throw new IllegalArgumentException(
          "The signed challenge has no text 'challengeIdentifier'" + SHAPE);
    }
    requireFactor(body, "firstFactor");
    if (body.has("secondFactor")) {
      requireFactor(body, "secondFactor");
    }
    return new SignedChallenge(body);
  }

  private static void requireFactor(JsonObject body, String name) {
    if (!(body.get(name) instanceof JsonObject factor)
        || !(factor.get("kind") instanceof JsonString)) {
      throw new IllegalArgumentException(
          "The signed challenge has no '" + name + "' with a 'kind'" + SHAPE);
    }
  }

  /** The body of {@code POST /auth/action}. */
  JsonObject body() {
    return body;
  }

  /** What must never be seen. */
  Secret identifier() {
    return Secret.of(body.text("challengeIdentifier").orElse(""));
  }

  @Override
  public String toString() {
    return "SignedChallenge(***)";
  }
}
