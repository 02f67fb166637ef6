package dev.countersign.simulator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.control.Switches;
import dev.countersign.simulator.crypto.Base64Url;
import java.util.Arrays;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An authenticator makes a credential, and what it says is judged. */
final class PasskeyRegistrationTest {

  private final DelegatedFlow flow = new DelegatedFlow();
  private final Passkey passkey = Passkey.fresh();

  private Response register(DelegatedFlow in, Passkey device) {
    JsonNode challenge = in.challenge("ada").body();
    return in.complete("/auth/registration", challenge, DelegatedFlow.first(challenge, device));
  }

  private String refusal(Consumer<Passkey> fault) {
    fault.accept(passkey);
    Response response = register(flow, passkey);
    assertThat(response.status()).as(response.toString()).isEqualTo(400);
    return response.reason();
  }

  @ParameterizedTest
  @CsvSource({
    "P256, none",
    "P256, packed",
    "ED25519, none",
    "ED25519, packed",
    "RSA, none",
    "RSA, packed"
  })
  void everyAlgorithmOfAuthenticatorsRegistersAndSigns(TestKey.Kind kind, String format) {
    Passkey device = Passkey.fresh(kind);
    device.format = format;

    Person ada = flow.registered("ada", device);

    JsonNode credential = ada.get("/auth/credentials").body().at("/items/0");
    assertThat(credential.path("kind").asText()).isEqualTo("Fido2");
    assertThat(credential.path("credentialId").asText()).isEqualTo(device.credentialId());
    assertThat(credential.path("relyingPartyId").asText()).isEqualTo("localhost");
    assertThat(credential.path("origin").asText()).isEqualTo("http://localhost:3000");
    assertThat(credential.path("publicKey").asText().strip()).isEqualTo(device.key.pem().strip());
    JsonNode challenge = ada.client.challenge("POST", "/wallets", "").body();
    assertThat(challenge.at("/allowCredentials/webauthn/0/id").asText())
        .isEqualTo(device.credentialId());
    assertThat(challenge.at("/allowCredentials/key")).isEmpty();
    assertThat(challenge.at("/rp/id").asText()).isEqualTo("localhost");
    assertThat(ada.answer(challenge).status()).isEqualTo(200);
  }

  @Test
  void theChallengeMayBeTakenAsWhatItEncodes() {
    passkey.challengeAsText = false;

    assertThat(register(flow, passkey).status()).isEqualTo(200);
  }

