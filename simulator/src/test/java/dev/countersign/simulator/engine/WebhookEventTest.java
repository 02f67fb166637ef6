package dev.countersign.simulator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.countersign.simulator.control.Switches;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What happened is kept for each webhook that wants to know, and only what happened. */
final class WebhookEventTest {

  private static final String TRANSFER =
      "{\"kind\":\"Native\",\"to\":\"0x00000000000000000000000000000000000000Aa\",\"amount\":\"1\"}";

  private final World world = new World();
  private final TestClient admin = world.admin;

  private String webhook(TestClient client, String events) {
    Response made =
        client.post(
            "/webhooks", "{\"url\":\"https://hook.example\",\"events\":[\"" + events + "\"]}");
    assertThat(made.status()).as(made.toString()).isEqualTo(200);
    return "/webhooks/" + made.text("/id");
  }

  private String webhook(String events) {
    return webhook(admin, events);
  }

  private String wallet() {
    return wallet("");
  }

  private String wallet(String more) {
    return "/wallets/"
        + admin.post("/wallets", "{\"network\":\"EthereumSepolia\"" + more + "}").text("/id");
  }

  private JsonNode items(String webhook) {
    Response events = admin.get(webhook + "/events?limit=1000");
    assertThat(events.status()).as(events.toString()).isEqualTo(200);
    return events.body().path("items");
  }

  private List<String> kinds(String webhook) {
    List<String> kinds = new ArrayList<>();
    items(webhook).forEach(event -> kinds.add(event.path("kind").asText()));
    return kinds;
  }

  private JsonNode data(String webhook, String kind) {
    JsonNode items = admin.get(webhook + "/events?kind=" + kind).body().path("items");
    assertThat(items).as(kind).hasSize(1);
    return items.get(0).path("data");
  }

  private void pass(Duration time) {
    world.organisation.clock().advance(time);
  }

  @Test
  void aTransferIsToldStepByStep() {
    String wallet = wallet();
    String hook = webhook("*");
    Response transfer = admin.post(wallet + "/transfers", TRANSFER);
    pass(Duration.ofSeconds(1));

    assertThat(kinds(hook))
        .containsExactly(
            "wallet.transfer.requested",
            "wallet.transfer.broadcasted",
            "wallet.transfer.confirmed",
            "wallet.blockchainevent.detected");
    assertThat(data(hook, "wallet.transfer.requested").at("/transferRequest/status").asText())
        .isEqualTo("Pending");
    assertThat(data(hook, "wallet.transfer.confirmed").path("transferRequest"))
        .isEqualTo(admin.get(wallet + "/transfers/" + transfer.text("/id")).body());
    assertThat(data(hook, "wallet.blockchainevent.detected").at("/blockchainEvent/kind").asText())
        .isEqualTo("NativeTransfer");
  }

  @Test
  void anEventHasTheTimeOfWhatItTells() {
    String wallet = wallet();
    String hook = webhook("wallet.transfer.confirmed");
    Instant start = world.organisation.clock().now();
    admin.post(wallet + "/transfers", TRANSFER);
    pass(Duration.ofDays(1));

    JsonNode event = items(hook).get(0);

    Instant date = Instant.parse(event.path("date").asText());
    assertThat(Duration.between(start, date))
        .isBetween(Duration.ofMillis(699), Duration.ofMillis(701));
    assertThat(event.path("timestampSent").asLong()).isEqualTo(date.getEpochSecond());
    assertThat(event.path("id").asText()).startsWith("whe-");
    assertThat(admin.get(hook + "/events/" + event.path("id").asText()).body()).isEqualTo(event);
    assertThat(event.has("status") || event.has("deliveryAttempt")).isFalse();
  }

  @Test
  void keysAndWalletsAreTold() {
    String hook = webhook("*");
    String wallet = wallet(",\"delayDelegation\":true");
    String tags = wallet + "/tags";
    admin.put(tags, "{\"tags\":[\"a\",\"b\"]}");
    admin.put(tags, "{\"tags\":[\"a\"]}");
    String user = world.endUser("owner").identity.userId();
    admin.post(wallet + "/delegate", "{\"userId\":\"" + user + "\"}");
    Response key = admin.post("/keys", "{\"scheme\":\"EdDSA\",\"curve\":\"ed25519\"}");
    admin.post(
        "/keys/" + key.text("/id") + "/export",
        "{\"encryptionKey\":\"k\",\"supportedSchemes\":"
            + "[{\"protocol\":\"FROST\",\"curve\":\"ed25519\"}]}");
    admin.delete("/keys/" + key.text("/id"));

    assertThat(kinds(hook))
        .containsExactly(
            "key.created",
            "wallet.created",
            "wallet.tags.modified",
            "key.delegated",
            "wallet.delegated",
            "key.created",
            "key.exported",
            "key.deleted");
    JsonNode tagged = data(hook, "wallet.tags.modified");
    assertThat(tagged.path("tagsAdded")).hasSize(2);
    assertThat(tagged.path("tagsRemoved")).isEmpty();
    assertThat(data(hook, "wallet.delegated").at("/wallet/signingKey/delegatedTo").asText())
        .isEqualTo(user);
    assertThat(data(hook, "key.deleted").at("/key/status").asText()).isEqualTo("Archived");
  }

