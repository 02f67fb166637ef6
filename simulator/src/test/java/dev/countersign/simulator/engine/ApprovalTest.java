package dev.countersign.simulator.engine;

import static dev.countersign.simulator.engine.Policies.always;
import static dev.countersign.simulator.engine.Policies.anyone;
import static dev.countersign.simulator.engine.Policies.ask;
import static dev.countersign.simulator.engine.Policies.create;
import static dev.countersign.simulator.engine.Policies.group;
import static dev.countersign.simulator.engine.Policies.only;
import static dev.countersign.simulator.engine.Policies.signing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.simulator.control.Switches;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Humans vote; what waited is released or rejected. */
final class ApprovalTest {

  private static final String APPROVED = "{\"value\":\"Approved\"}";
  private static final String DENIED = "{\"value\":\"Denied\",\"reason\":\"no\"}";
  private static final String TRANSFER =
      "{\"kind\":\"Native\",\"to\":\"0x00000000000000000000000000000000000000Aa\","
          + "\"amount\":\"1\",\"externalId\":\"e-1\"}";
  private static final String[] BACKEND = {
    "Wallets:Create",
    "Keys:Create",
    "Wallets:Transfers:Create",
    "Wallets:Transfers:Read",
    "Wallets:Transactions:Create",
    "Keys:Signatures:Create",
    "Keys:Signatures:Read",
    "Policies:Approvals:Read",
    "Policies:Evaluations:Vote"
  };

  private World world = new World();
  private TestClient backend = world.serviceAccount("backend", BACKEND);

  private Response held(TestClient client) {
    Response wallet = client.post("/wallets", "{\"network\":\"EthereumSepolia\"}");
    assertThat(wallet.status()).as(wallet.toString()).isEqualTo(200);
    Response response = client.post("/wallets/" + wallet.text("/id") + "/transfers", TRANSFER);
    assertThat(response.status()).as(response.toString()).isEqualTo(200);
    return response;
  }

  private Response vote(TestClient voter, Response held, String vote) {
    return voter.post("/v2/policy-approvals/" + held.text("/approvalId") + "/decisions", vote);
  }

  private String statusOf(Response held) {
    return backend
        .get("/wallets/" + held.text("/walletId") + "/transfers/" + held.text("/id"))
        .text("/status");
  }

  @Test
  void aHumansVoteReleasesTheTransfer() {
    String policy = create(world.admin, signing(always(), ask(group(1, anyone()))));
    Response held = held(backend);
    assertThat(held.text("/status")).isEqualTo("Pending");
    Response approval = backend.get("/v2/policy-approvals/" + held.text("/approvalId"));
    assertThat(approval.text("/status")).isEqualTo("Pending");
    assertThat(approval.text("/initiatorId")).isEqualTo(backend.identity.userId());
    assertThat(approval.text("/activity/transferRequest/id")).isEqualTo(held.text("/id"));
    assertThat(approval.body().path("policyEvaluations"))
        .hasToString(
            "[{\"policyId\":\""
                + policy
                + "\",\"triggered\":true,\"reason\":\"always triggers\",\"context\":{}}]");
    world.organisation.clock().advance(Duration.ofDays(300));
    assertThat(statusOf(held)).isEqualTo("Pending");

    Response decided = vote(world.admin, held, APPROVED);

    assertThat(decided.status()).as(decided.toString()).isEqualTo(200);
    assertThat(decided.text("/status")).isEqualTo("Approved");
    assertThat(decided.text("/decisions/0/userId")).isEqualTo(world.admin.identity.userId());
    assertThat(statusOf(held)).isEqualTo("Executing");
    world.organisation.clock().advance(Duration.ofSeconds(1));
    assertThat(statusOf(held)).isEqualTo("Confirmed");
  }

  @Test
  void aServiceAccountsVoteIsRefused() {
    create(world.admin, signing(always(), ask(group(1, only(backend, world.admin)))));
    Response held = held(backend);
    TestClient other = world.serviceAccount("other", BACKEND);

    for (TestClient machine : new TestClient[] {backend, other}) {
      for (String vote : new String[] {APPROVED, DENIED}) {
        Response response = vote(machine, held, vote);
        assertThat(response.status()).isEqualTo(403);
        assertThat(response.reason()).isEqualTo("a service account may not vote");
      }
    }
    assertThat(statusOf(held)).isEqualTo("Pending");
  }

