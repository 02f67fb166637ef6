package dev.countersign.simulator.control;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;

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

  private static final Switches DEFAULTS = new Builder().build();

  private final Builder values;

  private Switches(Builder values) {
    this.values = values;
  }

  /** The simulator's choices. */
  public static Switches defaults() {
    return DEFAULTS;
  }

  /** A copy of these to change. */
  public Builder toBuilder() {
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

  /** Collects switches. Not thread-safe. */
  public static final class Builder {
    private NewServiceAccount newServiceAccount = NewServiceAccount.HAS_NO_PERMISSIONS;
    private PayloadComparison payloadComparison = PayloadComparison.JSON;
    private List<Refusal> refusalOrder = List.of(Refusal.values());
    private int deactivatedAccountStatus = 401;
    private int refusedAssertionStatus = 401;
    private boolean refusedAssertionSpendsChallenge = true;
    private int refusedVoteStatus = 403;
    private boolean serviceAccountsCanApprove;
    private boolean serviceAccountsRotateKeys = true;
    private int blockedChangeStatus = 403;
    private int blockedActivityStatus = 200;
    private Duration humanTokenLifetime = Duration.ofDays(730);
    private Duration temporaryTokenLifetime = Duration.ofMinutes(15);
    private Duration endUserTokenLifetime = Duration.ofHours(1);
    private Duration mailedCodeLifetime = Duration.ofHours(4);
    private String relyingPartyId = "localhost";
    private String relyingPartyName = "Simulator";
    private boolean userVerificationRequired;
    private boolean secondFactorRequired;
    private Duration executing = Duration.ofMillis(200);
    private Duration broadcasted = Duration.ofMillis(500);
    private boolean webhooksLeaveTheMachine;
    private Balances balances = Balances.UNLIMITED;

    private Builder() {}

    private Builder copy() {
      Builder copy = new Builder();
      copy.newServiceAccount = newServiceAccount;
      copy.payloadComparison = payloadComparison;
      copy.refusalOrder = refusalOrder;
      copy.deactivatedAccountStatus = deactivatedAccountStatus;
      copy.refusedAssertionStatus = refusedAssertionStatus;
      copy.refusedAssertionSpendsChallenge = refusedAssertionSpendsChallenge;
      copy.refusedVoteStatus = refusedVoteStatus;
      copy.serviceAccountsCanApprove = serviceAccountsCanApprove;
      copy.serviceAccountsRotateKeys = serviceAccountsRotateKeys;
      copy.blockedChangeStatus = blockedChangeStatus;
      copy.blockedActivityStatus = blockedActivityStatus;
      copy.humanTokenLifetime = humanTokenLifetime;
      copy.temporaryTokenLifetime = temporaryTokenLifetime;
      copy.endUserTokenLifetime = endUserTokenLifetime;
      copy.mailedCodeLifetime = mailedCodeLifetime;
      copy.relyingPartyId = relyingPartyId;
      copy.relyingPartyName = relyingPartyName;
      copy.userVerificationRequired = userVerificationRequired;
      copy.secondFactorRequired = secondFactorRequired;
      copy.executing = executing;
      copy.broadcasted = broadcasted;
      copy.webhooksLeaveTheMachine = webhooksLeaveTheMachine;
      copy.balances = balances;
      return copy;
    }

    /** Sets what a new service account may do. */
    public Builder newServiceAccount(NewServiceAccount value) {
      newServiceAccount = value;
      return this;
    }

    /** Sets how payloads are compared. */
    public Builder payloadComparison(PayloadComparison value) {
      payloadComparison = value;
      return this;
    }

    /**
     * Sets the order of the checks that answer 403.
     *
     * @throws IllegalArgumentException unless each of them is there once
     */
    public Builder refusalOrder(List<Refusal> value) {
      if (value.size() != Refusal.values().length
          || !EnumSet.allOf(Refusal.class).equals(EnumSet.copyOf(value))) {
        throw new IllegalArgumentException(
            "The order of refusals has each of "
                + List.of(Refusal.values())
                + " once, not "
                + value);
      }
      refusalOrder = List.copyOf(value);
      return this;
    }

    /** Sets the status for a deactivated account. */
    public Builder deactivatedAccountStatus(int value) {
      deactivatedAccountStatus = status(value);
      return this;
    }

    /** Sets the status for an assertion that does not verify. */
    public Builder refusedAssertionStatus(int value) {
      refusedAssertionStatus = status(value);
      return this;
    }

    /** Sets whether an assertion that does not verify spends its challenge. */
    public Builder refusedAssertionSpendsChallenge(boolean value) {
      refusedAssertionSpendsChallenge = value;
      return this;
    }

    /** Sets the status for a service account's vote. */
    public Builder refusedVoteStatus(int value) {
      refusedVoteStatus = status(value);
      return this;
    }

    /** Sets whether service accounts may vote in groups that name them. */
    public Builder serviceAccountsCanApprove(boolean value) {
      serviceAccountsCanApprove = value;
      return this;
    }

    /** Sets whether service accounts may manage their own credentials. */
    public Builder serviceAccountsRotateKeys(boolean value) {
      serviceAccountsRotateKeys = value;
      return this;
    }

    /** Sets the status for a blocked change of a policy or permission. */
    public Builder blockedChangeStatus(int value) {
      blockedChangeStatus = status(value);
      return this;
    }

    /**
     * Sets the status for a blocked transfer, transaction or signature: 200 with the rejected
     * request, or a refusal.
     */
    public Builder blockedActivityStatus(int value) {
      blockedActivityStatus = value == 200 ? value : status(value);
      return this;
    }

    /** Sets how long a human's token is valid. */
    public Builder humanTokenLifetime(Duration value) {
      humanTokenLifetime = positive(value);
      return this;
    }

    /** Sets how long a temporary token is valid. */
    public Builder temporaryTokenLifetime(Duration value) {
      temporaryTokenLifetime = positive(value);
      return this;
    }

    /** Sets how long the token of an end user is valid. */
    public Builder endUserTokenLifetime(Duration value) {
      endUserTokenLifetime = positive(value);
      return this;
    }

    /** Sets how long a mailed code is valid. */
    public Builder mailedCodeLifetime(Duration value) {
      mailedCodeLifetime = positive(value);
      return this;
    }

    /**
     * Sets the domain that passkeys are for.
     *
     * @throws IllegalArgumentException unless it is one, in lower case and without scheme and port
     */
    public Builder relyingPartyId(String value) {
      if (!value.matches("[a-z0-9-]+([.][a-z0-9-]+)*")) {
        throw new IllegalArgumentException(
            "A relying party's identifier is a domain in lower case, such as example.com, not "
                + value);
      }
      relyingPartyId = value;
      return this;
    }

    /** Sets what people are told that passkeys are for. */
    public Builder relyingPartyName(String value) {
      relyingPartyName = Objects.requireNonNull(value, "relyingPartyName");
      return this;
    }

    /** Sets whether passkeys have to verify who is there. */
    public Builder userVerificationRequired(boolean value) {
      userVerificationRequired = value;
      return this;
    }

    /** Sets whether people have to sign with two credentials. */
    public Builder secondFactorRequired(boolean value) {
      secondFactorRequired = value;
      return this;
    }

    /** Sets how long a request stays {@code Executing}. */
    public Builder executing(Duration value) {
      executing = positive(value);
      return this;
    }

    /** Sets how long a request stays {@code Broadcasted}. */
    public Builder broadcasted(Duration value) {
      broadcasted = positive(value);
      return this;
    }

    /** Sets whether webhooks are delivered beyond this machine. */
    public Builder webhooksLeaveTheMachine(boolean value) {
      webhooksLeaveTheMachine = value;
      return this;
    }

    /** Sets whether wallets can pay more than they have. */
    public Builder balances(Balances value) {
      balances = Objects.requireNonNull(value, "balances");
      return this;
    }

    /** The switches. */
    public Switches build() {
      return new Switches(copy());
    }

    private static int status(int value) {
      if (value < 400 || value > 499) {
        throw new IllegalArgumentException("A refusal's status is 400 to 499, not " + value);
      }
      return value;
    }

    private static Duration positive(Duration value) {
      if (value.isNegative() || value.isZero()) {
        throw new IllegalArgumentException("A duration of the simulator is positive, not " + value);
      }
      return value;
    }
  }
}
