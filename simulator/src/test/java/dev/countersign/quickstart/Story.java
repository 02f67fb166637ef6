package dev.countersign.quickstart;

import dev.countersign.Dfns;
import dev.countersign.api.Network;
import dev.countersign.api.auth.AccessToken;
import dev.countersign.api.auth.AssignedPermission;
import dev.countersign.api.auth.CreateServiceAccountBody;
import dev.countersign.api.auth.ServiceAccount;
import dev.countersign.api.permissions.CreateAssignmentBody;
import dev.countersign.api.permissions.CreatePermissionBody;
import dev.countersign.api.permissions.Permission;
import dev.countersign.api.permissions.PermissionOperation;
import dev.countersign.api.policies.ApprovalGroup;
import dev.countersign.api.policies.ApprovalGroupApprovers;
import dev.countersign.api.policies.ApprovalValue;
import dev.countersign.api.policies.CreateApprovalDecisionBody;
import dev.countersign.api.policies.InFilter;
import dev.countersign.api.policies.Policy;
import dev.countersign.api.policies.PolicyAction;
import dev.countersign.api.policies.PolicyActionRequestApproval;
import dev.countersign.api.policies.PolicyApproval;
import dev.countersign.api.policies.PolicyBody;
import dev.countersign.api.policies.PolicyRule;
import dev.countersign.api.policies.PolicyRuleTransactionAmountLimitConfiguration;
import dev.countersign.api.wallets.CreateWalletBody;
import dev.countersign.api.wallets.TransferAssetBody;
import dev.countersign.api.wallets.TransferRequest;
import dev.countersign.api.wallets.TransferStatus;
import dev.countersign.api.wallets.Wallet;
import dev.countersign.call.Outcome;
import dev.countersign.error.RequestRejectedException;
import dev.countersign.pem.PemKeys;
import dev.countersign.pem.PemSigner;
import dev.countersign.signing.SignatureAlgorithm;
import dev.countersign.signing.Signer;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** A service account from its key pair to a policy that it changed, step by step. */
final class Story {

  private static final String RECIPIENT = "0x000000000000000000000000000000000000dEaD";
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** What the backend of this story needs, and nothing else. */
  private static final List<String> ROLE =
      List.of(
          "Wallets:Create",
          "Keys:Create",
          "Wallets:Read",
          "Wallets:Transfers:Create",
          "Wallets:Transfers:Read",
          "Policies:Read",
          "Policies:Update",
          "Policies:Evaluations:Read",
          "Policies:Evaluations:Vote");

  private final Stage stage;
  private final Keys keys;
  private final Path folder;
  private final Transcript transcript;

  Story(Stage stage, Keys keys, Path folder, Transcript transcript) {
    this.stage = stage;
    this.keys = keys;
    this.folder = folder;
    this.transcript = transcript;
  }

  /** Tells the story; anything that does not go as told is an {@link IllegalStateException}. */
  void tell() throws IOException {
    try (PemSigner adminKey =
            PemKeys.generate(SignatureAlgorithm.ED25519, folder.resolve("admin.pem"));
        Signer key = keyPair()) {
      Stage.Human admin = stage.admin(adminKey);
      ServiceAccount account = registerServiceAccount(admin.dfns(), key);
      AccessToken token = account.accessTokens().get(0);
      Dfns backend = stage.dfns(token.accessToken().orElseThrow().reveal(), token.credId(), key);

      replacePermissions(admin.dfns(), account);
      Wallet wallet = createWallet(backend);
      Policy limit = limitTransfers(admin);
      transferBelowTheLimit(backend, wallet);
      TransferRequest held = transferAboveTheLimit(backend, wallet);
      String approvalId = held.approvalId().orElseThrow();
      voteAsServiceAccount(backend, approvalId);
      approve(admin.dfns(), approvalId);
      confirmed(backend, held);
      createServiceAccountAsServiceAccount(backend, key);
      changePolicy(admin, backend, limit);
    }
  }

  private Signer keyPair() throws IOException {
    transcript.step(1, "A key pair for the service account");
    Signer key = keys.serviceAccountKey(folder, transcript);
    transcript.fact("key", key.algorithm().label());
    return key;
  }

