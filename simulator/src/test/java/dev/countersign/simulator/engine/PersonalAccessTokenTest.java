package dev.countersign.simulator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.crypto.Base64Url;
import dev.countersign.simulator.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A personal access token acts for its user and never may more. */
final class PersonalAccessTokenTest {

  private static final String WALLET = "{\"network\":\"Solana\"}";

  private final World world = new World();
  private final TestClient ada =
      world.human(
          "ada",
          "Auth:Pats:Create",
          "Permissions:Assign",
          "Wallets:Create",
          "Wallets:Read",
          "Keys:Create",
          "Auth:ServiceAccounts:Create");
  private final TestKey key = TestKey.fresh();

  /** A permission to read wallets. */
  private String readers() {
    return world
        .admin
        .post("/permissions", "{\"name\":\"p\",\"operations\":[\"Wallets:Read\"]}")
        .text("/id");
  }

  private Response created(String more) {
    String body = Json.object().put("name", "script").put("publicKey", key.pem()).toString();
    Response response = ada.post("/auth/pats", body.substring(0, body.length() - 1) + more + "}");
    assertThat(response.status()).as("status of the creation").isEqualTo(200);
    return response;
  }

  private Response get(Response token, String target) {
    return ada.send("GET", target, null, Map.of("Authorization", bearer(token)));
  }

  private Response post(Response token, String target, String body) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Authorization", bearer(token));
    headers.put("Content-Type", "application/json");
    Response challenge =
        ada.raw(
            "POST",
            "/auth/action/init",
            headers,
            bytes(
                Json.object()
                    .put("userActionPayload", body)
                    .put("userActionHttpMethod", "POST")
                    .put("userActionHttpPath", target)
                    .toString()));
    byte[] clientData = bytes(Dialect.GO.clientData(challenge.text("/challenge")).toString());
    ObjectNode assertion =
        Json.object().put("challengeIdentifier", challenge.text("/challengeIdentifier"));
    assertion
        .putObject("firstFactor")
        .put("kind", "Key")
        .putObject("credentialAssertion")
        .put("credId", token.text("/credId"))
        .put("clientData", Base64Url.encode(clientData))
        .put("signature", Base64Url.encode(key.sign(clientData)));
    Response action = ada.raw("POST", "/auth/action", headers, bytes(assertion.toString()));
    headers.put("X-DFNS-USERACTION", action.text("/userAction"));
    return ada.raw("POST", target, headers, bytes(body));
  }

  private static String bearer(Response token) {
    return "Bearer " + token.text("/accessToken");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void itSignsWithItsOwnKeyForItsUser() {
    Response token = created("");

    assertThat(post(token, "/wallets", WALLET).status()).isEqualTo(200);
    assertThat(get(token, "/auth/pats").body().path("items")).hasSize(1);
    assertThat(ada.challenge("POST", "/wallets", WALLET).body().at("/allowCredentials/key"))
        .hasSize(1);
  }

  @Test
  void aPermissionOfItsOwnOnlyNarrowsWhatItsUserMay() {
    String readers =
        world
            .admin
            .post(
                "/permissions", "{\"name\":\"p\",\"operations\":[\"Wallets:Read\",\"Keys:Read\"]}")
            .text("/id");
    Response token = created(",\"permissionId\":\"" + readers + "\"");

    assertThat(get(token, "/wallets").status()).isEqualTo(200);
    assertThat(get(token, "/keys").status()).isEqualTo(403);
    assertThat(post(token, "/wallets", WALLET).status()).isEqualTo(403);
  }

  @Test
  void aPermissionThatIsStillToBeApprovedWidensNothing() {
    String readers = readers();
    Policies.alwaysAsk(world.admin, "Permissions:Assign", "{}", Policies.anyone());
    Response token = created(",\"permissionId\":\"" + readers + "\"");
    assertThat(token.body().path("permissionAssignments")).isEmpty();

    assertThat(get(token, "/wallets").status()).isEqualTo(403);
    assertThat(post(token, "/wallets", WALLET).status()).isEqualTo(403);
    String approval = world.admin.get("/v2/policy-approvals").text("/items/0/id");
    world.admin.post("/v2/policy-approvals/" + approval + "/decisions", "{\"value\":\"Approved\"}");
    assertThat(get(token, "/wallets").status()).isEqualTo(200);
    assertThat(post(token, "/wallets", WALLET).status()).isEqualTo(403);
  }

  @Test
  void aPermissionThatIsRevokedTakesWhatItGaveAndGivesNothing() {
    String readers = readers();
    Response token = created(",\"permissionId\":\"" + readers + "\"");
    String assignments = "/permissions/" + readers + "/assignments/";
    String assignment = world.admin.get(assignments.replaceFirst("/$", "")).text("/items/0/id");

    assertThat(world.admin.delete(assignments + assignment).status()).isEqualTo(204);

    assertThat(get(token, "/wallets").status()).isEqualTo(403);
    assertThat(post(token, "/wallets", WALLET).status()).isEqualTo(403);
  }

  @Test
  void whenItIsArchivedNothingIsAssignedToItAnyMore() {
    String readers = readers();
    Response token = created(",\"permissionId\":\"" + readers + "\"");
    String assignments = "/permissions/" + readers + "/assignments";
    ada.delete("/auth/pats/" + token.text("/tokenId"));

    assertThat(world.admin.get(assignments).body().path("items")).isEmpty();
    assertThat(
            world
                .admin
                .post(assignments, "{\"identityId\":\"" + token.text("/tokenId") + "\"}")
                .status())
        .isEqualTo(404);
  }

  @Test
  void itMayNotMakeServiceAccounts() {
    Response response =
        post(
            created(""),
            "/auth/service-accounts",
            Json.object().put("name", "child").put("publicKey", TestKey.fresh().pem()).toString());

    assertThat(response.status()).isEqualTo(403);
    assertThat(response.message()).endsWith("(Auth:ServiceAccounts:Create)");
  }

  @Test
  void itEndsWithItsValidity() {
    Response token = created(",\"secondsValid\":60");
    world.organisation.clock().advance(Duration.ofSeconds(59));
    assertThat(get(token, "/wallets").status()).isEqualTo(200);

    world.organisation.clock().advance(Duration.ofSeconds(1));

    assertThat(get(token, "/wallets").status()).isEqualTo(401);
  }

  @Test
  void itIsDeactivatedActivatedRenamedAndArchived() {
    Response token = created("");
    String path = "/auth/pats/" + token.text("/tokenId");

    assertThat(ada.put(path + "/deactivate", null).status()).isEqualTo(200);
    assertThat(get(token, "/wallets").status()).isEqualTo(401);
    assertThat(ada.put(path + "/activate", null).status()).isEqualTo(200);
    assertThat(get(token, "/wallets").status()).isEqualTo(200);
    assertThat(ada.put(path, "{\"name\":\"other\"}").text("/name")).isEqualTo("other");
    assertThat(world.admin.get(path).status()).isEqualTo(404);
    assertThat(ada.delete(path).status()).isEqualTo(200);
    assertThat(get(token, "/wallets").status()).isEqualTo(401);
    assertThat(ada.get(path).status()).isEqualTo(404);
    assertThat(ada.get("/auth/pats").body().path("items")).isEmpty();
  }

  @Test
  void itEndsWithItsUser() {
    Response token = created("");
    world.organisation.deactivate(ada.identity.userId());

    assertThat(get(token, "/wallets").status()).isEqualTo(401);
  }
}
