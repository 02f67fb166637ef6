package dev.countersign.simulator.coverage;

import static dev.countersign.simulator.coverage.Scene.json;
import static dev.countersign.simulator.coverage.Scene.text;

import dev.countersign.api.auth.RegistrationChallenge;
import dev.countersign.credential.AccessToken;
import dev.countersign.credential.Credential;
import dev.countersign.json.JsonObject;
import dev.countersign.registration.KeyRegistration;
import java.util.List;
import java.util.Optional;

/** What operations on people's accounts need that a random body does not give. */
final class People {

  private static final KeyRegistration KEYS = new KeyRegistration(Scene.CODEC);
  private static final String NEWCOMER = "{'email':'ada@example.com','kind':'EndUser'}";

  private final Scene scene;
  private final Ids ids;
  private RegistrationChallenge challenge = RegistrationChallenge.of(JsonObject.empty());

  People(Scene scene, Ids ids) {
    this.scene = scene;
    this.ids = ids;
  }

  /** Who calls an operation, if that is nobody with an account of the organisation's making. */
  Optional<Credential> caller(String operation) {
    return switch (operation) {
      case "createDelegatedRecoveryChallenge",
          "createDelegatedRegistrationChallenge",
          "delegatedLogin" ->
          Optional.of(backend());
      case "register", "registerEndUser" -> {
        challenge =
            RegistrationChallenge.of(
                scene.call(
                    backend(), "createDelegatedRegistrationChallenge", List.of(), json(NEWCOMER)));
        yield Optional.of(Credential.of(AccessToken.of(challenge.temporaryAuthenticationToken())));
      }
      default -> Optional.empty();
    };
  }

  /** The body for an operation, where not any will do; the caller is there already. */
  Optional<JsonObject> body(String operation) {
    return switch (operation) {
      case "createDelegatedRegistrationChallenge" -> Optional.of(json(NEWCOMER));
      case "delegatedLogin" -> Optional.of(json("{'username':'%s'}", username()));
      case "register" -> Optional.of(newcomer());
      case "registerEndUser" ->
          Optional.of(
              newcomer().toBuilder()
                  .put("wallets", json("{'all':[{'network':'Polygon'}]}").get("all"))
                  .build());
      default -> Optional.empty();
    };
  }

  private Credential backend() {
    return Scene.credential(
        scene.organisation.serviceAccount(
            "backend",
            Scene.KEY.publicKeyPem(),
            "Auth:Delegated:Register",
            "Auth:Delegated:Login",
            "Auth:Delegated:Recover"));
  }

  private JsonObject newcomer() {
    return JsonObject.of(
        "firstFactorCredential",
        KEYS.firstFactor(challenge.challenge(), "phone", new FreshSigner()).json());
  }

  private String username() {
    String user = scene.organisation.endUser("eve@example.com", Scene.KEY.publicKeyPem()).userId();
    return text(scene.call("getUser", List.of(user)), "username");
  }
}
