package dev.countersign.simulator.state;

import java.util.Locale;

/** The tables of an organisation. */
public final class Tables {

  /** Humans and service accounts: {@code us-…}. */
  public static final TableKey USERS =
      TableKey.of("users")
          .by("service account", user -> user.is("isServiceAccount") ? "yes" : "no")
          .by("username");

  /** Access tokens without their text: {@code to-…}. */
  public static final TableKey TOKENS = TableKey.of("tokens").by("linkedUserId").by("kind");

  /** Signing credentials by their {@code cr-…}; a personal access token has its own. */
  public static final TableKey CREDENTIALS =
      TableKey.of("credentials")
          .by("owner", credential -> credential.hiddenText("owner"))
          .by("credentialId");

  /** Codes that users were sent or made, by the codes themselves. */
  public static final TableKey CODES =
      TableKey.of("codes").by("userId", code -> code.hiddenText("userId"));

  /** Challenges that nobody answered yet: {@code ch-…}. */
  public static final TableKey CHALLENGES = TableKey.of("challenges");

  /** User actions, spent or not: {@code no-…}. */
  public static final TableKey USER_ACTIONS = TableKey.of("user actions");

  /** Permissions: {@code pm-…}. */
  public static final TableKey PERMISSIONS = TableKey.of("permissions").by("name");

  /** Permission assignments: {@code as-…}. */
  public static final TableKey ASSIGNMENTS =
      TableKey.of("assignments")
          .by("identityId")
          .by("permissionId")
          .by("both", it -> it.text("identityId") + " " + it.text("permissionId"));

  /** Changes of policies, permissions and assignments that wait, or waited: {@code cr-…}. */
  public static final TableKey CHANGE_REQUESTS =
      TableKey.of("change requests")
          .by("pending", it -> it.text("status").equals("Pending") ? it.text("entityId") : "");

  /** Policies: {@code plc-…}. */
  public static final TableKey POLICIES =
      TableKey.of("policies")
          .by("active", it -> it.text("status").equals("Active") ? it.text("activityKind") : "")
          .by("status");

  /** Policy approvals: {@code ap-…}. */
  public static final TableKey APPROVALS = TableKey.of("approvals").by("status").by("initiatorId");

  /** What was done with wallets, for policies that count. */
  public static final TableKey ACTIVITIES =
      TableKey.of("activities").by("walletId").by("requestId");

  /** Keys: {@code key-…}. */
  public static final TableKey KEYS = TableKey.of("keys").by("owner", Tables::owner);

  /** Wallets: {@code wa-…}. */
  public static final TableKey WALLETS =
      TableKey.of("wallets")
          .by("key", wallet -> wallet.get("signingKey").path("id").asText())
          .by("owner", wallet -> wallet.get("signingKey").path("delegatedTo").asText())
          .by("address", wallet -> wallet.text("address").toLowerCase(Locale.ROOT));

  /** Transfer requests: {@code xfr-…}. */
  public static final TableKey TRANSFERS = TableKey.of("transfers").by("walletId").by("externalId");

  /** Transaction requests: {@code tx-…}. */
  public static final TableKey TRANSACTIONS =
      TableKey.of("transactions").by("walletId").by("externalId");

  /** Signature requests: {@code sig-…}. */
  public static final TableKey SIGNATURES = TableKey.of("signatures").by("keyId").by("externalId");

  /** What was paid out of wallets and into them. */
  public static final TableKey HISTORY = TableKey.of("history").by("walletId");

  /** What others offer to wallets: {@code ofr-…}. */
  public static final TableKey OFFERS = TableKey.of("offers").by("walletId");

  /** Canton validators: {@code cv-…}. */
  public static final TableKey VALIDATORS =
      TableKey.of("validators").by("path", validator -> validator.hiddenText("path"));

  /** What is kept of domains that nobody simulates, by its path: {@code /swaps/swa-…}. */
  public static final TableKey RECORDS =
      TableKey.of("records").by("collection", record -> record.hiddenText("collection"));

  /** Requests that changed something, for the audit log. */
  public static final TableKey AUDIT_LOGS = TableKey.of("audit logs");

  /** Webhooks: {@code wh-…}. */
  public static final TableKey WEBHOOKS = TableKey.of("webhooks").by("status");

  /** What happened, for each webhook that wants to know: {@code whe-…}. */
  public static final TableKey WEBHOOK_EVENTS =
      TableKey.of("webhook events")
          .by("webhookId", event -> event.hiddenText("webhookId"))
          .by("outbox", event -> event.hiddenText("outbox"));

  /** What screening services are told to find, by what it is about. */
  public static final TableKey FINDINGS = TableKey.of("findings").by("use");

  /** What wallets have, by wallet and asset. */
  public static final TableKey BALANCES = TableKey.of("balances").by("walletId");

  /** How many requests were made in this minute. */
  public static final TableKey RATE = TableKey.of("rate");

  private Tables() {}

  private static String owner(Entity key) {
    return key.hiddenText("delegatedTo");
  }
}
