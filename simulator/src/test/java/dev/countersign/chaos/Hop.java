package dev.countersign.chaos;

import dev.countersign.transport.Request;

/** The exchanges of a signed call, by the operation that the simulator knows each as. */
enum Hop {
  ASK("createUserActionChallenge"),
  REDEEM("createUserActionSignature"),
  TRANSFER("transferAsset"),
  CREATE("createWallet");

  private final String operation;

  Hop(String operation) {
    this.operation = operation;
  }

  String operation() {
    return operation;
  }

  /** Whether it is the one that changes something. */
  boolean takesEffect() {
    return this == TRANSFER || this == CREATE;
  }

  static Hop of(Request request) {
    String path = request.uri().getPath();
    return path.endsWith("/auth/action/init")
        ? ASK
        : path.endsWith("/auth/action") ? REDEEM : path.endsWith("/transfers") ? TRANSFER : CREATE;
  }
}
