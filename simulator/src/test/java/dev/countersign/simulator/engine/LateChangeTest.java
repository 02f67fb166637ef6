package dev.countersign.simulator.engine;

import static dev.countersign.simulator.engine.Policies.anyone;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A change that waited takes effect only if it is still possible: it is Failed otherwise. */
final class LateChangeTest {

  private final World world = new World();
  private final TestClient admin = world.admin;
  private final TestClient ada = world.admin("ada");
  private final TestClient backend = world.serviceAccount("backend");
  private final String permission =
      admin.post("/permissions", "{\"name\":\"p\",\"operations\":[\"Wallets:Read\"]}").text("/id");
  private final String assignments = "/permissions/" + permission + "/assignments";

  private Response assign() {
    return admin.post(assignments, "{\"identityId\":\"" + backend.identity.userId() + "\"}");
  }

  /** How the change request ended that somebody else than its requester approved. */
  private String approved(Response accepted) {
    assertThat(accepted.status()).as(accepted.toString()).isEqualTo(202);
    Response decided =
        ada.post(
            "/v2/policy-approvals/" + accepted.text("/approvalId") + "/decisions",
            "{\"value\":\"Approved\"}");
    assertThat(decided.status()).as(decided.toString()).isEqualTo(200);
    return decided.text("/activity/changeRequest/status");
  }

  private void hold() {
    Policies.alwaysAsk(admin, "Permissions:Assign", "{}", anyone());
  }

  @Test
  void nothingIsAssignedToWhoWasDeletedMeanwhile() {
    hold();
    Response accepted = assign();
    admin.delete("/auth/service-accounts/" + backend.identity.userId() + "?force=true");

    assertThat(approved(accepted)).isEqualTo("Failed");
    assertThat(admin.get(assignments).body().path("items")).isEmpty();
  }

  @Test
  void aPermissionThatWasArchivedMeanwhileIsNotAssigned() {
    hold();
    Response accepted = assign();
    admin.put("/permissions/" + permission + "/archive", "{\"isArchived\":true}");

    assertThat(approved(accepted)).isEqualTo("Failed");
    assertThat(admin.get(assignments).body().path("items")).isEmpty();
  }

  @Test
  void whatWasRevokedByForceMeanwhileIsNotRevokedAgain() {
    String assignment = assign().text("/id");
    hold();
    Response accepted = admin.delete(assignments + "/" + assignment);
    assertThat(admin.delete(assignments + "/" + assignment + "?force=true").status())
        .isEqualTo(204);

    assertThat(approved(accepted)).isEqualTo("Failed");
  }
}
