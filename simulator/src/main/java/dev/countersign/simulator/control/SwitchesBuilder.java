package dev.countersign.simulator.control;

import dev.countersign.simulator.control.Switches.Balances;
import dev.countersign.simulator.control.Switches.NewServiceAccount;
import dev.countersign.simulator.control.Switches.PayloadComparison;
import dev.countersign.simulator.control.Switches.Refusal;
import dev.countersign.simulator.control.Switches.Rule;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Collects {@link Switches}, from the simulator's choices on. Not thread-safe. */
public final class SwitchesBuilder {

  /** Longer than anything lasts, and short enough to be added to any time. */
  private static final Duration LONGEST = Duration.ofDays(36500);

  NewServiceAccount newServiceAccount = NewServiceAccount.HAS_NO_PERMISSIONS;
  PayloadComparison payloadComparison = PayloadComparison.JSON;
  List<Refusal> refusalOrder = List.of(Refusal.values());
  int deactivatedAccountStatus = 401;
  int refusedAssertionStatus = 401;
  boolean refusedAssertionSpendsChallenge = true;
  int refusedVoteStatus = 403;
  boolean serviceAccountsCanApprove;
  boolean serviceAccountsRotateKeys = true;
  int blockedChangeStatus = 403;
  int blockedActivityStatus = 200;
  Duration humanTokenLifetime = Duration.ofDays(730);
  Duration temporaryTokenLifetime = Duration.ofMinutes(15);
  Duration endUserTokenLifetime = Duration.ofHours(1);
  Duration mailedCodeLifetime = Duration.ofHours(4);
  String relyingPartyId = "localhost";
  String relyingPartyName = "Simulator";
  boolean userVerificationRequired;
  boolean secondFactorRequired;
  Duration executing = Duration.ofMillis(200);
  Duration broadcasted = Duration.ofMillis(500);
  boolean webhooksLeaveTheMachine;
  Balances balances = Balances.UNLIMITED;
  Set<Rule> lenient = Set.of();
  boolean answersValidated = true;
  int requestsPerMinute;
  boolean rateLimitTellsWhen;
  int deletedResourceStatus = 404;

  SwitchesBuilder() {}

  SwitchesBuilder copy() {
    SwitchesBuilder copy = new SwitchesBuilder();
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
    copy.lenient = lenient;
    copy.answersValidated = answersValidated;
    copy.requestsPerMinute = requestsPerMinute;
    copy.rateLimitTellsWhen = rateLimitTellsWhen;
    copy.deletedResourceStatus = deletedResourceStatus;
    return copy;
  }

  /** Sets what a new service account may do. */
  public SwitchesBuilder newServiceAccount(NewServiceAccount value) {
    newServiceAccount = value;
    return this;
  }

  /** Sets how payloads are compared. */
  public SwitchesBuilder payloadComparison(PayloadComparison value) {
    payloadComparison = value;
    return this;
  }

  /**
   * Sets the order of the checks that answer 403.
   *
   * @throws IllegalArgumentException unless each of them is there once
   */
  public SwitchesBuilder refusalOrder(List<Refusal> value) {
    if (value.size() != Refusal.values().length
        || !EnumSet.allOf(Refusal.class).equals(EnumSet.copyOf(value))) {
      throw new IllegalArgumentException(
          "The order of refusals has each of " + List.of(Refusal.values()) + " once, not " + value);
    }
    refusalOrder = List.copyOf(value);
    return this;
  }

  /** Sets the status for a deactivated account. */
  public SwitchesBuilder deactivatedAccountStatus(int value) {
    deactivatedAccountStatus = status(value);
    return this;
  }

  /** Sets the status for an assertion that does not verify. */
  public SwitchesBuilder refusedAssertionStatus(int value) {
    refusedAssertionStatus = status(value);
    return this;
  }

  /** Sets whether an assertion that does not verify spends its challenge. */
  public SwitchesBuilder refusedAssertionSpendsChallenge(boolean value) {
    refusedAssertionSpendsChallenge = value;
    return this;
  }

  /** Sets the status for a service account's vote. */
  public SwitchesBuilder refusedVoteStatus(int value) {
    refusedVoteStatus = status(value);
    return this;
  }

  /** Sets whether service accounts may vote in groups that name them. */
  public SwitchesBuilder serviceAccountsCanApprove(boolean value) {
    serviceAccountsCanApprove = value;
    return this;
  }

