package dev.countersign.simulator.door;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;

/** The secret of those who may use the control API. Does not print. Immutable. */
public final class ControlToken {

  private static final int BYTES = 32;
  private static final int SHORTEST = 16;

  private final String text;

  private ControlToken(String text) {
    this.text = text;
  }

  /** A fresh one. */
  public static ControlToken random() {
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return new ControlToken(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /**
   * One that both sides know.
   *
   * @throws IllegalArgumentException unless it has 16 characters or more, all of which a header may
   *     hold, and no space
   */
  public static ControlToken of(String text) {
    if (text.length() < SHORTEST || !text.chars().allMatch(c -> c > ' ' && c <= '~')) {
      throw new IllegalArgumentException(
          "A control token has " + SHORTEST + " or more visible ASCII characters and no space");
    }
    return new ControlToken(text);
  }

  /** The text, to be sent as {@code Authorization: Bearer}; secret. */
  public String reveal() {
    return text;
  }

  /** Whether a text is this token; takes as long whatever the text is. */
  boolean is(String other) {
    return MessageDigest.isEqual(
        text.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }

  /** Nothing of the token. */
  @Override
  public String toString() {
    return "ControlToken";
  }
}
