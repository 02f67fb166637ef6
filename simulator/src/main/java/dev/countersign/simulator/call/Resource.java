package dev.countersign.simulator.call;

import dev.countersign.simulator.state.Entity;
import dev.countersign.simulator.state.TableKey;
import dev.countersign.simulator.state.Tables;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;

/** A kind of thing that a path can name. */
public final class Resource {

  /** A wallet. */
  public static final Resource WALLET = new Resource("walletId", "wallet", Tables.WALLETS);

  /** A key. */
  public static final Resource KEY = new Resource("keyId", "key", Tables.KEYS);

  /** A transfer of the path's wallet. */
  public static final Resource TRANSFER =
      new Resource("transferId", "transfer", Tables.TRANSFERS).within("walletId");

  /** A transaction of the path's wallet. */
  public static final Resource TRANSACTION =
      new Resource("transactionId", "transaction", Tables.TRANSACTIONS).within("walletId");

  /** A signature of the path's key. */
  public static final Resource SIGNATURE =
      new Resource("signatureId", "signature", Tables.SIGNATURES).within("keyId");

  /** An offer to the path's wallet. */
  public static final Resource OFFER =
      new Resource("offerId", "offer", Tables.OFFERS).within("walletId");

  /** A validator of the path's network. */
  public static final Resource VALIDATOR =
      new Resource(
          "validatorId",
          "validator",
          Tables.VALIDATORS,
          (validator, path) -> validator.hiddenText("path").equals(path.get("network")));

  /** A permission. */
  public static final Resource PERMISSION =
      new Resource("permissionId", "permission", Tables.PERMISSIONS);

  /** An assignment of the path's permission. */
  public static final Resource ASSIGNMENT =
      new Resource("assignmentId", "assignment", Tables.ASSIGNMENTS).within("permissionId");

  /** A policy. */
  public static final Resource POLICY = new Resource("policyId", "policy", Tables.POLICIES);

  /** An approval. */
  public static final Resource APPROVAL = new Resource("approvalId", "approval", Tables.APPROVALS);

  /** A human. */
  public static final Resource USER =
      new Resource("userId", "user", Tables.USERS, (user, path) -> !user.is("isServiceAccount"));

  /** A service account. */
  public static final Resource SERVICE_ACCOUNT =
      new Resource(
          "serviceAccountId",
          "service account",
          Tables.USERS,
          (user, path) -> user.is("isServiceAccount"));

  /** A credential. */
  public static final Resource CREDENTIAL =
      new Resource("credentialUuid", "credential", Tables.CREDENTIALS);

  /** A personal access token. */
  public static final Resource TOKEN =
      new Resource(
          "tokenId", "token", Tables.TOKENS, (token, path) -> token.text("kind").equals("Pat"));

  /** A webhook. */
  public static final Resource WEBHOOK = new Resource("webhookId", "webhook", Tables.WEBHOOKS);

  /** An event of the path's webhook. */
  public static final Resource WEBHOOK_EVENT =
      new Resource(
          "webhookEventId",
          "webhook event",
          Tables.WEBHOOK_EVENTS,
          (event, path) -> event.hiddenText("webhookId").equals(path.get("webhookId")));

  private static final List<Resource> ALL =
      List.of(
          WALLET,
          KEY,
          TRANSFER,
          TRANSACTION,
          SIGNATURE,
          OFFER,
          VALIDATOR,
          PERMISSION,
          ASSIGNMENT,
          POLICY,
          APPROVAL,
          USER,
          SERVICE_ACCOUNT,
          CREDENTIAL,
          TOKEN,
          WEBHOOK,
          WEBHOOK_EVENT);

  private final String parameter;
  private final String noun;
  private final TableKey table;
  private final BiPredicate<Entity, Map<String, String>> belongs;

  private Resource(String parameter, String noun, TableKey table) {
    this(parameter, noun, table, (entity, path) -> true);
  }

  private Resource(
      String parameter,
      String noun,
      TableKey table,
      BiPredicate<Entity, Map<String, String>> belongs) {
    this.parameter = parameter;
    this.noun = noun;
    this.table = table;
    this.belongs = belongs;
  }

  /** This, where it belongs to what the path names with another parameter, if it does. */
  private Resource within(String parent) {
    return new Resource(
        parameter,
        noun,
        table,
        (entity, path) ->
            !path.containsKey(parent) || entity.text(parent).equals(path.get(parent)));
  }

  /** All kinds, parents before children. */
  public static List<Resource> all() {
    return ALL;
  }

  /** The path parameter's name. */
  public String parameter() {
    return parameter;
  }

  /** What the API calls it. */
  public String noun() {
    return noun;
  }

  /** Where it is. */
  public TableKey table() {
    return table;
  }

  /** Whether an entity of the table is one of these, under the path's other values. */
  public boolean belongs(Entity entity, Map<String, String> path) {
    return belongs.test(entity, path);
  }

  /** What the API calls it. */
  @Override
  public String toString() {
    return noun;
  }
}
