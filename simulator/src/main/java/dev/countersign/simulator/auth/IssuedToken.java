package dev.countersign.simulator.auth;

import dev.countersign.simulator.state.Entity;

/** A new token: its record, and its text, which is not kept. Does not print the text. */
public final class IssuedToken {

  private final Entity token;
  private final String text;

  IssuedToken(Entity token, String text) {
    this.token = token;
    this.text = text;
  }

  /** The record. */
  public Entity token() {
    return token;
  }

  /** The token itself; secret. */
  public String text() {
    return text;
  }
}
