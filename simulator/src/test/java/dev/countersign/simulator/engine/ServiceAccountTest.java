package dev.countersign.simulator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.countersign.simulator.control.Switches;
import dev.countersign.simulator.control.Switches.NewServiceAccount;
import dev.countersign.simulator.crypto.Base64Url;
import dev.countersign.simulator.json.Json;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Service accounts are made by humans, and may nothing until they are permitted. */
final class ServiceAccountTest {

  private final World world = new World();

  private static String body(String name, String more) {
    return Json.object()
            .put("name", name)
            .put("publicKey", TestKey.fresh().pem())
            .toString()
            .replaceFirst("}$", "")
        + more
        + "}";
  }

  private Response as(String token, String target) {
    return world.admin.send("GET", target, null, Map.of("Authorization", "Bearer " + token));
  }

  @Test
  void aHumanMakesOneAndItsTokenIsShownOnce() {
    Response created = world.admin.post("/auth/service-accounts", body("backend", ""));

    assertThat(created.status()).as(created.toString()).isEqualTo(200);
    String token = created.text("/accessTokens/0/accessToken");
    assertThat(token).isNotEmpty();
    String id = created.text("/userInfo/userId");
    assertThat(id).matches("us-[a-z0-9]{5}-[a-z0-9]{5}-[a-z0-9]{16}");
    Response again = world.admin.get("/auth/service-accounts/" + id);
    assertThat(again.body().at("/accessTokens/0/accessToken").isMissingNode()).isTrue();
    assertThat(again.text("/userInfo/username")).isEqualTo("backend@ServiceAccount");
    assertThat(as(token, "/wallets").status()).isEqualTo(403);
  }

  @Test
  void itsTokenHasTheClaimsOfDfns() {
    String token =
        world
            .admin
            .post("/auth/service-accounts", body("backend", ",\"daysValid\":3"))
            .text("/accessTokens/0/accessToken");

    JsonNode claims =
        Json.parse(Base64Url.decode(token.split("\\.")[1]).orElseThrow()).orElseThrow();

    assertThat(claims.path("sub").asText()).isEqualTo(world.organisation.id());
    assertThat(claims.path("aud").asText()).isEqualTo("dfns:auth:user");
    JsonNode metadata = claims.path("https://custom/app_metadata");
    assertThat(metadata.path("tokenKind").asText()).isEqualTo("ServiceAccount");
    assertThat(metadata.path("orgId").asText()).isEqualTo(world.organisation.id());
    assertThat(claims.path("exp").asLong() - claims.path("iat").asLong()).isEqualTo(3 * 86_400);
    world.organisation.clock().advance(Duration.ofDays(3));
    assertThat(as(token, "/wallets").status()).isEqualTo(401);
  }

  @Test
  void aPermissionCanComeWithIt() {
    String permission =
        world
            .admin
            .post("/permissions", "{\"name\":\"readers\",\"operations\":[\"Wallets:Read\"]}")
            .text("/id");

    Response created =
        world.admin.post(
            "/auth/service-accounts", body("backend", ",\"permissionId\":\"" + permission + "\""));

    assertThat(created.text("/userInfo/permissionAssignments/0/permissionId"))
        .isEqualTo(permission);
    assertThat(as(created.text("/accessTokens/0/accessToken"), "/wallets").status()).isEqualTo(200);
  }

  @Test
  void itInheritsFromItsCreatorIfSwitched() {
    World older =
        new World(
            Switches.defaults().toBuilder()
                .newServiceAccount(NewServiceAccount.INHERITS_FROM_CREATOR)
                .build());
    String token =
        older
            .admin
            .post("/auth/service-accounts", body("backend", ""))
            .text("/accessTokens/0/accessToken");

    assertThat(
            older
                .admin
                .send("GET", "/wallets", null, Map.of("Authorization", "Bearer " + token))
                .status())
        .isEqualTo(200);
  }

  @Test
  void aNameIsTakenOnce() {
    world.admin.post("/auth/service-accounts", body("backend", ""));

    assertThat(world.admin.post("/auth/service-accounts", body("backend", "")).status())
        .isEqualTo(409);
  }

