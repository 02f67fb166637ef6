package dev.countersign.simulator.engine;

import static dev.countersign.simulator.engine.Policies.always;
import static dev.countersign.simulator.engine.Policies.anyone;
import static dev.countersign.simulator.engine.Policies.ask;
import static dev.countersign.simulator.engine.Policies.block;
import static dev.countersign.simulator.engine.Policies.create;
import static dev.countersign.simulator.engine.Policies.group;
import static dev.countersign.simulator.engine.Policies.only;
import static dev.countersign.simulator.engine.Policies.rule;
import static dev.countersign.simulator.engine.Policies.signing;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Policies that judge the same activity add up; none of them takes away what another asks for. */
final class SeveralPoliciesTest {

  private static final String APPROVED = "{\"value\":\"Approved\"}";
  private static final String DENIED = "{\"value\":\"Denied\"}";
  private static final String TO = "0x00000000000000000000000000000000000000Aa";

  private final World world = new World();
  private final TestClient admin = world.admin;
  private final TestClient ada = world.admin("ada");
  private final TestClient bob = world.admin("bob");
  private String transfers = "";

  @BeforeEach
  void aWallet() {
    transfers =
        "/wallets/"
            + admin.post("/wallets", "{\"network\":\"EthereumSepolia\"}").text("/id")
            + "/transfers";
  }

  private Response send() {
    Response response =
        admin.post(transfers, "{\"kind\":\"Native\",\"to\":\"" + TO + "\",\"amount\":\"1\"}");
    assertThat(response.status()).as(response.toString()).isEqualTo(200);
    return response;
  }

  private static String path(Response held) {
    return "/v2/policy-approvals/" + held.text("/approvalId");
  }

  private Response vote(TestClient voter, Response held, String vote) {
    return voter.post(path(held) + "/decisions", vote);
  }

  private static String within(int minutes, String action) {
    return action.replaceFirst("}$", ",\"autoRejectTimeout\":" + minutes + "}");
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 60})
  void theShortestTimeoutCountsWhicheverPolicyCameFirst(int first) {
    create(admin, signing(always(), within(first, ask(group(1, anyone())))));
    create(admin, signing(always(), ask(group(1, anyone()))));
    create(admin, signing(always(), within(65 - first, ask(group(1, anyone())))));
    Response held = send();

    world.organisation.clock().advance(Duration.ofMinutes(5).minusMillis(1));
    assertThat(admin.get(path(held)).text("/status")).isEqualTo("Pending");
    world.organisation.clock().advance(Duration.ofMillis(1));
    assertThat(admin.get(path(held)).text("/status")).isEqualTo("Expired");
  }

  @Test
  void anApprovalGoesOnAsItWasAskedFor() {
    String policy = create(admin, signing(always(), ask(group(1, only(ada)))));
    Response held = send();
    admin.put("/v2/policies/" + policy, signing(always(), ask(group(1, only(bob)))));
    admin.delete("/v2/policies/" + policy);

    assertThat(vote(bob, held, APPROVED).status()).isEqualTo(403);
    assertThat(vote(ada, held, APPROVED).text("/status")).isEqualTo("Approved");
  }

  @Test
  void aGroupThatHasItsQuorumDoesNotSpeakForAnother() {
    create(admin, signing(always(), ask(group(2, only(ada, bob)), group(1, only(bob)))));
    create(admin, signing(always(), ask(group(1, only(ada)))));
    Response held = send();

    assertThat(vote(bob, held, APPROVED).text("/status")).isEqualTo("Pending");
    Response decided = vote(ada, held, APPROVED);
    assertThat(decided.text("/status")).isEqualTo("Approved");
    assertThat(decided.body().path("policyEvaluations")).hasSize(2);
    assertThat(decided.body().path("decisions")).hasSize(2);
  }

  @Test
  void theInitiatorCountsOnlyInTheGroupThatAllowsIt() {
    create(
        admin,
        signing(
            always(),
            ask(
                group(1, anyone()).replaceFirst("}$", ",\"initiatorCanApprove\":true}"),
                group(1, anyone()))));
    Response held = send();

    assertThat(vote(admin, held, APPROVED).text("/status")).isEqualTo("Pending");
    assertThat(vote(ada, held, APPROVED).text("/status")).isEqualTo("Approved");
  }

  @Test
  void oneMembersDenialEndsItHoweverManyHaveAgreedInOtherGroups() {
    create(admin, signing(always(), ask(group(1, only(ada)))));
    create(admin, signing(always(), ask(group(1, only(bob)))));
    Response held = send();
    vote(ada, held, APPROVED);

    assertThat(vote(bob, held, DENIED).text("/status")).isEqualTo("Denied");
    assertThat(admin.get(transfers + "/" + held.text("/id")).text("/status")).isEqualTo("Rejected");
  }

  @Test
  void aPolicyThatDoesNotTriggerAsksNobody() {
    create(admin, signing(always(), ask(group(1, only(ada)))));
    create(
        admin,
        signing(
            rule("TransactionAmountLimit", "{\"limit\":1000,\"currency\":\"USD\"}"),
            ask(group(1, only(bob)))));
    Response held = send();

    assertThat(vote(bob, held, APPROVED).status()).isEqualTo(403);
    Response decided = vote(ada, held, APPROVED);
    assertThat(decided.text("/status")).isEqualTo("Approved");
    assertThat(decided.body().at("/policyEvaluations/1/triggered").asBoolean()).isFalse();
  }

  @Test
  void whatWaitsForOnePolicyCountsForAnother() {
    create(admin, signing(always(), ask(group(1, only(ada)))));
    create(
        admin,
        signing(rule("TransactionCountVelocity", "{\"limit\":1,\"timeframe\":60}"), block()));
    Response held = send();
    assertThat(held.text("/status")).isEqualTo("Pending");

    assertThat(send().text("/status")).isEqualTo("Rejected");
    vote(ada, held, DENIED);
    assertThat(send().text("/status")).isEqualTo("Pending");
  }

  @Test
  void aPolicyWithoutActionOnlyTells() {
    String hook =
        admin
            .post(
                "/webhooks", "{\"url\":\"https://hook.example\",\"events\":[\"policy.triggered\"]}")
            .text("/id");
    create(admin, signing(always(), "{\"kind\":\"NoAction\"}"));
    assertThat(send().text("/status")).isEqualTo("Executing");
    assertThat(admin.get("/webhooks/" + hook + "/events").body().path("items")).hasSize(1);

    create(admin, signing(always(), block()));
    assertThat(send().text("/status")).isEqualTo("Rejected");
    assertThat(admin.get("/webhooks/" + hook + "/events").body().path("items")).hasSize(3);
  }
}
