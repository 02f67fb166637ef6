package dev.countersign.simulator.engine;

import static dev.countersign.simulator.engine.Policies.always;
import static dev.countersign.simulator.engine.Policies.anyone;
import static dev.countersign.simulator.engine.Policies.block;
import static dev.countersign.simulator.engine.Policies.body;
import static dev.countersign.simulator.engine.Policies.create;
import static dev.countersign.simulator.engine.Policies.signing;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Changes of policies and permissions that a policy holds until a human agrees. */
final class ChangeRequestTest {

  private final World world = new World();
  private final TestClient backend =
      world.serviceAccount(
          "backend",
          "Policies:Update",
          "Policies:Delete",
          "Policies:Read",
          "Permissions:Assign",
          "Permissions:Revoke",
          "Permissions:Update",
          "Permissions:Read");

  private void vote(Response changeRequest, String value) {
    Response response =
        world.admin.post(
            "/v2/policy-approvals/" + changeRequest.text("/approvalId") + "/decisions",
            "{\"value\":\"" + value + "\"}");
    assertThat(response.status()).as(response.toString()).isEqualTo(200);
  }

  private String permission() {
    return world
        .admin
        .post("/permissions", "{\"name\":\"p\",\"operations\":[\"Wallets:Read\"]}")
        .text("/id");
  }

  @Test
  void anUpdateOfAPolicyWaitsAndIsAppliedWhenApproved() {
    String policy = create(world.admin, signing(always(), block()));
    Policies.alwaysAsk(world.admin, "Policies:Modify", "{}", anyone());

    Response accepted =
        backend.put(
            "/v2/policies/" + policy, signing(always(), Policies.ask(Policies.group(1, anyone()))));

    assertThat(accepted.status()).isEqualTo(202);
    assertThat(accepted.text("/id")).startsWith("cr-");
    assertThat(accepted.text("/status")).isEqualTo("Pending");
    assertThat(accepted.text("/entityId")).isEqualTo(policy);
    Response waiting = backend.get("/v2/policies/" + policy);
    assertThat(waiting.text("/action/kind")).isEqualTo("Block");
    assertThat(waiting.text("/pendingChangeRequest/id")).isEqualTo(accepted.text("/id"));
    vote(accepted, "Approved");
    Response applied = backend.get("/v2/policies/" + policy);
    assertThat(applied.text("/action/kind")).isEqualTo("RequestApproval");
    assertThat(applied.body().has("pendingChangeRequest")).isFalse();
    assertThat(
            world
                .admin
                .get("/v2/policy-approvals/" + accepted.text("/approvalId"))
                .text("/activity/changeRequest/status"))
        .isEqualTo("Applied");
  }

  @Test
  void aDeniedUpdateChangesNothing() {
    String policy = create(world.admin, signing(always(), block()));
    Policies.alwaysAsk(world.admin, "Policies:Modify", "{}", anyone());
    Response accepted = backend.delete("/v2/policies/" + policy);

    vote(accepted, "Denied");

    assertThat(backend.get("/v2/policies/" + policy).text("/status")).isEqualTo("Active");
    assertThat(
            world
                .admin
                .get("/v2/policy-approvals/" + accepted.text("/approvalId"))
                .text("/activity/changeRequest/status"))
        .isEqualTo("Rejected");
  }

  @Test
  void creatingAPolicyIsNoChangeThatWaits() {
    Policies.alwaysAsk(world.admin, "Policies:Modify", "{}", anyone());

    assertThat(world.admin.post("/v2/policies", signing(always(), block())).status())
        .isEqualTo(200);
  }

  @Test
  void anotherChangeIsRefusedWhileOneWaits() {
    String policy = create(world.admin, signing(always(), block()));
    Policies.alwaysAsk(world.admin, "Policies:Modify", "{}", anyone());
    backend.delete("/v2/policies/" + policy);

    assertThat(backend.delete("/v2/policies/" + policy).status()).isEqualTo(409);
  }

