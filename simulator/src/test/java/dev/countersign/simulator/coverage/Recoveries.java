package dev.countersign.simulator.coverage;

import static dev.countersign.simulator.coverage.Scene.json;

import dev.countersign.api.auth.RecoveryChallenge;
import dev.countersign.api.auth.RecoveryKeyAttestation;
import dev.countersign.credential.AccessToken;
import dev.countersign.credential.Credential;
import dev.countersign.credential.CredentialId;
import dev.countersign.credential.Secret;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonString;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** What operations need by which people come back who have nothing left but a recovery key. */
final class Recoveries {

  private static final String ADA = "ada@example.com";
  private static final CredentialId PAPER = new CredentialId("paper");

  private final Scene scene;
  private final People people;
  private final FreshSigner paper = new FreshSigner();
  private RecoveryChallenge challenge = RecoveryChallenge.of(JsonObject.empty());

  Recoveries(Scene scene, People people) {
    this.scene = scene;
    this.people = people;
  }

  Optional<Credential> caller(String operation) {
    return switch (operation) {
      case "createDelegatedRecoveryChallenge" -> {
        registered();
        yield Optional.of(people.backend());
      }
      case "recover" -> {
        registered();
        challenge =
            RecoveryChallenge.of(
                scene.call(
                    people.backend(), "createDelegatedRecoveryChallenge", List.of(), lost()));
        yield Optional.of(Credential.of(AccessToken.of(challenge.temporaryAuthenticationToken())));
      }
      default -> Optional.empty();
    };
  }

  Optional<JsonObject> body(String operation) {
    return switch (operation) {
      case "createDelegatedRecoveryChallenge" -> Optional.of(lost());
      case "recover" -> Optional.of(recovery());
      case "sendRecoveryCode" -> {
        registered();
        yield Optional.of(people.of(ADA));
      }
      case "createRecoveryChallenge" -> {
        registered();
        scene.call("sendRecoveryCode", List.of(), people.of(ADA));
        yield Optional.of(
            people.of(ADA).toBuilder()
                .put("verificationCode", JsonString.of(people.mailed(ADA)))
                .put("credentialId", JsonString.of(PAPER.value()))
                .build());
      }
      default -> Optional.empty();
    };
  }

  private static JsonObject lost() {
    return json("{'username':'%s','credentialId':'%s'}", ADA, PAPER.value());
  }

  /** Somebody has registered with a key on paper beside that of the phone. */
  private void registered() {
    Credential newcomer = people.newcomer();
    RecoveryKeyAttestation key =
        RecoveryKeyAttestation.builder()
            .credentialInfo(People.KEYS.attest(people.challenge(), PAPER, paper))
            .encryptedPrivateKey(Secret.of("encrypted"))
            .build();
    scene.call(
        newcomer,
        "register",
        List.of(),
        people.registration().toBuilder().put("recoveryCredential", key.json()).build());
  }

  /** The key on paper vouches for the text of the new credentials. */
  private JsonObject recovery() {
    JsonObject credentials =
        JsonObject.of(
            "firstFactorCredential",
            People.KEYS.firstFactor(challenge.challenge(), "new phone", new FreshSigner()).json());
    byte[] clientData =
        Scene.CODEC.write(
            JsonObject.builder()
                .put("type", JsonString.of("key.get"))
                .put("challenge", JsonString.of(base64Url(Scene.CODEC.write(credentials))))
                .build());
    return json(
            "{'recovery':{'kind':'RecoveryKey','credentialAssertion':"
                + "{'credId':'%s','clientData':'%s','signature':'%s'}}}",
            PAPER.value(), base64Url(clientData), base64Url(paper.sign(clientData)))
        .toBuilder()
        .put("newCredentials", credentials)
        .build();
  }

  private static String base64Url(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