  @Test
  void aKeyThatIsNoneIsRefused() {
    Response response =
        world.admin.post(
            "/auth/service-accounts",
            "{\"name\":\"x\",\"publicKey\":\"-----BEGIN PUBLIC KEY-----\\nAAAA\\n"
                + "-----END PUBLIC KEY-----\\n\"}");

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.message()).startsWith("publicKey");
  }

  @Test
  void itIsListedUntilItIsDeleted() {
    TestClient backend = world.serviceAccount("backend", "Wallets:Read");
    String path = "/auth/service-accounts/" + backend.identity.userId();
    assertThat(world.admin.get("/auth/service-accounts").body().path("items")).hasSize(1);

    Response deleted = world.admin.delete(path);

    assertThat(deleted.status()).isEqualTo(200);
    assertThat(deleted.body().at("/userInfo/isActive").asBoolean()).isFalse();
    assertThat(deleted.body().path("accessTokens")).isEmpty();
    assertThat(backend.get("/wallets").status()).isEqualTo(401);
    assertThat(world.admin.get(path).status()).isEqualTo(404);
    assertThat(world.admin.get("/auth/service-accounts").body().path("items")).isEmpty();
  }

  @Test
  void itIsRenamedDeactivatedAndActivated() {
    TestClient backend = world.serviceAccount("backend", "Wallets:Read");
    String path = "/auth/service-accounts/" + backend.identity.userId();

    Response renamed = world.admin.put(path, "{\"name\":\"batch\",\"externalId\":\"e\"}");
    assertThat(renamed.status()).as(renamed.toString()).isEqualTo(200);
    assertThat(world.admin.get(path).text("/userInfo/username")).startsWith("batch@");
    assertThat(world.admin.put(path + "/deactivate", "{}").status()).isEqualTo(200);
    assertThat(backend.get("/wallets").status()).isEqualTo(401);
    assertThat(world.admin.put(path + "/activate", null).status()).isEqualTo(200);
    assertThat(backend.get("/wallets").status()).isEqualTo(200);
  }

  @Test
  void anApproverIsDeletedByForceOnly() {
    TestClient backend = world.serviceAccount("backend");
    String id = backend.identity.userId();
    Policies.alwaysAsk(world.admin, "Wallets:Sign", "{}", Policies.only(backend));

    assertThat(world.admin.delete("/auth/service-accounts/" + id).status()).isEqualTo(412);
    assertThat(world.admin.get("/auth/service-accounts/" + id).status()).isEqualTo(200);
    assertThat(world.admin.delete("/auth/service-accounts/" + id + "?force=False").status())
        .isEqualTo(412);
    assertThat(world.admin.delete("/auth/service-accounts/" + id + "?force=True").status())
        .isEqualTo(200);
  }

  @Test
  void anApproverIsDeactivatedByForceOnly() {
    TestClient backend = world.serviceAccount("backend");
    String id = backend.identity.userId();
    Policies.alwaysAsk(world.admin, "Wallets:Sign", "{}", "{\"userId\":{\"in\":[\"" + id + "\"]}}");

    assertThat(world.admin.put("/auth/service-accounts/" + id + "/deactivate", "{}").status())
        .isEqualTo(412);
    assertThat(
            world
                .admin
                .put("/auth/service-accounts/" + id + "/deactivate", "{\"force\":true}")
                .status())
        .isEqualTo(200);
  }

  @Test
  void whomOnlyAnArchivedOrAnOpenPolicyMeansIsNoApprover() {
    TestClient backend = world.serviceAccount("backend");
    String path = "/auth/service-accounts/" + backend.identity.userId();
    String policy =
        Policies.alwaysAsk(world.admin, "Permissions:Assign", "{}", Policies.only(backend));
    Policies.alwaysAsk(world.admin, "Permissions:Assign", "{}", Policies.anyone());
    assertThat(world.admin.put(path + "/deactivate", "{\"force\":false}").status()).isEqualTo(412);
    world.admin.delete("/v2/policies/" + policy);

    assertThat(world.admin.put(path + "/deactivate", "{}").status()).isEqualTo(200);
    assertThat(world.admin.delete(path).status()).isEqualTo(200);
  }

  @Test
  void humansAreListedAndDeactivated() {
    TestClient human = world.human("ada", "Wallets:Read");
    String path = "/auth/users/" + human.identity.userId();

    assertThat(world.admin.get("/auth/users?kind=CustomerEmployee").body().path("items"))
        .hasSize(2);
    assertThat(world.admin.get("/auth/users?kind=EndUser").body().path("items")).isEmpty();
    assertThat(world.admin.get(path).text("/username")).isEqualTo("ada");
    assertThat(world.admin.put(path + "/deactivate", null).status()).isEqualTo(200);
    assertThat(human.get("/wallets").status()).isEqualTo(401);
    assertThat(world.admin.put(path + "/activate", null).status()).isEqualTo(200);
    assertThat(human.get("/wallets").status()).isEqualTo(200);
    assertThat(world.admin.get("/auth/service-accounts/" + human.identity.userId()).status())
        .isEqualTo(404);
  }
}
