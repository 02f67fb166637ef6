package dev.countersign.approval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.Dfns;
import dev.countersign.api.Network;
import dev.countersign.api.keys.GenerateSignatureBody;
import dev.countersign.api.keys.SignatureRequest;
import dev.countersign.api.policies.CreateApprovalDecisionBody;
import dev.countersign.api.policies.Policy;
import dev.countersign.api.policies.PolicyApproval;
import dev.countersign.api.policies.PolicyBody;
import dev.countersign.api.wallets.CreateWalletBody;
import dev.countersign.api.wallets.TransferAssetBody;
import dev.countersign.api.wallets.TransferRequest;
import dev.countersign.api.wallets.Wallet;
import dev.countersign.call.Outcome;
import dev.countersign.credential.CredentialSource;
import dev.countersign.credential.Issued;
import dev.countersign.http.DfnsBuilder;
import dev.countersign.http.JacksonCodec;
import dev.countersign.json.JsonObject;
import dev.countersign.pem.PemKeys;
import dev.countersign.signing.SignatureAlgorithm;
import dev.countersign.signing.Signer;
import dev.countersign.simulator.Identity;
import dev.countersign.simulator.Simulator;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Waits as an application has them: over the facade, on real threads, for the simulator's ends. */
class SimulatedWaitsTest {

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final WaitPace QUICK =
      new WaitPace(Duration.ofMillis(100), Duration.ofMillis(200), 1.5, 0.2);

  @TempDir private Path folder;

  private final Simulator simulator = Simulator.start();
  private Signer key;
  private Dfns admin;
  private Dfns backend;
  private Identity adminIs;
  private Waits waits;
  private final Semaphore looks = new Semaphore(0);

  @BeforeEach
  void open() throws IOException {
    simulator.organisation().clock().freeze();
    key = PemKeys.generate(SignatureAlgorithm.ED25519, folder.resolve("key.pem"));
    adminIs = simulator.organisation().admin("admin", key.publicKeyPem());
    admin = dfns(adminIs);
    backend =
        dfns(
            simulator
                .organisation()
                .serviceAccount(
                    "backend",
                    key.publicKeyPem(),
                    "Wallets:Create",
                    "Keys:Create",
                    "Wallets:Transfers:Create",
                    "Wallets:Transfers:Read",
                    "Keys:Signatures:Create",
                    "Keys:Signatures:Read",
                    "Policies:Approvals:Read"));
    waits = backend.waits().pace(QUICK).open();
  }

  @AfterEach
  void close() {
    waits.close();
    key.close();
  }

  private Dfns dfns(Identity who) {
    return DfnsBuilder.create()
        .apiUrl(URI.create("http://localhost"))
        .transport(
            request -> {
              looks.release();
              return simulator.transport().send(request);
            })
        .credentials(CredentialSource.of(Issued.to(who, key)))
        .build();
  }

  private static JsonObject json(String text) {
    return (JsonObject) new JacksonCodec().parse(text.getBytes(StandardCharsets.UTF_8));
  }

  private Policy policy(String activity, String action) {
    return admin
        .policies()
        .createPolicy(
            PolicyBody.of(
                json(
                    """
                    {"name":"a policy","activityKind":"%s","rule":{"kind":"AlwaysTrigger"},
                     "action":%s}"""
                        .formatted(activity, action))))
        .execute();
  }

  private static String ask(String more) {
    return """
    {"kind":"RequestApproval","approvalGroups":[{"quorum":1,"approvers":{}}]%s}"""
        .formatted(more);
  }

  private Wallet wallet() {
    return backend
        .wallets()
        .createWallet(CreateWalletBody.builder().network(Network.ETHEREUM_SEPOLIA).build())
        .execute();
  }

  private TransferRequest transfer() {
    return backend
        .wallets()
        .transferAsset(
            wallet().id(),
            TransferAssetBody.of(
                json(
                    """
                    {"kind":"Native","to":"0x00000000000000000000000000000000000000Aa",
                     "amount":"1","externalId":"e-1"}""")))
        .execute();
  }

  private void vote(String approvalId, String vote) {
    PolicyApproval decided =
        admin
            .policies()
            .createApprovalDecision(approvalId, CreateApprovalDecisionBody.of(json(vote)))
            .execute();
    assertThat(decided.status().value()).isNotEqualTo("Pending");
  }

  /** Still, after it has been looked for more than once. */
  private <T> void assertWaiting(CompletableFuture<Waited<T>> wait) throws Exception {
    looks.drainPermits();
    assertThat(looks.tryAcquire(4, 20, TimeUnit.SECONDS)).isTrue();
    assertThat(wait).isNotDone();
  }

