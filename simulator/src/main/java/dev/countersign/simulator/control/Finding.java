package dev.countersign.simulator.control;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What a screening service finds out about a payment, for policies that ask one: Chainalysis,
 * Global Ledger, and the travel rule's Notabene. Immutable.
 */
public final class Finding {

  /** How bad an alert of Chainalysis is, worse ones later. */
  public enum Level {
    /** Low. */
    LOW,
    /** Medium. */
    MEDIUM,
    /** High. */
    HIGH,
    /** Severe. */
    SEVERE
  }

  /** Why there is nothing to find. */
  public enum Problem {
    /** The service answered. */
    NONE,
    /** Of this transaction it cannot be said. */
    UNSCREENABLE,
    /** The service does not know the network. */
    UNSUPPORTED_NETWORK,
    /** The service does not know the asset. */
    UNSUPPORTED_ASSET,
    /** The service did not answer. */
    FAILURE
  }

  /** What the other side says to a travel rule message. */
  public enum TravelRule {
    /** It takes the payment. */
    ACCEPTED,
    /** It does not. */
    DECLINED,
    /** It has the message, and says nothing. */
    DELIVERED,
    /** It cannot be reached. */
    UNANSWERED
  }

  /**
   * An alert of Chainalysis.
   *
   * @param level how bad it is
   * @param category what it is about, a number of Chainalysis
   */
  public record Alert(Level level, int category) {

    /** Checks the components. */
    public Alert {
      Objects.requireNonNull(level, "level");
    }
  }

  private static final Finding CLEAN =
      new Finding(List.of(), List.of(), List.of(), 0, Problem.NONE, TravelRule.ACCEPTED);

  private final List<Alert> alerts;
  private final List<Integer> exposures;
  private final List<Integer> addresses;
  private final int risk;
  private final Problem problem;
  private final TravelRule travelRule;

  private Finding(
      List<Alert> alerts,
      List<Integer> exposures,
      List<Integer> addresses,
      int risk,
      Problem problem,
      TravelRule travelRule) {
    this.alerts = alerts;
    this.exposures = exposures;
    this.addresses = addresses;
    this.risk = risk;
    this.problem = problem;
    this.travelRule = travelRule;
  }

  /** Nothing against it, and the other side takes it. */
  public static Finding clean() {
    return CLEAN;
  }

  /** The service has no answer. */
  public static Finding problem(Problem problem) {
    return new Finding(
        List.of(), List.of(), List.of(), 0, Objects.requireNonNull(problem), TravelRule.ACCEPTED);
  }

  /** This with an alert, of Chainalysis or of Global Ledger. */
  public Finding alert(Level level, int category) {
    return new Finding(
        with(alerts, new Alert(level, category)), exposures, addresses, risk, problem, travelRule);
  }

  /** This with a direct exposure of the payment to a category. */
  public Finding exposure(int category) {
    return new Finding(alerts, with(exposures, category), addresses, risk, problem, travelRule);
  }

  /** This with a category that the recipient's address is of. */
  public Finding address(int category) {
    return new Finding(alerts, exposures, with(addresses, category), risk, problem, travelRule);
  }

  /**
   * This with a risk score of Global Ledger.
   *
   * @throws IllegalArgumentException unless it is 0 to 100
   */
  public Finding risk(int score) {
    if (score < 0 || score > 100) {
      throw new IllegalArgumentException("A risk score is 0 to 100, not " + score);
    }
    return new Finding(alerts, exposures, addresses, score, problem, travelRule);
  }

  /** This with what the other side says. */
  public Finding travelRule(TravelRule answer) {
    return new Finding(
        alerts, exposures, addresses, risk, problem, Objects.requireNonNull(answer, "answer"));
  }

  /** The alerts. */
  public List<Alert> alerts() {
    return alerts;
  }

  /** The categories of direct exposures. */
  public List<Integer> exposures() {
    return exposures;
  }

  /** The categories of the recipient's address. */
  public List<Integer> addresses() {
    return addresses;
  }

  /** The risk score, 0 to 100; 0 unless set. */
  public int risk() {
    return risk;
  }

  /** Why there is nothing to find. */
  public Problem problem() {
    return problem;
  }

  /** What the other side says. */
  public TravelRule travelRule() {
    return travelRule;
  }

  /** All of it. */
  @Override
  public String toString() {
    return "alerts "
        + alerts
        + ", exposures "
        + exposures
        + ", addresses "
        + addresses
        + ", risk "
        + risk
        + ", problem "
        + problem
        + ", travel rule "
        + travelRule;
  }

  private static <T> List<T> with(List<T> list, T more) {
    List<T> longer = new ArrayList<>(list);
    longer.add(more);
    return List.copyOf(longer);
  }
}