  /** Sets whether service accounts may manage their own credentials. */
  public SwitchesBuilder serviceAccountsRotateKeys(boolean value) {
    serviceAccountsRotateKeys = value;
    return this;
  }

  /** Sets the status for a blocked change of a policy or permission. */
  public SwitchesBuilder blockedChangeStatus(int value) {
    blockedChangeStatus = status(value);
    return this;
  }

  /**
   * Sets the status for a blocked transfer, transaction or signature: 200 with the rejected
   * request, or a refusal.
   */
  public SwitchesBuilder blockedActivityStatus(int value) {
    blockedActivityStatus = value == 200 ? value : status(value);
    return this;
  }

  /** Sets how long a human's token is valid. */
  public SwitchesBuilder humanTokenLifetime(Duration value) {
    humanTokenLifetime = positive(value);
    return this;
  }

  /** Sets how long a temporary token is valid. */
  public SwitchesBuilder temporaryTokenLifetime(Duration value) {
    temporaryTokenLifetime = positive(value);
    return this;
  }

  /** Sets how long the token of an end user is valid. */
  public SwitchesBuilder endUserTokenLifetime(Duration value) {
    endUserTokenLifetime = positive(value);
    return this;
  }

  /** Sets how long a mailed code is valid. */
  public SwitchesBuilder mailedCodeLifetime(Duration value) {
    mailedCodeLifetime = positive(value);
    return this;
  }

  /**
   * Sets the domain that passkeys are for.
   *
   * @throws IllegalArgumentException unless it is one, in lower case and without scheme and port
   */
  public SwitchesBuilder relyingPartyId(String value) {
    if (!value.matches("[a-z0-9-]+([.][a-z0-9-]+)*")) {
      throw new IllegalArgumentException(
          "A relying party's identifier is a domain in lower case, such as example.com, not "
              + value);
    }
    relyingPartyId = value;
    return this;
  }

  /** Sets what people are told that passkeys are for. */
  public SwitchesBuilder relyingPartyName(String value) {
    relyingPartyName = Objects.requireNonNull(value, "relyingPartyName");
    return this;
  }

  /** Sets whether passkeys have to verify who is there. */
  public SwitchesBuilder userVerificationRequired(boolean value) {
    userVerificationRequired = value;
    return this;
  }

  /** Sets whether people have to sign with two credentials. */
  public SwitchesBuilder secondFactorRequired(boolean value) {
    secondFactorRequired = value;
    return this;
  }

  /** Sets how long a request stays {@code Executing}. */
  public SwitchesBuilder executing(Duration value) {
    executing = positive(value);
    return this;
  }

  /** Sets how long a request stays {@code Broadcasted}. */
  public SwitchesBuilder broadcasted(Duration value) {
    broadcasted = positive(value);
    return this;
  }

  /** Sets whether webhooks are delivered beyond this machine. */
  public SwitchesBuilder webhooksLeaveTheMachine(boolean value) {
    webhooksLeaveTheMachine = value;
    return this;
  }

  /** Sets whether wallets can pay more than they have. */
  public SwitchesBuilder balances(Balances value) {
    balances = Objects.requireNonNull(value, "balances");
    return this;
  }

  /** Sets what is let pass though it is wrong. */
  public SwitchesBuilder lenient(Set<Rule> value) {
    lenient = Set.copyOf(value);
    return this;
  }

  /** Sets whether the simulator holds its own answers against the description. */
  public SwitchesBuilder answersValidated(boolean value) {
    answersValidated = value;
    return this;
  }

  /**
   * Sets how many requests a minute an organisation may make: 1000 as documented, 100 on trial; 0
   * for any number.
   */
  public SwitchesBuilder requestsPerMinute(int value) {
    if (value < 0) {
      throw new IllegalArgumentException("A number of requests is not negative: " + value);
    }
    requestsPerMinute = value;
    return this;
  }

  /** Sets whether the answer to too many requests says when to come back. */
  public SwitchesBuilder rateLimitTellsWhen(boolean value) {
    rateLimitTellsWhen = value;
    return this;
  }

  /** Sets the status for what was deleted but is still known: 404, or 410. */
  public SwitchesBuilder deletedResourceStatus(int value) {
    deletedResourceStatus = status(value);
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
    if (value.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "A duration of the simulator is at most " + LONGEST + ", not " + value);
    }
    return value;
  }
}
