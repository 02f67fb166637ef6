package dev.countersign.simulator.auth;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.countersign.simulator.call.Call;
import dev.countersign.simulator.control.Switches.PayloadComparison;
import dev.countersign.simulator.crypto.Base64Url;
import dev.countersign.simulator.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Optional;

/**
 * What a recovery key signs: its challenge is the base64url of the new credentials as JSON, and so
 * it vouches for these and no others.
 */
final class RecoveryProof {

  private static final String SIGNED = "newCredentials";
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private RecoveryProof() {}

  /** The challenge that was signed, if it is made of the new credentials in the call's body. */
  static Optional<String> challenge(Call call) {
    String clientData = call.json().at("/recovery/credentialAssertion/clientData").asText();
    String challenge =
        Base64Url.decode(clientData)
            .flatMap(Json::parse)
            .map(data -> data.path("challenge").asText())
            .orElse("");
    Optional<byte[]> signed = Base64Url.decode(challenge);
    return signed.filter(bytes -> matches(call, bytes)).map(bytes -> challenge);
  }

  private static boolean matches(Call call, byte[] signed) {
    if (call.tenant().switches().payloadComparison() == PayloadComparison.BYTES) {
      return Arrays.equals(signed, received(call.request().body()));
    }
    JsonNode sent = call.json().path(SIGNED);
    return Json.parse(signed).filter(it -> Json.same(it, sent)).isPresent();
  }

  /** The bytes of the new credentials within a well-formed body. */
  private static byte[] received(byte[] body) {
    try (JsonParser parser = MAPPER.createParser(body)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean found = parser.currentName().equals(SIGNED);
        parser.nextToken();
        int start = (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        if (found) {
          return Arrays.copyOfRange(body, start, (int) parser.currentLocation().getByteOffset());
        }
      }
      return new byte[0];
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
