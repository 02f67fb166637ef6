package dev.countersign.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.auth.Directory;
import dev.countersign.simulator.auth.IssuedToken;
import dev.countersign.simulator.auth.Tokens;
import dev.countersign.simulator.call.Answer;
import dev.countersign.simulator.call.Caller;
import dev.countersign.simulator.control.Switches;
import dev.countersign.simulator.crypto.Base64Url;
import dev.countersign.simulator.engine.Engine;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.permissions.Assigning;
import dev.countersign.simulator.spec.Description;
import dev.countersign.simulator.state.Entity;
import dev.countersign.simulator.state.Tables;
import dev.countersign.simulator.state.Tenant;
import dev.countersign.simulator.wire.SimRequest;
import dev.countersign.simulator.wire.SimResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Clock;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One organisation of an engine in this process, without doors and clients, and a service account
 * that signs: what the engine alone does is measured here.
 */
final class Workbench {

  /** What the service account may do: as much as the backend of a company that pays. */
  private static final List<String> ROLE =
      List.of(
          "Wallets:Create",
          "Keys:Create",
          "Wallets:Read",
          "Wallets:Update",
          "Wallets:Transfers:Create",
          "Wallets:Transfers:Read",
          "Keys:Signatures:Create",
          "Keys:Signatures:Read",
          "Policies:Read");

  final Description description = Description.load();
  final Engine engine = new Engine(description);
  final Tenant tenant =
      new Tenant(
          1, "bench", Clock.systemUTC(), Switches.defaults(), engine::happen, engine::committed);
  final Caller admin;
  final Caller account;
  final String token;
  final String publicKey;
  private final KeyPair keys;

  Workbench() {
    try {
      this.keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
    this.publicKey =
        "-----BEGIN PUBLIC KEY-----\n"
            + Base64.getMimeEncoder().encodeToString(keys.getPublic().getEncoded())
            + "\n-----END PUBLIC KEY-----\n";
    tenant.clock().freeze();
    IssuedToken human =
        tenant.alone(
            () -> {
              Assigning.managed(tenant, description);
              IssuedToken issued = Directory.human(tenant, "admin", publicKey);
              Assigning.assign(
                  tenant, Assigning.named(tenant, Assigning.FULL_ADMIN).id(), user(issued));
              return issued;
            });
    IssuedToken program =
        tenant.alone(
            () -> {
              IssuedToken issued =
                  Directory.serviceAccount(tenant, "bench", publicKey, Tokens.LIFETIME);
              Entity role = Assigning.permission(tenant, description, "bench", ROLE);
              Assigning.assign(tenant, role.id(), user(issued));
              return issued;
            });
    engine.add(tenant);
    this.admin = caller(human);
    this.account = caller(program);
    this.token = program.text();
  }

  private static String user(IssuedToken issued) {
    return issued.token().text("linkedUserId");
  }

  private Caller caller(IssuedToken issued) {
    return tenant.alone(() -> new Caller(tenant.get(Tables.USERS, user(issued)), issued.token()));
  }

  /** Does an operation behind the API, which a test may do too. */
  JsonNode act(String operation, Map<String, String> parameters, String body) {
    Answer answer =
        tenant.alone(
            () ->
                engine.act(
                    tenant,
                    admin,
                    operation,
                    parameters,
                    (ObjectNode) Json.parse(bytes(body)).orElseThrow()));
    if (answer.status() != 200) {
      throw new IllegalStateException(operation + ": " + answer.status() + " " + answer.reason());
    }
    return answer.body().orElseThrow();
  }

  SimRequest get(String target) {
    return SimRequest.single("GET", target, Map.of("Authorization", "Bearer " + token), bytes(""));
  }

  /** What asks for the challenge of a call. */
  SimRequest init(String path, String body) {
    return post(
        "/auth/action/init",
        Json.object()
            .put("userActionHttpMethod", "POST")
            .put("userActionHttpPath", path)
            .put("userActionPayload", body)
            .put("userActionServerKind", "Api")
            .toString(),
        Map.of());
  }

  /** What answers a challenge. */
  SimRequest assertion(JsonNode challenge) {
    byte[] clientData = clientData(challenge);
    ObjectNode body =
        Json.object().put("challengeIdentifier", challenge.path("challengeIdentifier").asText());
    body.putObject("firstFactor")
        .put("kind", "Key")
        .putObject("credentialAssertion")
        .put("credId", account.token().text("credId"))
        .put("clientData", Base64Url.encode(clientData))
        .put("signature", Base64Url.encode(signature(clientData)));
    return post("/auth/action", body.toString(), Map.of());
  }

  static byte[] clientData(JsonNode challenge) {
    return bytes(
        Json.object()
            .put("type", "key.get")
            .put("challenge", challenge.path("challenge").asText())
            .put("origin", "https://api.dfns.io")
            .put("crossOrigin", false)
            .toString());
  }

  byte[] signature(byte[] message) {
    try {
      Signature signer = Signature.getInstance("Ed25519");
      signer.initSign(keys.getPrivate());
      signer.update(message);
      return signer.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  SimRequest call(String path, String body, JsonNode userAction) {
    return post(path, body, Map.of("X-DFNS-USERACTION", userAction.path("userAction").asText()));
  }

  private SimRequest post(String path, String body, Map<String, String> more) {
    Map<String, String> headers = new HashMap<>(more);
    headers.put("Authorization", "Bearer " + token);
    headers.put("Content-Type", "application/json");
    return SimRequest.single("POST", path, headers, bytes(body));
  }

  /** Has a request answered. */
  JsonNode answer(SimRequest request) {
    return body(engine.handle(request));
  }

  static JsonNode body(SimResponse response) {
    if (response.status() != 200) {
      throw new IllegalStateException(
          "Answered "
              + response.status()
              + " "
              + new String(response.body(), StandardCharsets.UTF_8));
    }
    return Json.parse(response.body()).orElseThrow();
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
