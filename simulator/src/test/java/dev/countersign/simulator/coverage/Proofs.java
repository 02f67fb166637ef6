package dev.countersign.simulator.coverage;

import static dev.countersign.simulator.coverage.Scene.json;
import static dev.countersign.simulator.coverage.Scene.text;

import dev.countersign.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/** Bodies that prove that somebody has a key. */
final class Proofs {

  private final Scene scene;

  Proofs(Scene scene) {
    this.scene = scene;
  }

  /** Signs a challenge that is asked for with this body. */
  JsonObject userAction(JsonObject challengeBody) {
    JsonObject challenge = scene.call("createUserActionChallenge", List.of(), challengeBody);
    byte[] clientData = clientData("key.get", challenge);
    return json(
        "{'challengeIdentifier':'%s','firstFactor':{'kind':'Key','credentialAssertion':"
            + "{'credId':'%s','clientData':'%s','signature':'%s'}}}",
        text(challenge, "challengeIdentifier"),
        scene.admin.credentialId(),
        base64Url(clientData),
        base64Url(Scene.KEY.sign(clientData)));
  }

  /** A new key as a further credential of the administrator. */
  JsonObject credential() {
    JsonObject challenge =
        scene.call("createCredentialChallenge", List.of(), json("{'kind':'Key'}"));
    FreshSigner key = new FreshSigner();
    byte[] clientData = clientData("key.create", challenge);
    String pem = key.publicKeyPem().replace("\n", "\\n");
    String signed =
        "{\"clientDataHash\":\"" + sha256(clientData) + "\",\"publicKey\":\"" + pem + "\"}";
    String attestation =
        "{\"publicKey\":\"%s\",\"signature\":\"%s\"}"
            .formatted(pem, HexFormat.of().formatHex(key.sign(bytes(signed))));
    return json(
        "{'credentialKind':'Key','credentialName':'next','challengeIdentifier':'%s',"
            + "'credentialInfo':{'credId':'next','clientData':'%s','attestationData':'%s'}}",
        text(challenge, "challengeIdentifier"),
        base64Url(clientData),
        base64Url(bytes(attestation)));
  }

  private static byte[] clientData(String type, JsonObject challenge) {
    return bytes(
        "{\"type\":\"%s\",\"challenge\":\"%s\"}".formatted(type, text(challenge, "challenge")));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String base64Url(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
