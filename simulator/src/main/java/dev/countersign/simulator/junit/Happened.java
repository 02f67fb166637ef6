package dev.countersign.simulator.junit;

import dev.countersign.simulator.Organisation;
import dev.countersign.simulator.Payment;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What a test says of an organisation at its end, in the words of Dfns. What does not hold is an
 * {@link AssertionError} that lists what is there instead; no secret is in it.
 */
public final class Happened {

  private static final Set<String> UNDER_WAY = Set.of("Executing", "Broadcasted", "Confirmed");

  private final Organisation organisation;

  private Happened(Organisation organisation) {
    this.organisation = organisation;
  }

  /** What happened in an organisation, for tests without the extension. */
  public static Happened in(Organisation organisation) {
    return new Happened(Objects.requireNonNull(organisation, "organisation"));
  }

  /**
   * There is one transfer of this amount to this recipient that no policy holds: it is confirmed or
   * on its way. A second one is a failure too.
   *
   * @param amount in smallest units
   * @param to the recipient; the case of a {@code 0x} address does not matter
   */
  public Happened transferred(String amount, String to) {
    return one("was transferred", amount, to, payment -> UNDER_WAY.contains(payment.status()));
  }

  /** There is one transfer of this amount to this recipient, and it waits for an approval. */
  public Happened awaitsApproval(String amount, String to) {
    return one("awaits approval", amount, to, payment -> payment.status().equals("Pending"));
  }

  /**
   * There is one transfer of this amount to this recipient, and a policy or a person rejected it.
   */
  public Happened rejected(String amount, String to) {
    return one("was rejected", amount, to, payment -> payment.status().equals("Rejected"));
  }

  /** No transfer is confirmed or on its way. */
  public Happened transferredNothing() {
    List<Payment> moved =
        payments().stream().filter(payment -> UNDER_WAY.contains(payment.status())).toList();
    return require(moved.isEmpty(), "Nothing was to be transferred, and there " + those(moved));
  }

  /** The approval ended as approved. */
  public Happened approved(String approvalId) {
    return ended(approvalId, "Approved");
  }

  /** The approval ended as denied. */
  public Happened denied(String approvalId) {
    return ended(approvalId, "Denied");
  }

  /** The approval ended because nobody cared in time. */
  public Happened expired(String approvalId) {
    return ended(approvalId, "Expired");
  }

  /**
   * A request was refused, and this is part of its line among the {@linkplain
   * Organisation#decisions() decisions}, such as {@code differs at byte 17}.
   */
  public Happened refusedBecause(String reason) {
    List<String> refusals =
        organisation.decisions().stream()
            .filter(line -> line.matches("(?s)[45]\\d\\d .*"))
            .toList();
    return require(
        refusals.stream().anyMatch(line -> line.contains(reason)),
        "Nothing was refused because of \"" + reason + "\"; the refusals are " + refusals);
  }

  /** No request was refused. */
  public Happened refusedNothing() {
    List<String> refusals =
        organisation.decisions().stream()
            .filter(line -> line.matches("(?s)[45]\\d\\d .*"))
            .toList();
    return require(refusals.isEmpty(), "Nothing was to be refused, and this was: " + refusals);
  }

  private Happened one(String what, String amount, String to, Predicate<Payment> stands) {
    List<Payment> found =
        payments().stream()
            .filter(payment -> payment.amount().equals(amount) && isSame(payment.to(), to))
            .filter(stands)
            .toList();
    return require(
        found.size() == 1,
        "One transfer of "
            + amount
            + " to "
            + to
            + " that "
            + what
            + " was expected, and there "
            + (found.isEmpty()
                ? "is none; of all transfers there " + those(payments())
                : those(found)));
  }

  private Happened ended(String approvalId, String status) {
    String found = organisation.approval(approvalId).orElse("not there");
    return require(
        found.equals(status),
        "The approval " + approvalId + " was to be " + status + " and is " + found);
  }

  private List<Payment> payments() {
    return organisation.payments();
  }

  private static boolean isSame(String left, String right) {
    return left.startsWith("0x") ? left.equalsIgnoreCase(right) : left.equals(right);
  }

  private static String those(List<Payment> payments) {
    return payments.isEmpty()
        ? "are none"
        : payments.stream().map(Payment::toString).collect(Collectors.joining("; ", "are ", ""));
  }

  private Happened require(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
    return this;
  }
}