  @Test
  void theStatusOfARefusedVoteIsASwitch() {
    world = new World(Switches.defaults().toBuilder().refusedVoteStatus(422).build());
    backend = world.serviceAccount("backend", BACKEND);
    create(world.admin, signing(always(), ask(group(1, anyone()))));

    assertThat(vote(backend, held(backend), APPROVED).status()).isEqualTo(422);
  }

  @Test
  void aServiceAccountVotesIfBothSwitchesAreOnAndItIsNamed() {
    world = new World(Switches.defaults().toBuilder().serviceAccountsCanApprove(true).build());
    backend = world.serviceAccount("backend", BACKEND);
    TestClient robot = world.serviceAccount("robot", BACKEND);
    TestClient unnamed = world.serviceAccount("unnamed", BACKEND);
    String open = group(1, anyone()).replaceFirst("}$", ",\"serviceAccountsCanApprove\":true}");
    String named = group(1, only(robot)).replaceFirst("}$", ",\"serviceAccountsCanApprove\":true}");
    create(world.admin, signing(always(), ask(open)));
    create(world.admin, signing(always(), ask(named)));
    Response held = held(backend);

    assertThat(vote(unnamed, held, APPROVED).status()).isEqualTo(403);
    assertThat(vote(robot, held, APPROVED).text("/status")).isEqualTo("Pending");
    assertThat(vote(world.admin, held, APPROVED).text("/status")).isEqualTo("Approved");
  }

  @Test
  void aServiceAccountDoesNotVoteInAGroupThatDoesNotAllowIt() {
    world = new World(Switches.defaults().toBuilder().serviceAccountsCanApprove(true).build());
    backend = world.serviceAccount("backend", BACKEND);
    TestClient robot = world.serviceAccount("robot", BACKEND);
    create(world.admin, signing(always(), ask(group(1, only(robot)))));

    assertThat(vote(robot, held(backend), APPROVED).status()).isEqualTo(403);
  }

  @Test
  void oneDenialRejects() {
    create(world.admin, signing(always(), ask(group(2, anyone()))));
    Response held = held(backend);
    TestClient ada = world.admin("ada");
    vote(world.admin, held, APPROVED);

    Response decided = vote(ada, held, DENIED);

    assertThat(decided.text("/status")).isEqualTo("Denied");
    assertThat(decided.text("/decisions/1/reason")).isEqualTo("no");
    assertThat(statusOf(held)).isEqualTo("Rejected");
    world.organisation.clock().advance(Duration.ofHours(1));
    assertThat(statusOf(held)).isEqualTo("Rejected");
  }

  @Test
  void aQuorumCountsDifferentHumans() {
    create(world.admin, signing(always(), ask(group(2, anyone()))));
    Response held = held(backend);
    TestClient ada = world.admin("ada");

    assertThat(vote(world.admin, held, APPROVED).text("/status")).isEqualTo("Pending");
    assertThat(vote(world.admin, held, APPROVED).status()).isEqualTo(409);
    assertThat(statusOf(held)).isEqualTo("Pending");
    assertThat(vote(ada, held, APPROVED).text("/status")).isEqualTo("Approved");
  }

  @Test
  void allGroupsOfAllTriggeredPoliciesHaveToAgree() {
    TestClient ada = world.admin("ada");
    TestClient bob = world.admin("bob");
    create(world.admin, signing(always(), ask(group(1, only(ada)), group(1, only(ada, bob)))));
    create(world.admin, signing(always(), ask(group(1, only(bob)))));
    Response held = held(backend);

    assertThat(vote(ada, held, APPROVED).text("/status")).isEqualTo("Pending");
    assertThat(vote(bob, held, APPROVED).text("/status")).isEqualTo("Approved");
    assertThat(statusOf(held)).isEqualTo("Executing");
  }