  @Test
  void aFilterSparesOtherPolicies() {
    String watched = create(world.admin, signing(always(), block()));
    String other = create(world.admin, signing(always(), block()));
    Policies.alwaysAsk(
        world.admin, "Policies:Modify", "{\"policyId\":{\"in\":[\"" + watched + "\"]}}", anyone());

    assertThat(backend.delete("/v2/policies/" + other).status()).isEqualTo(200);
    assertThat(backend.delete("/v2/policies/" + watched).status()).isEqualTo(202);
  }

  @Test
  void anAssignmentWaitsAndTheServiceAccountGetsItWhenApproved() {
    String permission = permission();
    Policies.alwaysAsk(world.admin, "Permissions:Assign", "{}", anyone());
    String assignments = "/permissions/" + permission + "/assignments";

    Response accepted =
        backend.post(assignments, "{\"identityId\":\"" + backend.identity.userId() + "\"}");

    assertThat(accepted.status()).isEqualTo(202);
    assertThat(accepted.text("/operationKind")).isEqualTo("Create");
    assertThat(backend.get("/wallets").status()).isEqualTo(403);
    vote(accepted, "Approved");
    assertThat(backend.get("/wallets").status()).isEqualTo(200);
    Response revoked = backend.delete(assignments + "/" + accepted.text("/entityId"));
    assertThat(revoked.status()).isEqualTo(202);
    assertThat(backend.get("/wallets").status()).isEqualTo(200);
    vote(revoked, "Approved");
    assertThat(backend.get("/wallets").status()).isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "True"})
  void forceRevokesWithoutWaitingHoweverTheSdkSpellsIt(String force) {
    String permission = permission();
    String assignments = "/permissions/" + permission + "/assignments";
    String assignment =
        backend
            .post(assignments, "{\"identityId\":\"" + backend.identity.userId() + "\"}")
            .text("/id");
    Policies.alwaysAsk(world.admin, "Permissions:Assign", "{}", anyone());
    assertThat(backend.delete(assignments + "/" + assignment + "?force=yes").status())
        .isEqualTo(400);

    assertThat(backend.delete(assignments + "/" + assignment + "?force=" + force).status())
        .isEqualTo(204);
    assertThat(backend.get("/wallets").status()).isEqualTo(403);
  }

  @Test
  void aChangeOfAPermissionWaits() {
    String permission = permission();
    Policies.alwaysAsk(world.admin, "Permissions:Modify", "{}", anyone());

    Response accepted =
        backend.put("/permissions/" + permission, "{\"operations\":[\"Keys:Read\"]}");

    assertThat(accepted.status()).isEqualTo(202);
    assertThat(backend.get("/permissions/" + permission).text("/pendingChangeRequest/id"))
        .isEqualTo(accepted.text("/id"));
    vote(accepted, "Approved");
    assertThat(backend.get("/permissions/" + permission).text("/operations/0"))
        .isEqualTo("Keys:Read");
  }

  @Test
  void aChangeThatIsImpossibleWhenApprovedFails() {
    String permission = permission();
    Policies.alwaysAsk(world.admin, "Permissions:Modify", "{}", anyone());
    Response accepted = backend.put("/permissions/" + permission, "{\"name\":\"taken\"}");
    world.admin.post("/permissions", "{\"name\":\"taken\",\"operations\":[\"Keys:Read\"]}");

    vote(accepted, "Approved");

    assertThat(
            world
                .admin
                .get("/v2/policy-approvals/" + accepted.text("/approvalId"))
                .text("/activity/changeRequest/status"))
        .isEqualTo("Failed");
    assertThat(backend.get("/permissions/" + permission).text("/name")).isEqualTo("p");
  }

  @Test
  void aBlockedChangeIsRefused() {
    String permission = permission();
    create(world.admin, body("Permissions:Assign", always(), block(), "{}"));

    Response response =
        backend.post(
            "/permissions/" + permission + "/assignments",
            "{\"identityId\":\"" + backend.identity.userId() + "\"}");

    assertThat(response.status()).isEqualTo(403);
    assertThat(response.message()).isEqualTo("Blocked by policy");
  }
}
