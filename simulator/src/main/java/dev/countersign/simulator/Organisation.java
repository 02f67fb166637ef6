package dev.countersign.simulator;

import dev.countersign.simulator.auth.Codes;
import dev.countersign.simulator.auth.IssuedToken;
import dev.countersign.simulator.control.Prices;
import dev.countersign.simulator.control.SimClock;
import dev.countersign.simulator.control.Switches;
import dev.countersign.simulator.engine.Engine;
import dev.countersign.simulator.faults.Faults;
import dev.countersign.simulator.permissions.Grants;
import dev.countersign.simulator.spec.Description;
import dev.countersign.simulator.state.Entity;
import dev.countersign.simulator.state.Moment;
import dev.countersign.simulator.state.Snapshot;
import dev.countersign.simulator.state.Tables;
import dev.countersign.simulator.state.Tenant;
import dev.countersign.simulator.usage.Coverage;
import dev.countersign.simulator.usage.Usage;
import dev.countersign.simulator.wallets.Offers;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One organisation of the simulator, seen from behind: what a test sets up, moves and looks up
 * without the API. Safe for use by several threads at once.
 */
public final class Organisation {

  private final Tenant tenant;
  private final Description description;
  private final AtomicReference<Moment> origin;
  private final Engine engine;
  private final Members members;
  private final Balances balances;
  private final Screening screening;
  private final Deliveries deliveries;

  Organisation(Tenant tenant, Engine engine) {
    this.tenant = tenant;
    this.engine = engine;
    this.description = engine.description();
    this.members = new Members(tenant, description);
    this.balances = new Balances(tenant);
    this.screening = new Screening(tenant);
    this.deliveries = new Deliveries(tenant, engine.dispatcher());
    this.origin = new AtomicReference<>(tenant.moment());
    tenant.faults().checkedBy(new KnownNames(description));
  }

  /**
   * Everything about it as one JSON text in UTF-8: what it remembers, spent challenges, approvals
   * and webhook events that wait, what is due, clock, prices, switches and the identifiers to come.
   * Secret: whoever has it can sign for the organisation. What was answered and why is not in it,
   * nor are faults.
   */
  public byte[] snapshot() {
    return tenant.snapshot().bytes();
  }

  /**
   * Makes everything as it was when a snapshot of it was taken, as often as wanted; {@link
   * Simulator#restore} takes those of other organisations. The clock is as far ahead of the real
   * time as it was then, or stands where it stood. Tokens and identifiers made since are void; the
   * same identifiers are made again.
   *
   * @throws IllegalArgumentException if it is no snapshot, or one of another organisation
   */
  public void restore(byte[] snapshot) {
    restore(Snapshot.parse(snapshot));
  }

  void restore(Snapshot snapshot) {
    if (!tenant.isOf(snapshot)) {
      throw new IllegalArgumentException(
          "The snapshot is of the organisation " + snapshot.name() + ", not of " + tenant.name());
    }
    engine.require(snapshot.moment());
    tenant.restore(snapshot.moment());
    tenant.look();
  }

  /** Has {@link #reset} go back to how it is now. Takes no time, however large it is. */
  public void mark() {
    origin.set(tenant.moment());
  }

  /**
   * Makes everything as it was at the last {@link #mark}, or else when the organisation was made or
   * its scenario was loaded; otherwise like {@link #restore}. There are no faults then. Takes no
   * time, however large it is.
   */
  public void reset() {
    tenant.restore(origin.get());
    tenant.faults().clear();
    tenant.look();
  }

  /** Sets what is not documented about Dfns. */
  public void setSwitches(Switches switches) {
    tenant.setSwitches(switches);
  }

  /** What tells it apart from the others of its simulator. */
  public String name() {
    return tenant.name();
  }

  Tenant tenant() {
    return tenant;
  }

  /** Its identifier, {@code or-…}. */
  public String id() {
    return tenant.id();
  }

  /** Its time. */
  public SimClock clock() {
    return tenant.clock();
  }

  /** What assets cost in it. */
  public Prices prices() {
    return tenant.prices();
  }

  /** What goes wrong in it on purpose. */
  public Faults faults() {
    return tenant.faults();
  }

  /** What its wallets have. */
  public Balances balances() {
    return balances;
  }

  /** What screening services tell it. */
  public Screening screening() {
    return screening;
  }

  /** What its webhooks were sent. */
  public Deliveries deliveries() {
    return deliveries;
  }

  /** What is not documented about Dfns, as it is in this organisation. */
  public Switches switches() {
    return tenant.switches();
  }

  /**
   * Registers a human with a key credential, who may do everything ({@code
   * ManagedFullAdminAccess}).
   *
   * @param username unique in the organisation
   * @param publicKey the credential's public key as PEM: Ed25519, ECDSA, or RSA of at least 2048
   *     bits
   * @throws IllegalArgumentException if the key is none of these, or the name is in use
   */
  public Identity admin(String username, String publicKey) {
    return members.admin(username, publicKey);
  }

  /**
   * Registers a human with a key credential and a permission of their own.
   *
   * @param username unique in the organisation
   * @param publicKey the credential's public key as PEM
   * @param operations what the human may do, such as {@code Wallets:Read}; nothing if there are
   *     none
   * @throws IllegalArgumentException if no credential may have such a key, the name is in use, or
   *     there is no such operation
   */
  public Identity human(String username, String publicKey, String... operations) {
    return members.human(username, publicKey, operations);
  }

