package dev.countersign.simulator.json;

import java.util.regex.Pattern;

/** Texts that somebody else wrote, without the secrets that may stand in them by mistake. */
public final class Masked {

  /** A token, a user action or a challenge identifier. */
  private static final Pattern JWT =
      Pattern.compile("eyJ[A-Za-z0-9_-]{8,}[.][A-Za-z0-9_-]+[.][A-Za-z0-9_-]*");

  private Masked() {}

  /** The text with {@code ***} for each token in it; also if it is JSON. */
  public static String of(String text) {
    return JWT.matcher(text).replaceAll("***");
  }
}
