package dev.countersign.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import dev.countersign.simulator.state.Entity;
import java.util.Optional;

/** A transfer as an organisation has it at one time. Immutable. */
public final class Payment {

  private final Entity transfer;

  Payment(Entity transfer) {
    this.transfer = transfer;
  }

  /** Its identifier, {@code xfr-…}. */
  public String id() {
    return transfer.id();
  }

  /** The wallet it leaves, {@code wa-…}. */
  public String walletId() {
    return transfer.text("walletId");
  }

  /** The network, such as {@code EthereumSepolia}. */
  public String network() {
    return transfer.text("network");
  }

  /** Its kind, such as {@code Native} or {@code Erc20}. */
  public String kind() {
    return body("kind");
  }

  /** Whom it is for, as the request spelled the address. */
  public String to() {
    return body("to");
  }

  /** How much in smallest units; empty for what is not counted, such as an {@code Erc721}. */
  public String amount() {
    return body("amount");
  }

  /** Its {@code externalId}, if it has one. */
  public Optional<String> externalId() {
    return text("externalId");
  }

  /** The approval it waits for or waited for, {@code ap-…}, if there is one. */
  public Optional<String> approvalId() {
    return text("approvalId");
  }

  /** The user who asked for it, {@code us-…}. */
  public String requesterId() {
    return transfer.get("requester").path("userId").asText();
  }

  /** Where it stands, such as {@code Confirmed}. */
  public String status() {
    return transfer.text("status");
  }

  /** One line with all of it. */
  @Override
  public String toString() {
    return id()
        + " "
        + status()
        + ": "
        + amount()
        + " "
        + kind()
        + " from "
        + walletId()
        + " on "
        + network()
        + " to "
        + to()
        + externalId().map(it -> ", externalId " + it).orElse("");
  }

  private String body(String field) {
    return transfer.get("requestBody").path(field).asText();
  }

  private Optional<String> text(String field) {
    JsonNode value = transfer.get(field);
    return value.isTextual() ? Optional.of(value.asText()) : Optional.empty();
  }
}