  /**
   * Registers a service account with a permission of its own.
   *
   * @param name unique in the organisation
   * @param publicKey the credential's public key as PEM
   * @param operations what it may do, such as {@code Wallets:Create}; nothing if there are none
   * @throws IllegalArgumentException if no credential may have such a key, the name is in use, or
   *     there is no such operation
   */
  public Identity serviceAccount(String name, String publicKey, String... operations) {
    return members.serviceAccount(name, publicKey, operations);
  }

  /**
   * Registers an end user with a key credential and what end users may do from the start ({@code
   * ManagedDefaultEndUserAccess}).
   *
   * @param username unique in the organisation
   * @param publicKey the credential's public key as PEM
   * @throws IllegalArgumentException if no credential may have such a key, or the name is in use
   */
  public Identity endUser(String username, String publicKey) {
    return members.endUser(username, publicKey);
  }

  /**
   * The codes that a user was mailed and that nobody has used yet, oldest first; secret. The
   * simulator sends no mail.
   */
  public List<String> mailedCodes(String username) {
    return tenant.alone(() -> Codes.mailed(tenant, username));
  }

  /**
   * Deactivates a human or service account: its token is refused from now on.
   *
   * @throws IllegalStateException if there is no such user
   */
  public void deactivate(String userId) {
    setActive(userId, false);
  }

  /**
   * Activates a human or service account.
   *
   * @throws IllegalStateException if there is no such user
   */
  public void activate(String userId) {
    setActive(userId, true);
  }

  /**
   * Has somebody offer a wallet some of its network's native asset; the wallet accepts or rejects
   * it through the API.
   *
   * @param from the address it comes from
   * @param amount in smallest units
   * @param validFor how long the offer stands, from now until {@link SimClock#LATEST} at most
   * @return the offer's identifier, {@code ofr-…}
   * @throws IllegalArgumentException if it is to stand for no time, or longer
   * @throws IllegalStateException if there is no such wallet
   */
  public String offer(String walletId, String from, BigInteger amount, Duration validFor) {
    if (validFor.isNegative()
        || validFor.isZero()
        || validFor.compareTo(Duration.between(clock().now(), SimClock.LATEST)) > 0) {
      throw new IllegalArgumentException(
          "An offer stands from now until some time, the year 9999 at most, not for " + validFor);
    }
    return tenant.alone(
        () ->
            Offers.receive(tenant, tenant.get(Tables.WALLETS, walletId), from, amount, validFor)
                .id());
  }

  /**
   * Has an offer be withdrawn by the one who made it.
   *
   * @throws IllegalStateException if there is no such offer, or it cannot be withdrawn any more
   */
  public void withdrawOffer(String offerId) {
    if (!tenant.alone(() -> Offers.withdraw(tenant, offerId))) {
      throw new IllegalStateException("The offer " + offerId + " cannot be withdrawn any more");
    }
  }

  /** Every transfer that was ever asked for, oldest first, as it stands now. */
  public List<Payment> payments() {
    return tenant.alone(() -> tenant.table(Tables.TRANSFERS).all().map(Payment::new).toList());
  }

  /**
   * Where an approval stands, such as {@code Approved}, and nothing if there is none of that
   * identifier.
   *
   * @param approvalId {@code ap-…}
   */
  public Optional<String> approval(String approvalId) {
    return tenant.alone(
        () -> tenant.find(Tables.APPROVALS, approvalId).map(approval -> approval.text("status")));
  }

  /**
   * What was answered and why, the latest thousand lines, oldest first, such as {@code 403 POST
   * /wallets: the user action covers POST /wallets, its payload differs at byte 17}. No line holds
   * a secret.
   */
  public List<String> decisions() {
    return tenant.decisions().lines();
  }

  /** Which operations its requests called, and how they were answered. A reset leaves it. */
  public Coverage coverage() {
    return new Coverage(description.operationNames(), tenant.traffic().answers());
  }

  /**
   * What each of its humans, service accounts and end users was granted, and what of it their
   * requests needed, those of their personal access tokens too. A reset leaves it; whoever is
   * renamed begins anew.
   */
  public List<Usage> usage() {
    return tenant.alone(
        () ->
            tenant
                .table(Tables.USERS)
                .all()
                .filter(user -> !user.hidden().path("deleted").asBoolean())
                .map(this::usage)
                .toList());
  }

  private Usage usage(Entity user) {
    return new Usage(
        user.id(),
        user.text("name"),
        user.is("isServiceAccount") ? Usage.SERVICE_ACCOUNT : user.text("kind"),
        Grants.granted(tenant, description, user.id()),
        tenant.traffic().used(user),
        tenant.traffic().lacked(user));
  }

  /** Forgets what its requests have touched. */
  public void forgetTraffic() {
    tenant.traffic().clear();
  }

  /** Its identifier. */
  @Override
  public String toString() {
    return tenant.id();
  }

  private void setActive(String userId, boolean active) {
    tenant.alone(
        () -> {
          Entity user = tenant.get(Tables.USERS, userId).with("isActive", active);
          tenant.put(Tables.USERS, user);
          return user;
        });
  }

  Identity identity(IssuedToken issued) {
    return members.identity(issued);
  }
}
