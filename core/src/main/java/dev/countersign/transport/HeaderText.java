package dev.countersign.transport;

/** What may stand in a header (RFC 9110, section 5). */
public final class HeaderText {

  private static final String TOKEN_PUNCTUATION = "!#$%&'*+-.^_`|~";

  private HeaderText() {}

  /**
   * Checks that a text can be the value of a header: visible ASCII, and spaces or tabs inside.
   *
   * @param what what the text is, to start the message with; never the text itself
   * @return the same text
   * @throws IllegalArgumentException with the position, counted from 1, of the first character that
   *     may not stand there
   */
  public static String requireValue(String what, String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean inside = i > 0 && i < text.length() - 1;
      if (c <= 0x20 ? !(inside && (c == ' ' || c == '\t')) : c >= 0x7f) {
        throw new IllegalArgumentException(
            what
                + " has "
                + name(c)
                + " at position "
                + (i + 1)
                + " of "
                + text.length()
                + ", which no header may hold there");
      }
    }
    return text;
  }

  static void requireName(String name) {
    boolean valid = !name.isEmpty();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      valid &= c < 0x7f && (Character.isLetterOrDigit(c) || TOKEN_PUNCTUATION.indexOf(c) >= 0);
    }
    if (!valid) {
      throw new IllegalArgumentException(
          "A header's name is letters, digits and " + TOKEN_PUNCTUATION);
    }
  }

  private static String name(char c) {
    return switch (c) {
      case '\n' -> "a line feed";
      case '\r' -> "a carriage return";
      case '\t' -> "a tab";
      case ' ' -> "a space";
      default -> String.format("the character U+%04X", (int) c);
    };
  }
}