  @Test
  void signaturesTransactionsActivationsAndOffersAreTold() {
    String wallet = wallet();
    String inactive =
        "/wallets/" + admin.post("/wallets", "{\"network\":\"Concordium\"}").text("/id");
    String hook = webhook("*");
    admin.post(wallet + "/signatures", "{\"kind\":\"Message\",\"message\":\"0x00\"}");
    pass(Duration.ofSeconds(1));
    assertThat(kinds(hook))
        .containsExactly("wallet.signature.requested", "wallet.signature.signed");

    admin.post(inactive + "/activate", "{\"expiry\":1,\"unsignedCdiStr\":\"x\"}");
    pass(Duration.ofSeconds(1));
    assertThat(kinds(hook))
        .contains("wallet.transaction.requested", "wallet.transaction.confirmed")
        .last()
        .isEqualTo("wallet.activated");

    String id =
        world.organisation.offer(
            wallet.substring("/wallets/".length()), "0x", BigInteger.ONE, Duration.ofDays(1));
    admin.put(wallet + "/offers/" + id + "/reject", null);
    pass(Duration.ofSeconds(1));
    assertThat(kinds(hook))
        .contains("wallet.offer.received")
        .last()
        .isEqualTo("wallet.offer.rejected");
    assertThat(data(hook, "wallet.offer.rejected").path("offer"))
        .isEqualTo(admin.get(wallet + "/offers/" + id).body());
  }

  @Test
  void whatFailsIsTold() {
    String wallet = wallet();
    String hook = webhook("*");
    String transfer =
        wallet + "/transfers/" + admin.post(wallet + "/transfers", TRANSFER).text("/id");
    admin.put(transfer + "/abort", null);
    pass(Duration.ofSeconds(1));

    assertThat(kinds(hook)).containsExactly("wallet.transfer.requested", "wallet.transfer.failed");
  }

  @Test
  void aReplacedTransferIsToldToHaveFailed() {
    String wallet = wallet();
    String transfer =
        wallet + "/transfers/" + admin.post(wallet + "/transfers", TRANSFER).text("/id");
    pass(Duration.ofMillis(200));
    String hook = webhook("*");
    admin.post(transfer + "/cancel", "{}");
    pass(Duration.ofSeconds(1));

    assertThat(kinds(hook))
        .containsExactly(
            "wallet.transaction.requested",
            "wallet.transfer.failed",
            "wallet.transaction.broadcasted",
            "wallet.transaction.confirmed");
  }

  @Test
  void anApprovalIsToldFromTriggerToEnd() {
    TestClient approver = world.admin("approver");
    String wallet = wallet();
    String policy = Policies.alwaysAsk(admin, "Wallets:Sign", "{}", Policies.only(approver));
    String hook = webhook("*");
    Response held = admin.post(wallet + "/transfers", TRANSFER);
    String approval = "/v2/policy-approvals/" + held.text("/approvalId");

    assertThat(kinds(hook))
        .containsExactly(
            "wallet.transfer.requested", "policy.triggered", "policy.approval.pending");
    JsonNode evaluation = data(hook, "policy.triggered").path("policyEvaluation");
    assertThat(evaluation.path("id").asText()).startsWith("plce-");
    assertThat(evaluation.at("/policy/id").asText()).isEqualTo(policy);
    assertThat(evaluation.at("/activity/transferRequest/id").asText()).isEqualTo(held.text("/id"));
    assertThat(data(hook, "policy.approval.pending").path("approval"))
        .isEqualTo(admin.get(approval).body());

    approver.post(approval + "/decisions", "{\"value\":\"Denied\"}");

    assertThat(kinds(hook))
        .endsWith(
            "wallet.transfer.rejected", "policy.approval.resolved", "policy.activity.resolved");
    assertThat(data(hook, "policy.approval.resolved").path("approval"))
        .isEqualTo(admin.get(approval).body());
    JsonNode end = data(hook, "policy.activity.resolved");
    assertThat(end.path("status").asText()).isEqualTo("Blocked");
    assertThat(end.path("activityId").asText()).isEqualTo(held.text("/id"));
  }

