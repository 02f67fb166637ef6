package dev.countersign.simulator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

/** Permissions cover operations in either spelling, until they are revoked or archived. */
final class PermissionTest {

  private final World world = new World();
  private final TestClient backend = world.serviceAccount("backend");

  private String permission(String name, String operation) {
    Response response =
        world.admin.post(
            "/permissions", "{\"name\":\"" + name + "\",\"operations\":[\"" + operation + "\"]}");
    assertThat(response.status()).as(response.toString()).isEqualTo(200);
    return response.text("/id");
  }

  private Response assign(String permission) {
    return world.admin.post(
        "/permissions/" + permission + "/assignments",
        "{\"identityId\":\"" + backend.identity.userId() + "\"}");
  }

  @Test
  void anAssignmentTakesEffectAtOnceAndARevocationToo() {
    String permission = permission("p", "Wallets:Read");
    Response assigned = assign(permission);

    assertThat(assigned.status()).isEqualTo(200);
    assertThat(assigned.text("/id")).startsWith("as-");
    assertThat(backend.get("/wallets").status()).isEqualTo(200);
    assertThat(assign(permission).status()).isEqualTo(409);
    assertThat(
            world
                .admin
                .get("/permissions/" + permission + "/assignments")
                .text("/items/0/identityId"))
        .isEqualTo(backend.identity.userId());
    Response revoked =
        world.admin.delete("/permissions/" + permission + "/assignments/" + assigned.text("/id"));
    assertThat(revoked.status()).isEqualTo(204);
    assertThat(backend.get("/wallets").status()).isEqualTo(403);
  }

  @Test
  void anOldSpellingCoversTheOperationOfToday() {
    assign(permission("p", "Policies:Approvals:Read"));
    assign(permission("q", "PermissionAssignments:Read"));

    assertThat(backend.get("/v2/policy-approvals").status()).isEqualTo(200);
    String any = permission("r", "Wallets:Read");
    assertThat(backend.get("/permissions/" + any + "/assignments").status()).isEqualTo(200);
  }

  @Test
  void anOperationThatDoesNotExistIsRefused() {
    Response response =
        world.admin.post("/permissions", "{\"name\":\"p\",\"operations\":[\"Wallets:Sign\"]}");

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.message()).startsWith("Validation error: operations.0: ");
  }

  @Test
  void anArchivedPermissionCoversNothingAndKeepsItsName() {
    String permission = permission("p", "Wallets:Read");
    assign(permission);

    assertThat(
            world
                .admin
                .put("/permissions/" + permission + "/archive", "{\"isArchived\":true}")
                .body()
                .path("isArchived")
                .asBoolean())
        .isTrue();
    assertThat(backend.get("/wallets").status()).isEqualTo(403);
    assertThat(
            world
                .admin
                .post("/permissions", "{\"name\":\"p\",\"operations\":[\"Wallets:Read\"]}")
                .status())
        .isEqualTo(409);
    assertThat(assign(permission("other", "Keys:Read")).status()).isEqualTo(200);
  }

  @Test
  void anArchivedPermissionIsChangedOnlyAfterItIsThereAgain() {
    Response permission =
        world.admin.post("/permissions", "{\"name\":\"p\",\"operations\":[\"Wallets:Read\"]}");
    String path = "/permissions/" + permission.text("/id");
    world.admin.put(path + "/archive", "{\"isArchived\":true}");

    Response refused = world.admin.put(path, "{\"name\":\"q\"}");

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.text("/error/details/permissionId")).isEqualTo(permission.text("/id"));
    world.admin.put(path + "/archive", "{\"isArchived\":false}");
    assertThat(world.admin.put(path, "{\"name\":\"q\"}").text("/name")).isEqualTo("q");
  }

  @Test
  void anUpdateTakesEffectAtOnce() {
    String permission = permission("p", "Wallets:Read");
    assign(permission);

    world.admin.put("/permissions/" + permission, "{\"operations\":[\"Keys:Read\"]}");

    assertThat(backend.get("/wallets").status()).isEqualTo(403);
    assertThat(backend.get("/keys").status()).isEqualTo(200);
  }

  @Test
  void managedPermissionsAreThereAndStay() {
    JsonNode items = world.admin.get("/permissions").body().path("items");
    assertThat(items.findValuesAsText("name"))
        .contains("ManagedFullAdminAccess", "ManagedDefaultEndUserAccess");
    String admin = items.path(0).path("id").asText();

    assertThat(world.admin.put("/permissions/" + admin, "{\"name\":\"x\"}").status())
        .isEqualTo(412);
    assertThat(
            world.admin.put("/permissions/" + admin + "/archive", "{\"isArchived\":true}").status())
        .isEqualTo(412);
    assertThat(assign(admin).status()).isEqualTo(200);
    assertThat(backend.get("/wallets").status()).isEqualTo(200);
  }

  @Test
  void whoDoesNotExistGetsNothing() {
    Response response =
        world.admin.post(
            "/permissions/" + permission("p", "Wallets:Read") + "/assignments",
            "{\"identityId\":\"us-nobody\"}");

    assertThat(response.status()).isEqualTo(404);
  }
}
