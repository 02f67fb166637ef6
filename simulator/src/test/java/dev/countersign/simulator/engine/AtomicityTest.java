package dev.countersign.simulator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.simulator.json.Json;
import org.junit.jupiter.api.Test;

/** A refused operation leaves nothing behind. */
final class AtomicityTest {

  @Test
  void aServiceAccountWhosePermissionIsBlockedIsNotMade() {
    World world = new World();
    String permission =
        world
            .admin
            .post("/permissions", "{\"name\":\"p\",\"operations\":[\"Wallets:Read\"]}")
            .text("/id");
    Policies.create(
        world.admin,
        Policies.body("Permissions:Assign", Policies.always(), Policies.block(), "{}"));

    Response response =
        world.admin.post(
            "/auth/service-accounts",
            Json.object()
                .put("name", "backend")
                .put("publicKey", TestKey.fresh().pem())
                .put("permissionId", permission)
                .toString());

    assertThat(response.status()).isEqualTo(403);
    assertThat(world.admin.get("/auth/service-accounts").body().path("items")).isEmpty();
  }
}