  private ServiceAccount registerServiceAccount(Dfns admin, Signer key) throws IOException {
    transcript.step(2, "The human admin registers the service account with the public key");
    ServiceAccount account =
        admin
            .auth()
            .createServiceAccount(
                CreateServiceAccountBody.builder()
                    .name("payouts backend")
                    .publicKey(key.publicKeyPem())
                    .build())
            .execute();
    AccessToken token = account.accessTokens().get(0);
    Path file = folder.resolve("service-account.token");
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, token.accessToken().orElseThrow().reveal());
    transcript.fact("service account", account.userInfo().userId());
    transcript.fact("credential", token.credId());
    transcript.fact("token", "shown once; stored for its owner only in " + file.getFileName());
    return account;
  }

  private void replacePermissions(Dfns admin, ServiceAccount account) {
    transcript.step(
        3, "Its permissions are reviewed: a least-privilege role replaces what it inherited");
    String userId = account.userInfo().userId();
    for (AssignedPermission inherited : account.userInfo().permissionAssignments()) {
      done(
          admin
              .permissions()
              .deleteAssignment(inherited.permissionId(), inherited.assignmentId())
              .execute());
      transcript.fact("revoked", inherited.permissionName());
    }
    Permission role =
        admin
            .permissions()
            .createPermission(
                CreatePermissionBody.builder()
                    .name("payouts backend")
                    .operations(ROLE.stream().map(PermissionOperation::of).toList())
                    .build())
            .execute();
    done(
        admin
            .permissions()
            .createAssignment(role.id(), CreateAssignmentBody.builder().identityId(userId).build())
            .execute());
    transcript.fact("role", role.id() + ", " + ROLE.size() + " operations");
  }

  private Wallet createWallet(Dfns backend) {
    transcript.step(4, "The service account creates a wallet and reads it back");
    Wallet created =
        backend
            .wallets()
            .createWallet(
                CreateWalletBody.builder()
                    .network(Network.ETHEREUM_SEPOLIA)
                    .name("payouts")
                    .build())
            .execute();
    Wallet read = backend.wallets().getWallet(created.id()).execute();
    require(read.equals(created), "the wallet that is read is the one that was created");
    transcript.fact("wallet", read.id());
    transcript.fact("network", read.network());
    transcript.fact("address", read.address().orElse("none yet"));
    return read;
  }

  private Policy limitTransfers(Stage.Human admin) {
    transcript.step(5, "The admin limits transfers, and a transfer below the limit is confirmed");
    Policy policy = admin.dfns().policies().createPolicy(limitPolicy(1000, admin.id())).execute();
    transcript.fact("policy", policy.id() + ": more than 1000 USD needs an approval");
    return policy;
  }

  private void transferBelowTheLimit(Dfns backend, Wallet wallet) {
    TransferRequest transfer = transfer(backend, wallet, "1000000000000000", "payout-1");
    transcript.fact("transfer", transfer.id() + ": 0.001 ETH, " + transfer.status());
    confirmed(backend, transfer);
  }

  private TransferRequest transferAboveTheLimit(Dfns backend, Wallet wallet) {
    transcript.step(6, "A transfer above the limit is held");
    TransferRequest transfer = transfer(backend, wallet, "5000000000000000000", "payout-2");
    require(transfer.status().equals(TransferStatus.PENDING), "a transfer above the limit waits");
    transcript.fact("transfer", transfer.id() + ": 5 ETH, " + transfer.status());
    transcript.fact("approval", transfer.approvalId().orElseThrow());
    return transfer;
  }

  private void voteAsServiceAccount(Dfns backend, String approvalId) {
    RequestRejectedException refusal =
        refused(() -> backend.policies().createApprovalDecision(approvalId, yes()).execute());
    transcript.fact("its own vote", told(refusal));
  }

  private void approve(Dfns admin, String approvalId) {
    transcript.step(7, "The human approves");
    PolicyApproval approval = admin.policies().createApprovalDecision(approvalId, yes()).execute();
    transcript.fact("approval", approval.id() + ": " + approval.status());
  }

  private void createServiceAccountAsServiceAccount(Dfns backend, Signer key) {
    transcript.step(8, "The service account tries to create another service account");
    RequestRejectedException refusal =
        refused(
            () ->
                backend
                    .auth()
                    .createServiceAccount(
                        CreateServiceAccountBody.builder()
                            .name("a second self")
                            .publicKey(key.publicKeyPem())
                            .build())
                    .execute());
    transcript.fact("refused", told(refusal));
  }

  private void changePolicy(Stage.Human admin, Dfns backend, Policy limit) {
    transcript.step(9, "It changes a policy: that awaits a human's approval, and is then applied");
    admin
        .dfns()
        .policies()
        .createPolicy(
            PolicyBody.policiesModify()
                .name("changes of policies need a human")
                .rule(PolicyRule.alwaysTrigger().build())
                .action(approvalBy(admin.id()))
                .build())
        .execute();
    Outcome<Policy> outcome =
        backend.policies().updatePolicy(limit.id(), limitPolicy(2000, admin.id())).execute();
    if (!(outcome instanceof Outcome.AwaitingApproval<Policy> awaiting)) {
      throw new IllegalStateException("The change of a policy was not held: " + outcome);
    }
    transcript.fact("change request", awaiting.changeRequestId() + ": awaiting approval");
    admin
        .dfns()
        .policies()
        .createApprovalDecision(awaiting.approvalId().orElseThrow(), yes())
        .execute();
    Policy changed = backend.policies().getPolicy(limit.id()).execute();
    require(!changed.equals(limit), "an approved change is applied");
    transcript.fact("policy", changed.id() + ": " + changed.name());
  }

  private static TransferRequest transfer(
      Dfns backend, Wallet wallet, String amount, String externalId) {
    return backend
        .wallets()
        .transferAsset(
            wallet.id(),
            TransferAssetBody.native_().to(RECIPIENT).amount(amount).externalId(externalId).build())
        .execute();
  }

  private void confirmed(Dfns backend, TransferRequest transfer) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    TransferStatus status = transfer.status();
    while (!status.equals(TransferStatus.CONFIRMED) && System.nanoTime() < end) {
      pause();
      status = backend.wallets().getTransfer(transfer.walletId(), transfer.id()).execute().status();
    }
    require(status.equals(TransferStatus.CONFIRMED), "the transfer is confirmed");
    transcript.fact("transfer", transfer.id() + ": " + status);
  }

  private static void pause() {
    try {
      Thread.sleep(100);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting for a transfer", e);
    }
  }

  private static PolicyBody limitPolicy(long dollars, String approver) {
    return PolicyBody.walletsSign()
        .name("more than " + dollars + " USD needs an approval")
        .rule(
            PolicyRule.transactionAmountLimit()
                .configuration(
                    PolicyRuleTransactionAmountLimitConfiguration.builder()
                        .limit(BigDecimal.valueOf(dollars))
                        .build())
                .build())
        .action(approvalBy(approver))
        .build();
  }

  private static PolicyActionRequestApproval approvalBy(String userId) {
    return PolicyAction.requestApproval()
        .approvalGroups(
            List.of(
                ApprovalGroup.builder()
                    .quorum(1)
                    .approvers(
                        ApprovalGroupApprovers.builder()
                            .userId(InFilter.builder().in(List.of(userId)).build())
                            .build())
                    .build()))
        .build();
  }

  private static CreateApprovalDecisionBody yes() {
    return CreateApprovalDecisionBody.builder().value(ApprovalValue.APPROVED).build();
  }

  private static void done(Outcome<?> outcome) {
    require(outcome instanceof Outcome.Done, "nothing holds this change");
  }

  private static RequestRejectedException refused(Supplier<?> call) {
    try {
      call.get();
    } catch (RequestRejectedException e) {
      return e;
    }
    throw new IllegalStateException("This was to be refused, and was not");
  }

  private static String told(RequestRejectedException refusal) {
    return refusal.getClass().getSimpleName() + " " + refusal.status() + ": " + refusal.reason();
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new IllegalStateException("This does not hold: " + what);
    }
  }
}