  @Test
  void aChangeThatWaitsIsToldLikeATransfer() {
    TestClient approver = world.admin("approver");
    Policies.alwaysAsk(admin, "Permissions:Modify", "{}", Policies.only(approver));
    String permission =
        admin
            .post("/permissions", "{\"name\":\"p\",\"operations\":[\"Wallets:Read\"]}")
            .text("/id");
    String hook = webhook("*");
    Response change = admin.put("/permissions/" + permission, "{\"name\":\"q\"}");
    approver.post(
        "/v2/policy-approvals/" + change.text("/approvalId") + "/decisions",
        "{\"value\":\"Approved\"}");

    assertThat(kinds(hook))
        .containsExactly(
            "policy.triggered",
            "policy.approval.pending",
            "policy.approval.resolved",
            "policy.activity.resolved");
    assertThat(
            data(hook, "policy.approval.pending")
                .at("/approval/activity/changeRequest/id")
                .asText())
        .isEqualTo(change.text("/id"));
    assertThat(data(hook, "policy.activity.resolved").path("status").asText()).isEqualTo("Cleared");
  }

  @Test
  void withoutPolicyNoneIsTold() {
    String wallet = wallet();
    String hook = webhook("policy.activity.resolved");
    admin.post(wallet + "/transfers", TRANSFER);
    pass(Duration.ofSeconds(1));

    assertThat(items(hook)).isEmpty();
  }

  @Test
  void whatWasRefusedIsNotTold() {
    World strict = new World(Switches.defaults().toBuilder().blockedActivityStatus(403).build());
    String wallet =
        "/wallets/" + strict.admin.post("/wallets", "{\"network\":\"Solana\"}").text("/id");
    Policies.create(strict.admin, Policies.signing(Policies.always(), Policies.block()));
    Policies.create(
        strict.admin,
        Policies.body("Permissions:Assign", Policies.always(), Policies.block(), "{}"));
    String hook = webhook(strict.admin, "*");
    String permission = strict.admin.get("/permissions").text("/items/0/id");

    assertThat(
            strict
                .admin
                .post(wallet + "/transfers", "{\"kind\":\"Native\",\"to\":\"x\",\"amount\":\"1\"}")
                .status())
        .isEqualTo(403);
    assertThat(
            strict
                .admin
                .post(
                    "/permissions/" + permission + "/assignments",
                    "{\"identityId\":\"" + strict.human("h").identity.userId() + "\"}")
                .status())
        .isEqualTo(403);

    assertThat(strict.admin.get(hook + "/events").body().path("items")).isEmpty();
  }

  @Test
  void theSameRequestAskedForTwiceIsToldOnce() {
    String wallet = wallet();
    String hook = webhook("*");
    String body = TRANSFER.replace("}", ",\"externalId\":\"pay\"}");
    admin.post(wallet + "/transfers", body);
    admin.post(wallet + "/transfers", body);

    assertThat(kinds(hook)).containsExactly("wallet.transfer.requested");
  }

  @Test
  void aWebhookIsToldWhatItAskedForWhileItIsEnabled() {
    String created = webhook("wallet.created");
    String keys = webhook("key.created");
    wallet();
    admin.put(created, "{\"status\":\"Disabled\"}");
    wallet();
    admin.put(created, "{\"status\":\"Enabled\"}");
    wallet();

    assertThat(kinds(created)).containsExactly("wallet.created", "wallet.created");
    assertThat(kinds(keys)).hasSize(3).containsOnly("key.created");
    String event = items(created).get(0).path("id").asText();
    assertThat(admin.get(keys + "/events/" + event).status()).isEqualTo(404);
  }

  @Test
  void eventsAreFilteredAndPaged() {
    String hook = webhook("*");
    wallet();
    wallet();

    assertThat(admin.get(hook + "/events?kind=key.created").body().path("items")).hasSize(2);
    assertThat(admin.get(hook + "/events?kind=key.sold").status()).isEqualTo(400);
    assertThat(admin.get(hook + "/events?deliveryFailed=true").body().path("items")).hasSize(4);
    assertThat(admin.get(hook + "/events?deliveryFailed=false").body().path("items")).isEmpty();
    Response page = admin.get(hook + "/events?limit=3");
    assertThat(page.body().path("items")).hasSize(3);
    assertThat(
            admin
                .get(hook + "/events?limit=3&paginationToken=" + page.text("/nextPageToken"))
                .body()
                .path("items"))
        .hasSize(1);
  }

  @Test
  void eventsAreKeptForAMonth() {
    String hook = webhook("wallet.created");
    wallet();
    String event = hook + "/events/" + items(hook).get(0).path("id").asText();
    pass(Duration.ofDays(31).minusSeconds(1));
    assertThat(admin.get(event).status()).isEqualTo(200);
    pass(Duration.ofSeconds(1));

    assertThat(admin.get(event).status()).isEqualTo(404);
    assertThat(items(hook)).isEmpty();
  }
}
