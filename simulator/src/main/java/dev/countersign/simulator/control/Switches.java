package dev.countersign.simulator.control;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * What Dfns does not document, or documents in two ways, each with the simulator's choice.
 * Immutable. The reasons stand in {@code docs/divergences.md}.
 */
public final class Switches {

  /** What a new service account may do. */
  public enum NewServiceAccount {
    /** Nothing until a permission is assigned to it. */
    HAS_NO_PERMISSIONS,
    /** What its creator may do. */
    INHERITS_FROM_CREATOR
  }

  /** How a user action's payload is held against the request's body. */
  public enum PayloadComparison {
    /** As parsed JSON; {@code ""}, {@code {}} and no body are the same. */
    JSON,
    /** Byte for byte. */
    BYTES
  }

  /** The checks that answer 403 and whose order is not documented. */
  public enum Refusal {
    /** Whether this kind of identity may call the operation at all. */
    IDENTITY_KIND,
    /** Whether a valid user action came with the request; spends it. */
    USER_ACTION,
    /** Whether the permissions suffice. */
    PERMISSION
  }

  /** Whether wallets can pay more than they have. */
  public enum Balances {
    /** Every wallet has enough. */
    UNLIMITED,
    /** A payment beyond the balance fails. */
    COUNTED
  }

  /** What the simulator refuses, and can be told to let pass; each by itself. */
  public enum Rule {
    /** An identity of a kind that may not call the operation. */
    IDENTITY_KIND,
    /** No user action, or one that does not fit. */
    USER_ACTION,
    /** A permission that is missing. */
    PERMISSION,
    /** A query parameter that the operation does not have. */
    UNKNOWN_QUERY,
    /** An answer of the simulator that is not as the description has it. */
    ANSWER
  }

  private static final Switches DEFAULTS = new SwitchesBuilder().build();

  private final SwitchesBuilder values;

  Switches(SwitchesBuilder values) {
    this.values = values;
  }

  /** The simulator's choices. */
  public static Switches defaults() {
    return DEFAULTS;
  }

  /** A copy of these to change. */
  public SwitchesBuilder toBuilder() {
    return values.copy();
  }

  /** What a new service account may do; nothing unless set. */
  public NewServiceAccount newServiceAccount() {
    return values.newServiceAccount;
  }

  /** How payloads are compared; as JSON unless set. */
  public PayloadComparison payloadComparison() {
    return values.payloadComparison;
  }

  /** The order of the checks that answer 403; as declared unless set. */
  public List<Refusal> refusalOrder() {
    return values.refusalOrder;
  }

  /** The status for a deactivated account; 401 unless set. */
  public int deactivatedAccountStatus() {
    return values.deactivatedAccountStatus;
  }

  /** The status for an assertion that does not verify; 401 unless set. */
  public int refusedAssertionStatus() {
    return values.refusedAssertionStatus;
  }

  /** Whether an assertion that does not verify spends its challenge; true unless set. */
  public boolean refusedAssertionSpendsChallenge() {
    return values.refusedAssertionSpendsChallenge;
  }

  /** The status for a service account's vote; 403 unless set. */
  public int refusedVoteStatus() {
    return values.refusedVoteStatus;
  }

  /** Whether service accounts may vote in groups that name them; false unless set. */
  public boolean serviceAccountsCanApprove() {
    return values.serviceAccountsCanApprove;
  }

  /** Whether service accounts may manage their own credentials; true unless set. */
  public boolean serviceAccountsRotateKeys() {
    return values.serviceAccountsRotateKeys;
  }

  /** The status for a blocked change of a policy or permission; 403 unless set. */
  public int blockedChangeStatus() {
    return values.blockedChangeStatus;
  }

  /** The status for a blocked transfer, transaction or signature; 200 unless set. */
  public int blockedActivityStatus() {
    return values.blockedActivityStatus;
  }

  /** How long a human's token is valid; 730 days unless set. */
  public Duration humanTokenLifetime() {
    return values.humanTokenLifetime;
  }

  /** How long a temporary token is valid; 15 minutes unless set. */
  public Duration temporaryTokenLifetime() {
    return values.temporaryTokenLifetime;
  }

  /** How long the token of an end user is valid; 1 hour unless set. */
  public Duration endUserTokenLifetime() {
    return values.endUserTokenLifetime;
  }

  /** How long a mailed code is valid; 4 hours unless set. */
  public Duration mailedCodeLifetime() {
    return values.mailedCodeLifetime;
  }

  /** The domain that passkeys are for; {@code localhost} unless set. */
  public String relyingPartyId() {
    return values.relyingPartyId;
  }

  /** What people are told that passkeys are for; {@code Simulator} unless set. */
  public String relyingPartyName() {
    return values.relyingPartyName;
  }

  /** Whether passkeys have to verify who is there; false unless set. */
  public boolean userVerificationRequired() {
    return values.userVerificationRequired;
  }

  /** Whether people have to sign with two credentials; false unless set. */
  public boolean secondFactorRequired() {
    return values.secondFactorRequired;
  }

  /** How long a request stays {@code Executing}; 200 milliseconds unless set. */
  public Duration executing() {
    return values.executing;
  }

  /** How long a request stays {@code Broadcasted}; 500 milliseconds unless set. */
  public Duration broadcasted() {
    return values.broadcasted;
  }

  /** Whether webhooks are delivered beyond this machine; false unless set. */
  public boolean webhooksLeaveTheMachine() {
    return values.webhooksLeaveTheMachine;
  }

  /** Whether wallets can pay more than they have; they can unless set. */
  public Balances balances() {
    return values.balances;
  }

  /** What is let pass though it is wrong; the log of decisions tells. Nothing unless set. */
  public Set<Rule> lenient() {
    return values.lenient;
  }

  /** Whether the simulator holds its own answers against the description; true unless set. */
  public boolean answersValidated() {
    return values.answersValidated;
  }

  /** How many requests a minute an organisation may make; 0 for any number. 0 unless set. */
  public int requestsPerMinute() {
    return values.requestsPerMinute;
  }

  /** Whether the answer to too many requests says when to come back; false unless set. */
  public boolean rateLimitTellsWhen() {
    return values.rateLimitTellsWhen;
  }

  /** The status for what was deleted but is still known; 404 unless set. */
  public int deletedResourceStatus() {
    return values.deletedResourceStatus;
  }
}
