package dev.countersign.simulator.auth;

import com.fasterxml.jackson.databind.JsonNode;
import dev.countersign.simulator.crypto.Base64Url;
import dev.countersign.simulator.json.Json;
import java.util.Optional;

/** What a credential signs: which challenge, and for what. */
final class ClientData {

  private ClientData() {}

  /**
   * What is wrong with client data. Only {@code type} and {@code challenge} count; further fields,
   * their order and padding do not.
   *
   * @param encoded base64url
   * @param type {@code key.get} to use a key, {@code key.create} to register one; {@code
   *     webauthn.…} for passkeys
   * @param challenge the challenge as it was handed out
   */
  static Optional<String> fault(String encoded, String type, String challenge) {
    Optional<JsonNode> data = Base64Url.decode(encoded).flatMap(Json::parse);
    if (data.isEmpty()) {
      return Optional.of("clientData is not JSON in base64url");
    }
    if (!data.get().path("type").asText().equals(type)) {
      return Optional.of("clientData is not of the type " + type);
    }
    if (!data.get().path("challenge").asText().equals(challenge)) {
      return Optional.of("clientData is for another challenge");
    }
    return Optional.empty();
  }

  /** The origin that client data names; empty if it names none. */
  static String origin(String encoded) {
    return Base64Url.decode(encoded)
        .flatMap(Json::parse)
        .map(data -> data.path("origin").asText())
        .orElse("");
  }
}
