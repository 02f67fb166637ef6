package dev.countersign.simulator.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.crypto.Base64Url;
import dev.countersign.simulator.crypto.Sha256;
import dev.countersign.simulator.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** A device with a key, which may be protected by a password or be for recovery. */
final class KeyDevice implements Device {

  final String kind;
  final String credentialId;
  final TestKey key;

  KeyDevice(String kind, String credentialId, TestKey key) {
    this.kind = kind;
    this.credentialId = credentialId;
    this.key = key;
  }

  static KeyDevice fresh(String credentialId) {
    return new KeyDevice("Key", credentialId, TestKey.fresh());
  }

  static KeyDevice fresh(String kind, String credentialId) {
    return new KeyDevice(kind, credentialId, TestKey.fresh());
  }

  String encryptedPrivateKey() {
    return "encrypted " + credentialId;
  }

  @Override
  public ObjectNode credential(JsonNode challenge) {
    byte[] clientData = clientData("key.create", challenge.path("challenge").asText());
    byte[] signed =
        Json.bytes(
            Json.object()
                .put("clientDataHash", HexFormat.of().formatHex(Sha256.digest(clientData)))
                .put("publicKey", key.pem()));
    ObjectNode attestation =
        Json.object()
            .put("publicKey", key.pem())
            .put("signature", HexFormat.of().formatHex(key.sign(signed)));
    ObjectNode credential = Json.object().put("credentialKind", kind);
    credential
        .putObject("credentialInfo")
        .put("credId", credentialId)
        .put("clientData", Base64Url.encode(clientData))
        .put("attestationData", Base64Url.encode(Json.bytes(attestation)));
    if (!kind.equals("Key")) {
      credential.put("encryptedPrivateKey", encryptedPrivateKey());
    }
    return credential;
  }

  @Override
  public ObjectNode factor(JsonNode challenge) {
    byte[] clientData = clientData("key.get", challenge.path("challenge").asText());
    ObjectNode factor = Json.object().put("kind", kind);
    factor
        .putObject("credentialAssertion")
        .put("credId", credentialId)
        .put("clientData", Base64Url.encode(clientData))
        .put("signature", Base64Url.encode(key.sign(clientData)));
    return factor;
  }

  private static byte[] clientData(String type, String challenge) {
    return Json.object()
        .put("type", type)
        .put("challenge", challenge)
        .toString()
        .getBytes(StandardCharsets.UTF_8);
  }
}