  @Test
  void anApprovedTransferIsConfirmed() throws Exception {
    policy("Wallets:Sign", ask(""));
    TransferRequest held = transfer();
    CompletableFuture<Waited<TransferRequest>> wait = waits.on(WaitId.of(held)).awaitAsync(SOON);
    assertWaiting(wait);

    vote(held.approvalId().orElseThrow(), "{\"value\":\"Approved\"}");
    simulator.organisation().clock().advance(Duration.ofSeconds(5));

    assertThat(wait.get()).isInstanceOf(Waited.Confirmed.class);
  }

  @Test
  void aDeniedTransferTellsWhoAndWhy() throws Exception {
    policy("Wallets:Sign", ask(""));
    TransferRequest held = transfer();
    vote(held.approvalId().orElseThrow(), "{\"value\":\"Denied\",\"reason\":\"wrong address\"}");

    Waited<TransferRequest> how = waits.on(WaitId.of(held)).await(SOON);

    assertThat(how).isInstanceOf(Waited.Denied.class);
    assertThat(((Waited.Denied<TransferRequest>) how).denials())
        .singleElement()
        .satisfies(no -> assertThat(no.userId()).isEqualTo(adminIs.userId()))
        .satisfies(no -> assertThat(no.reason()).contains("wrong address"));
  }

  @Test
  void aTransferThatNobodyApprovedExpires() {
    policy("Wallets:Sign", ask(",\"autoRejectTimeout\":60"));
    TransferRequest held = transfer();
    simulator.organisation().clock().advance(Duration.ofHours(2));

    assertThat(waits.on(WaitId.of(held)).await(SOON)).isInstanceOf(Waited.Expired.class);
  }

  @Test
  void aBlockedTransferIsBlocked() {
    policy("Wallets:Sign", "{\"kind\":\"Block\"}");

    assertThat(waits.on(WaitId.of(transfer())).await(SOON)).isInstanceOf(Waited.Blocked.class);
  }

  @Test
  void aSignatureIsSigned() {
    Wallet wallet = wallet();
    SignatureRequest begun =
        backend
            .keys()
            .generateSignature(
                wallet.signingKey().id(),
                GenerateSignatureBody.of(json("{\"kind\":\"Message\",\"message\":\"0x01\"}")))
            .execute();
    simulator.organisation().clock().advance(Duration.ofSeconds(5));

    Waited<SignatureRequest> how = waits.on(WaitId.of(begun)).await(SOON);

    assertThat(how).isInstanceOf(Waited.Signed.class);
    assertThat(((Waited.Succeeded<SignatureRequest>) how).entity().signature()).isPresent();
  }

  @Test
  void aChangeOfAPolicyIsAppliedWhenItWasApproved() throws Exception {
    Policy changed = policy("Wallets:Sign", ask(""));
    policy("Policies:Modify", ask(""));
    Outcome<Policy> outcome = admin.policies().archivePolicy(changed.id()).execute();
    assertThat(outcome).isInstanceOf(Outcome.AwaitingApproval.class);
    WaitId<PolicyApproval> id = WaitId.of((Outcome.AwaitingApproval<Policy>) outcome);
    Dfns second = dfns(simulator.organisation().admin("second", key.publicKeyPem()));
    CompletableFuture<Waited<PolicyApproval>> wait = waits.on(id).awaitAsync(SOON);
    assertWaiting(wait);

    PolicyApproval approval =
        second
            .policies()
            .createApprovalDecision(
                id.id(), CreateApprovalDecisionBody.of(json("{\"value\":\"Approved\"}")))
            .execute();

    assertThat(approval.status().value()).isEqualTo("Approved");
    assertThat(wait.get()).isInstanceOf(Waited.Applied.class);
  }

  @Test
  void waitingTakesOneThread() throws Exception {
    policy("Wallets:Sign", ask(""));
    TransferRequest held = transfer();
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    waits.close();
    waits = backend.waits().pace(QUICK).open();
    CompletableFuture<Waited<TransferRequest>> wait = waits.on(WaitId.of(held)).awaitAsync(SOON);
    assertWaiting(wait);

    assertThat(Thread.getAllStackTraces().keySet())
        .filteredOn(thread -> thread.getName().equals("countersign-waits"))
        .filteredOn(thread -> !before.contains(thread))
        .singleElement()
        .satisfies(thread -> assertThat(thread.isDaemon()).isTrue());

    waits.close();
    assertThat(wait.get()).isInstanceOf(Waited.StillPending.class);
  }
}
