package dev.countersign.simulator.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.control.Switches;
import dev.countersign.simulator.json.Json;

/** A backend that registers end users and logs them in. */
final class DelegatedFlow {

  final World world;
  final TestClient backend;

  DelegatedFlow() {
    this(Switches.defaults());
  }

  DelegatedFlow(Switches switches) {
    world = new World(switches);
    backend =
        world.serviceAccount(
            "backend",
            "Auth:Delegated:Register",
            "Auth:Delegated:Login",
            "Auth:Delegated:Recover",
            "Wallets:Read",
            "Wallets:Transfers:Create",
            "Keys:Signatures:Create");
  }

  Response challenge(String username) {
    return backend.post(
        "/auth/registration/delegated",
        Json.object().put("email", username).put("kind", "EndUser").toString());
  }

  /** Completes with the temporary token of a challenge. */
  Response complete(String path, JsonNode challenge, JsonNode body) {
    return backend
        .bearing(challenge.path("temporaryAuthenticationToken").asText())
        .unsigned("POST", path, body);
  }

  static ObjectNode first(JsonNode challenge, Device device) {
    return Json.object().set("firstFactorCredential", device.credential(challenge));
  }

  static ObjectNode withWallet(ObjectNode body, String network) {
    body.putArray("wallets").addObject().put("network", network).put("name", "mine");
    return body;
  }

  Response login(String username) {
    return backend.post(
        "/auth/login/delegated", Json.object().put("username", username).toString());
  }

  /** An end user with a device, registered and logged in. */
  Person registered(String username, Device device) {
    JsonNode challenge = challenge(username).body();
    Response registered = complete("/auth/registration", challenge, first(challenge, device));
    if (registered.status() != 200) {
      throw new AssertionError(registered.toString());
    }
    return loggedIn(username, device);
  }

  Person loggedIn(String username, Device device) {
    return new Person(backend.bearing(login(username).text("/token")), device);
  }
}
