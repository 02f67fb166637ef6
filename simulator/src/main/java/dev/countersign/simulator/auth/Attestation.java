package dev.countersign.simulator.auth;

import com.fasterxml.jackson.databind.JsonNode;
import dev.countersign.simulator.crypto.Base64Url;
import dev.countersign.simulator.crypto.CredentialKey;
import dev.countersign.simulator.crypto.Sha256;
import dev.countersign.simulator.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The proof that whoever wants a credential has its private half, judged.
 *
 * @param publicKey the new public key as PEM
 * @param relyingPartyId the site that a passkey is for; empty for other kinds
 * @param origin the page that a passkey was made on; empty for other kinds
 * @param counter how often a passkey has signed
 * @param fault what is wrong, empty if nothing is
 */
record Attestation(
    String publicKey, String relyingPartyId, String origin, long counter, Optional<String> fault) {

  /** A proof with a fault. */
  static Attestation refused(String fault) {
    return new Attestation("", "", "", 0, Optional.of(fault));
  }

  /**
   * Judges the proof of a key: a signature over the digest of the client data and the public key.
   *
   * @param info the {@code credentialInfo}
   * @param challenge the challenge as it was handed out
   */
  static Attestation ofKey(JsonNode info, String challenge) {
    String clientData = info.path("clientData").asText();
    Optional<JsonNode> data =
        Base64Url.decode(info.path("attestationData").asText()).flatMap(Json::parse);
    String pem = data.map(it -> it.path("publicKey").asText()).orElse("");
    return new Attestation(
        pem,
        "",
        "",
        0,
        ClientData.fault(clientData, "key.create", challenge)
            .or(() -> fault(pem, clientData, data)));
  }

  private static Optional<String> fault(String pem, String clientData, Optional<JsonNode> data) {
    if (data.isEmpty()) {
      return Optional.of("attestationData is not JSON in base64url");
    }
    Optional<CredentialKey> key = CredentialKey.parse(pem);
    if (key.isEmpty()) {
      return Optional.of("publicKey is no key that a credential may have");
    }
    byte[] signed =
        Json.bytes(
            Json.object()
                .put(
                    "clientDataHash",
                    HexFormat.of()
                        .formatHex(Sha256.digest(Base64Url.decode(clientData).orElseThrow())))
                .put("publicKey", pem));
    return key.get().verifies(signed, hex(data.get().path("signature").asText()))
        ? Optional.empty()
        : Optional.of("the signature does not verify");
  }

  private static byte[] hex(String text) {
    try {
      return HexFormat.of().parseHex(text);
    } catch (IllegalArgumentException e) {
      return Base64Url.decode(text).orElseGet(() -> text.getBytes(StandardCharsets.UTF_8));
    }
  }
}