  @Test
  void anotherRelyingPartyIsRefused() {
    assertThat(refusal(it -> it.relyingParty = "example.com"))
        .isEqualTo("authenticatorData is for another relying party");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://example.com",
        "http://localhost.example.com",
        "https://evillocalhost",
        "ftp://localhost",
        "https://localhost@example.com",
        "https://localhost/path",
        "localhost",
        ""
      })
  void anotherOriginIsRefused(String origin) {
    assertThat(refusal(it -> it.origin = origin))
        .isEqualTo("clientData is of an origin that is not the relying party's");
  }

  @ParameterizedTest
  @CsvSource({
    "https://example.com, true",
    "https://app.example.com:8443, true",
    "http://example.com, false",
    "http://app.example.com, false",
    "https://badexample.com, false",
    "http://localhost:3000, false"
  })
  void aSubdomainOfTheRelyingPartyWillDoButNotWithoutTls(String origin, boolean fine) {
    DelegatedFlow elsewhere =
        new DelegatedFlow(
            Switches.defaults().toBuilder()
                .relyingPartyId("example.com")
                .relyingPartyName("Example")
                .build());
    passkey.relyingParty = "example.com";
    passkey.origin = origin;

    assertThat(elsewhere.challenge("eve").text("/rp/name")).isEqualTo("Example");
    assertThat(register(elsewhere, passkey).status()).isEqualTo(fine ? 200 : 400);
  }

  @Test
  void somebodyHasToBePresent() {
    assertThat(refusal(it -> it.flags = Passkey.VERIFIED))
        .isEqualTo("authenticatorData says that nobody was present");
  }

  @Test
  void somebodyHasToBeVerifiedIfSwitched() {
    DelegatedFlow strict =
        new DelegatedFlow(Switches.defaults().toBuilder().userVerificationRequired(true).build());
    JsonNode challenge = strict.challenge("ada").body();
    assertThat(challenge.at("/authenticatorSelection/userVerification").asText())
        .isEqualTo("required");
    passkey.flags = Passkey.PRESENT;
    ObjectNode careless = DelegatedFlow.first(challenge, passkey);
    passkey.flags = Passkey.PRESENT | Passkey.VERIFIED;
    ObjectNode careful = DelegatedFlow.first(challenge, passkey);

    assertThat(strict.complete("/auth/registration", challenge, careless).status()).isEqualTo(400);
    assertThat(strict.complete("/auth/registration", challenge, careful).status()).isEqualTo(200);
  }

  @Test
  void nobodyHasToBeVerifiedUnlessSwitched() {
    passkey.flags = Passkey.PRESENT;

    assertThat(register(flow, passkey).status()).isEqualTo(200);
  }

  @Test
  void clientDataOfAnotherTypeIsRefused() {
    assertThat(refusal(it -> it.type = "webauthn.get"))
        .isEqualTo("clientData is not of the type webauthn.create");
  }

  @Test
  void anotherChallengeIsRefused() {
    JsonNode challenge = flow.challenge("ada").body();
    JsonNode other = flow.challenge("eve").body();

    Response response =
        flow.complete("/auth/registration", challenge, DelegatedFlow.first(other, passkey));

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.reason()).isEqualTo("clientData is for another challenge");
  }

  @Test
  void anotherCredentialIdThanTheAuthenticatorsIsRefused() {
    JsonNode challenge = flow.challenge("ada").body();
    ObjectNode body = DelegatedFlow.first(challenge, passkey);
    ((ObjectNode) body.at("/firstFactorCredential/credentialInfo"))
        .put("credId", Base64Url.encode("another"));

    Response response = flow.complete("/auth/registration", challenge, body);

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.reason()).contains("another credId");
  }

  @Test
  void aSelfAttestationHasToVerify() {
    assertThat(
            refusal(
                it -> {
                  it.format = "packed";
                  it.statedSignature = new byte[] {1, 2, 3};
                }))
        .isEqualTo("the attestation's signature does not verify");
  }

  @Test
  void statementsOfOtherFormatsAreTakenAsTheyAre() {
    passkey.format = "fido-u2f";
    passkey.statedSignature = new byte[] {1, 2, 3};

    assertThat(register(flow, passkey).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @EnumSource(value = TestKey.Kind.class, names = "SECP256K1")
  void aKeyThatNoAuthenticatorHasIsRefused(TestKey.Kind kind) {
    Response response = register(flow, Passkey.fresh(kind));

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.reason()).contains("no attestation object with a usable key");
  }

  @Test
  void noPrefixAndNoAdditionIsAnAttestationObject() {
    JsonNode challenge = flow.challenge("ada").body();
    ObjectNode body = DelegatedFlow.first(challenge, passkey);
    ObjectNode info = (ObjectNode) body.at("/firstFactorCredential/credentialInfo");
    byte[] whole = Base64Url.decode(info.path("attestationData").asText()).orElseThrow();
    for (int length = 0; length <= whole.length + 1; length++) {
      if (length != whole.length) {
        info.put("attestationData", Base64Url.encode(Arrays.copyOf(whole, length)));

        assertThat(flow.complete("/auth/registration", challenge, body).status())
            .as("%d of %d bytes", length, whole.length)
            .isEqualTo(400);
      }
    }
  }

  @Test
  void noChangedByteIsAFaultOfTheSimulator() {
    JsonNode challenge = flow.challenge("ada").body();
    ObjectNode body = DelegatedFlow.first(challenge, passkey);
    ObjectNode info = (ObjectNode) body.at("/firstFactorCredential/credentialInfo");
    byte[] whole = Base64Url.decode(info.path("attestationData").asText()).orElseThrow();
    for (int i = 0; i < whole.length; i++) {
      for (int value : new int[] {0x00, 0x7f, 0x80, 0xff}) {
        byte[] changed = whole.clone();
        changed[i] = (byte) value;
        info.put("attestationData", Base64Url.encode(changed));
        challenge = flow.challenge("ada" + i + " " + value).body();
        ObjectNode fresh = DelegatedFlow.first(challenge, passkey);
        info.put(
            "clientData", fresh.at("/firstFactorCredential/credentialInfo/clientData").asText());

        assertThat(flow.complete("/auth/registration", challenge, body).status())
            .as("byte %d as %d", i, value)
            .isIn(200, 400, 409);
      }
    }
  }
}