  @Test
  void whoIsInNoGroupDoesNotVote() {
    TestClient ada = world.admin("ada");
    create(world.admin, signing(always(), ask(group(1, only(ada)))));
    Response held = held(backend);

    assertThat(vote(world.admin, held, APPROVED).status()).isEqualTo(403);
    assertThat(vote(world.admin, held, DENIED).status()).isEqualTo(403);
    assertThat(statusOf(held)).isEqualTo("Pending");
  }

  @Test
  void theInitiatorMayNotApproveButDeny() {
    create(world.admin, signing(always(), ask(group(1, anyone()))));
    Response held = held(world.admin);

    Response refused = vote(world.admin, held, APPROVED);

    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.message()).isEqualTo("Policy approval forbidden for initiator");
    assertThat(vote(world.admin, held, DENIED).text("/status")).isEqualTo("Denied");
  }

  @Test
  void theInitiatorCancelsThoughNoGroupNamesIt() {
    TestClient ada = world.admin("ada");
    create(world.admin, signing(always(), ask(group(1, only(ada)))));
    Response held = held(world.admin);
    TestClient bob = world.admin("bob");

    assertThat(vote(bob, held, DENIED).status()).isEqualTo(403);
    assertThat(vote(world.admin, held, APPROVED).message())
        .isEqualTo("Policy approval forbidden for initiator");
    assertThat(statusOf(held)).isEqualTo("Pending");
    Response cancelled = vote(world.admin, held, DENIED);
    assertThat(cancelled.text("/status")).isEqualTo("Denied");
    assertThat(cancelled.text("/decisions/0/userId")).isEqualTo(world.admin.identity.userId());
    assertThat(statusOf(held)).isEqualTo("Rejected");
  }

  @Test
  void aServiceAccountThatIsTheInitiatorHasToBeNamedToo() {
    world = new World(Switches.defaults().toBuilder().serviceAccountsCanApprove(true).build());
    backend = world.serviceAccount("backend", BACKEND);
    create(world.admin, signing(always(), ask(group(1, only(world.admin)))));
    Response held = held(backend);

    assertThat(vote(backend, held, DENIED).status()).isEqualTo(403);
    assertThat(statusOf(held)).isEqualTo("Pending");
  }

  @Test
  void theInitiatorApprovesInAGroupThatAllowsIt() {
    create(
        world.admin,
        signing(
            always(),
            ask(group(1, anyone()).replaceFirst("}$", ",\"initiatorCanApprove\":true}"))));

    assertThat(vote(world.admin, held(world.admin), APPROVED).text("/status"))
        .isEqualTo("Approved");
  }

  @Test
  void silenceIsADenialAfterTheTimeout() {
    create(
        world.admin,
        signing(
            always(), ask(group(1, anyone())).replaceFirst("}$", ",\"autoRejectTimeout\":60}")));
    Response held = held(backend);
    String approval = "/v2/policy-approvals/" + held.text("/approvalId");
    assertThat(backend.get(approval).text("/expirationDate")).isNotEmpty();
    world.organisation.clock().advance(Duration.ofMinutes(60).minusMillis(1));
    assertThat(backend.get(approval).text("/status")).isEqualTo("Pending");

    world.organisation.clock().advance(Duration.ofMillis(1));

    assertThat(backend.get(approval).text("/status")).isEqualTo("Expired");
    assertThat(statusOf(held)).isEqualTo("Rejected");
    assertThat(vote(world.admin, held, APPROVED).status()).isEqualTo(412);
  }

  @Test
  void aVoteInTimeStopsTheTimeout() {
    create(
        world.admin,
        signing(
            always(), ask(group(1, anyone())).replaceFirst("}$", ",\"autoRejectTimeout\":60}")));
    Response held = held(backend);
    vote(world.admin, held, APPROVED);

    world.organisation.clock().advance(Duration.ofHours(2));

    assertThat(statusOf(held)).isEqualTo("Confirmed");
  }

  @Test
  void aRepeatedRequestIsTheOneThatWaits() {
    create(world.admin, signing(always(), ask(group(1, anyone()))));
    Response held = held(backend);

    Response again = backend.post("/wallets/" + held.text("/walletId") + "/transfers", TRANSFER);

    assertThat(again.text("/id")).isEqualTo(held.text("/id"));
    assertThat(again.text("/approvalId")).isEqualTo(held.text("/approvalId"));
    assertThat(world.admin.get("/v2/policy-approvals").body().path("items")).hasSize(1);
  }

  @Test
  void aSignatureWaitsToo() {
    create(world.admin, signing(always(), ask(group(1, anyone()))));
    String key = backend.post("/keys", "{\"scheme\":\"EdDSA\",\"curve\":\"ed25519\"}").text("/id");
    Response held =
        backend.post("/keys/" + key + "/signatures", "{\"kind\":\"Message\",\"message\":\"0x00\"}");
    assertThat(held.text("/status")).isEqualTo("Pending");
    assertThat(held.body().has("signature")).isFalse();

    assertThat(vote(world.admin, held, APPROVED).text("/activity/signatureRequest/status"))
        .isEqualTo("Executing");
    world.organisation.clock().advance(Duration.ofSeconds(1));

    assertThat(backend.get("/keys/" + key + "/signatures/" + held.text("/id")).text("/status"))
        .isEqualTo("Signed");
  }

  @Test
  void approvalsAreFoundByStatusInitiatorAndApprover() {
    TestClient ada = world.admin("ada");
    create(world.admin, signing(always(), ask(group(1, only(ada)))));
    held(backend);
    String list = "/v2/policy-approvals?";

    assertThat(ada.get(list + "status=Pending").body().path("items")).hasSize(1);
    assertThat(ada.get(list + "status=Denied").body().path("items")).isEmpty();
    assertThat(ada.get(list + "initiatorId=" + backend.identity.userId()).body().path("items"))
        .hasSize(1);
    assertThat(ada.get(list + "approverId=" + ada.identity.userId()).body().path("items"))
        .hasSize(1);
    assertThat(ada.get(list + "approverId=" + world.admin.identity.userId()).body().path("items"))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aServiceAccountIsAnApproverOnlyWhereTheOrganisationAllowsIt(boolean allowed) {
    world = new World(Switches.defaults().toBuilder().serviceAccountsCanApprove(allowed).build());
    backend = world.serviceAccount("backend", BACKEND);
    TestClient robot = world.serviceAccount("robot", BACKEND);
    create(
        world.admin,
        signing(
            always(),
            ask(
                group(1, only(robot, world.admin))
                    .replaceFirst("}$", ",\"serviceAccountsCanApprove\":true}"))));
    held(backend);

    assertThat(
            backend
                .get("/v2/policy-approvals?approverId=" + robot.identity.userId())
                .body()
                .path("items"))
        .hasSize(allowed ? 1 : 0);
  }

  @Test
  void anExpiryIsTold() {
    String hook =
        world
            .admin
            .post(
                "/webhooks",
                "{\"url\":\"https://hook.example\",\"events\":[\"policy.approval.resolved\","
                    + "\"policy.activity.resolved\",\"wallet.transfer.rejected\"]}")
            .text("/id");
    create(
        world.admin,
        signing(always(), ask(group(1, anyone())).replaceFirst("}$", ",\"autoRejectTimeout\":1}")));
    Response held = held(backend);

    world.organisation.clock().advance(Duration.ofMinutes(1));

    Response events = world.admin.get("/webhooks/" + hook + "/events");
    assertThat(events.body().path("items")).hasSize(3);
    assertThat(events.text("/items/0/data/transferRequest/status")).isEqualTo("Rejected");
    assertThat(events.text("/items/1/data/approval/status")).isEqualTo("Expired");
    assertThat(events.text("/items/2/data/status")).isEqualTo("Blocked");
    assertThat(events.text("/items/2/data/activityId")).isEqualTo(held.text("/id"));
  }

  @Test
  void whatWasDeniedCountsForNoVelocity() {
    create(world.admin, signing(always(), ask(group(1, anyone()))));
    create(
        world.admin,
        signing(
            Policies.rule("TransactionCountVelocity", "{\"limit\":1,\"timeframe\":60}"),
            Policies.block()));
    Response held = held(backend);
    vote(world.admin, held, DENIED);

    Response next =
        backend.post(
            "/wallets/" + held.text("/walletId") + "/transfers", TRANSFER.replace("e-1", "e-2"));

    assertThat(next.text("/status")).isEqualTo("Pending");
  }
}
