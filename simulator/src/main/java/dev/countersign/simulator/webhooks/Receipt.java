package dev.countersign.simulator.webhooks;

import java.util.Objects;

/**
 * How an attempt to deliver ended.
 *
 * @param status the HTTP status that was answered; 0 if there was no answer
 * @param error why there was none, without anything of the delivery; empty if there was one
 */
public record Receipt(int status, String error) {

  private static final int SUCCESS = 200;

  /** Checks the components. */
  public Receipt {
    Objects.requireNonNull(error, "error");
  }

  /** The receiver answered. */
  public static Receipt answered(int status) {
    return new Receipt(status, "");
  }

  /** Nobody answered. */
  public static Receipt unanswered(String error) {
    return new Receipt(0, error);
  }

  /** Whether it was delivered: 200 and nothing else says so. */
  public boolean delivered() {
    return status == SUCCESS;
  }
}
