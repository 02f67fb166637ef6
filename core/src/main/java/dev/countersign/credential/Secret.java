package dev.countersign.credential;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Objects;

/**
 * A text that must not be seen: it never prints, and opening it takes a call that can be searched
 * for.
 *
 * <p>Comparing takes the same time whatever differs. Not serialisable.
 */
public final class Secret {

  private final String value;

  private Secret(String value) {
    this.value = Objects.requireNonNull(value, "value");
  }

  /** Keeps a text secret. */
  public static Secret of(String value) {
    return new Secret(value);
  }

  /** The text in clear. Give it to what needs it and to nothing else. */
  public String reveal() {
    return value;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret that
        && MessageDigest.isEqual(
            value.getBytes(StandardCharsets.UTF_8), that.value.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return "Secret(***)";
  }
}
