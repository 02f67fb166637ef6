package dev.countersign.simulator.coverage;

import static dev.countersign.simulator.coverage.Scene.json;
import static dev.countersign.simulator.coverage.Scene.text;

import dev.countersign.action.Challenge;
import dev.countersign.action.KeyAssertions;
import dev.countersign.api.auth.CredentialChallengeKey;
import dev.countersign.api.auth.RegistrationChallenge;
import dev.countersign.credential.AccessToken;
import dev.countersign.credential.Credential;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonString;
import dev.countersign.registration.KeyRegistration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What operations on people's accounts need that a random body does not give. */
final class People {

  static final KeyRegistration KEYS = new KeyRegistration(Scene.CODEC);

  private static final String ADA = "ada@example.com";
  private static final String NEWCOMER = "{'email':'" + ADA + "','kind':'EndUser'}";
  private static final String COLLEAGUE = "bob@example.com";

  private final Scene scene;
  private final Recoveries recoveries;
  private @Nullable Credential backend;
  private RegistrationChallenge challenge = RegistrationChallenge.of(JsonObject.empty());

  People(Scene scene) {
    this.scene = scene;
    this.recoveries = new Recoveries(scene, this);
  }

  /** Who calls an operation, if that is nobody with an account of the organisation's making. */
  Optional<Credential> caller(String operation) {
    return switch (operation) {
      case "createDelegatedRegistrationChallenge", "delegatedLogin" -> Optional.of(backend());
      case "register", "registerEndUser" -> Optional.of(newcomer());
      default -> recoveries.caller(operation);
    };
  }

  /** The body for an operation, where not any will do; the caller is there already. */
  Optional<JsonObject> body(String operation) {
    return switch (operation) {
      case "createDelegatedRegistrationChallenge" -> Optional.of(json(NEWCOMER));
      case "delegatedLogin" -> Optional.of(json("{'username':'%s'}", endUser()));
      case "register" -> Optional.of(registration());
      case "registerEndUser" ->
          Optional.of(
              registration().toBuilder()
                  .put("wallets", json("{'all':[{'network':'Polygon'}]}").get("all"))
                  .build());
      case "createUser" -> Optional.of(colleague());
      case "sendLoginCode" -> Optional.of(of("admin"));
      case "resendRegistrationCode" -> Optional.of(of(invited()));
      case "createRegistrationChallenge" -> Optional.of(registrationCode());
      case "createLoginChallenge" -> Optional.of(of("admin"));
      case "login" -> Optional.of(login());
      case "createCredentialCode" -> Optional.of(expiration());
      case "createCredentialChallengeWithCode" -> Optional.of(credentialCode());
      case "createCredentialWithCode" -> Optional.of(credential());
      default -> recoveries.body(operation);
    };
  }

  /** A service account that may do for end users what there is to do. */
  Credential backend() {
    if (backend == null) {
      backend =
          Scene.credential(
              scene.organisation.serviceAccount(
                  "backend",
                  Scene.KEY.publicKeyPem(),
                  "Auth:Delegated:Register",
                  "Auth:Delegated:Login",
                  "Auth:Delegated:Recover"));
    }
    return backend;
  }

  /** Somebody in the organisation. */
  JsonObject of(String username) {
    return json("{'username':'%s','orgId':'%s'}", username, scene.organisation.id());
  }

  /** The latest code that somebody was mailed. */
  String mailed(String username) {
    List<String> codes = scene.organisation.mailedCodes(username);
    return codes.get(codes.size() - 1);
  }

  /** Somebody who is about to register, with the challenge for it. */
  Credential newcomer() {
    challenge =
        RegistrationChallenge.of(
            scene.call(
                backend(), "createDelegatedRegistrationChallenge", List.of(), json(NEWCOMER)));
    return Credential.of(AccessToken.of(challenge.temporaryAuthenticationToken()));
  }

  /** The newcomer's challenge. */
  String challenge() {
    return challenge.challenge();
  }

  /** What the newcomer registers with. */
  JsonObject registration() {
    return JsonObject.of(
        "firstFactorCredential", KEYS.firstFactor(challenge(), "phone", new FreshSigner()).json());
  }

  private String endUser() {
    String user = scene.organisation.endUser(ADA, Scene.KEY.publicKeyPem()).userId();
    return text(scene.call("getUser", List.of(user)), "username");
  }

  private static JsonObject colleague() {
    return json("{'email':'%s','kind':'CustomerEmployee'}", COLLEAGUE);
  }

  private String invited() {
    scene.call("createUser", List.of(), colleague());
    return COLLEAGUE;
  }

  private JsonObject registrationCode() {
    JsonObject.Builder body = of(invited()).toBuilder();
    return body.put("registrationCode", JsonString.of(mailed(COLLEAGUE))).build();
  }

  private JsonObject login() {
    Challenge asked = Challenge.of(scene.call("createLoginChallenge", List.of(), of("admin")));
    Credential.Key key = Scene.credential(scene.admin).key().orElseThrow();
    return new KeyAssertions(Scene.CODEC).sign(asked, key).redemption(asked);
  }

  private static JsonObject expiration() {
    return json("{'expiration':'2999-01-01T00:00:00Z'}");
  }

  private JsonObject credentialCode() {
    JsonObject code = scene.call("createCredentialCode", List.of(), expiration());
    return json("{'credentialKind':'Key','code':'%s'}", text(code, "code"));
  }

  private JsonObject credential() {
    JsonObject asked = scene.call("createCredentialChallengeWithCode", List.of(), credentialCode());
    return KEYS.credential(CredentialChallengeKey.of(asked), "tablet", new FreshSigner()).json();
  }
}
