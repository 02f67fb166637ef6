package dev.countersign.simulator.auth;

import com.fasterxml.jackson.databind.JsonNode;
import dev.countersign.simulator.crypto.AttestationObject;
import dev.countersign.simulator.crypto.AuthenticatorData;
import dev.countersign.simulator.crypto.Base64Url;
import dev.countersign.simulator.crypto.CredentialKey;
import dev.countersign.simulator.state.Entity;
import dev.countersign.simulator.state.Tenant;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** Judges what authenticators say: WebAuthn, "Registering" and "Verifying an Assertion". */
final class Passkeys {

  /** The hidden field of a passkey with how often it has signed. */
  static final String COUNTER = "counter";

  private static final byte[] NOTHING = new byte[0];

  private Passkeys() {}

  /**
   * Judges the proof of a new passkey.
   *
   * @param info the {@code credentialInfo}
   * @param challenge the challenge as it was handed out
   */
  static Attestation attestation(Tenant tenant, JsonNode info, String challenge) {
    String clientData = info.path("clientData").asText();
    Optional<String> fault = clientDataFault(tenant, clientData, "webauthn.create", challenge);
    if (fault.isPresent()) {
      return Attestation.refused(fault.get());
    }
    Optional<AttestationObject> object =
        Base64Url.decode(info.path("attestationData").asText()).flatMap(AttestationObject::parse);
    if (object.isEmpty()) {
      return Attestation.refused("attestationData is no attestation object with a usable key");
    }
    AuthenticatorData data = object.get().data();
    if (!data.attests(decoded(info.path("credId").asText()))) {
      return Attestation.refused("the authenticator made a credential of another credId");
    }
    return dataFault(tenant, data)
        .or(() -> object.get().fault(decoded(clientData)))
        .map(Attestation::refused)
        .orElseGet(
            () ->
                new Attestation(
                    object.get().publicKey(),
                    RelyingParty.of(tenant).id(),
                    ClientData.origin(clientData),
                    data.counter(),
                    Optional.empty()));
  }

  /**
   * What is wrong with an assertion.
   *
   * @param assertion the {@code credentialAssertion}
   * @param challenge the challenge as it was handed out
   */
  static Optional<String> fault(
      Tenant tenant, Entity credential, JsonNode assertion, String challenge) {
    String clientData = assertion.path("clientData").asText();
    Optional<String> fault = clientDataFault(tenant, clientData, "webauthn.get", challenge);
    if (fault.isPresent()) {
      return fault;
    }
    byte[] bytes = decoded(assertion.path("authenticatorData").asText());
    Optional<AuthenticatorData> data = AuthenticatorData.parse(bytes);
    if (data.isEmpty()) {
      return Optional.of("authenticatorData is malformed");
    }
    return dataFault(tenant, data.get())
        .or(() -> handleFault(credential, assertion.path("userHandle").asText()))
        .or(() -> signatureFault(credential, bytes, clientData, assertion))
        .or(() -> counterFault(credential, data.get().counter()));
  }

  /** How often a passkey has signed, its assertion included, which has no fault. */
  static long counter(JsonNode assertion) {
    return AuthenticatorData.parse(decoded(assertion.path("authenticatorData").asText()))
        .map(AuthenticatorData::counter)
        .orElse(0L);
  }

  /** The official SDKs take the challenge as bytes of text, others as what it encodes. */
  private static Optional<String> clientDataFault(
      Tenant tenant, String clientData, String type, String challenge) {
    Optional<String> fault = ClientData.fault(clientData, type, Base64Url.encode(challenge));
    if (fault.isPresent()) {
      fault = ClientData.fault(clientData, type, challenge);
    }
    return fault.or(
        () ->
            RelyingParty.of(tenant).admits(ClientData.origin(clientData))
                ? Optional.empty()
                : Optional.of("clientData is of an origin that is not the relying party's"));
  }

  private static Optional<String> dataFault(Tenant tenant, AuthenticatorData data) {
    if (!data.isFor(RelyingParty.of(tenant).id())) {
      return Optional.of("authenticatorData is for another relying party");
    }
    if (!data.userPresent()) {
      return Optional.of("authenticatorData says that nobody was present");
    }
    return tenant.switches().userVerificationRequired() && !data.userVerified()
        ? Optional.of("authenticatorData says that nobody was verified")
        : Optional.empty();
  }

  private static Optional<String> handleFault(Entity credential, String handle) {
    byte[] owner = credential.hiddenText("owner").getBytes(StandardCharsets.UTF_8);
    return handle.isEmpty() || Arrays.equals(owner, decoded(handle))
        ? Optional.empty()
        : Optional.of("userHandle names another user");
  }

  private static Optional<String> signatureFault(
      Entity credential, byte[] data, String clientData, JsonNode assertion) {
    byte[] signed = AttestationObject.signed(data, decoded(clientData));
    return CredentialKey.parse(credential.text("publicKey"))
            .filter(key -> key.verifies(signed, decoded(assertion.path("signature").asText())))
            .isPresent()
        ? Optional.empty()
        : Optional.of("the signature does not verify");
  }

  private static Optional<String> counterFault(Entity credential, long counter) {
    long known = credential.hidden().path(COUNTER).asLong();
    return counter > known || (counter == 0 && known == 0)
        ? Optional.empty()
        : Optional.of("the signature counter has not grown: the passkey may have been copied");
  }

  private static byte[] decoded(String text) {
    return Base64Url.decode(text).orElse(NOTHING);
  }
}
