package dev.countersign.simulator.cli;

import java.util.regex.Pattern;

/**
 * The text of an {@code .env} file, for a shell ({@code set -a; . ./admin.env}) and for tools that
 * read such files. Holds secrets; does not print. Not thread-safe.
 */
final class EnvText {

  /** The first line, by which the simulator knows its own files. */
  static final String FIRST_LINE = "# Written by the Dfns simulator, and void without it.";

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:@%+=,-]+");

  private final StringBuilder text = new StringBuilder(FIRST_LINE + "\n");

  /** Adds a variable; its value is quoted where a shell would take it for something else. */
  EnvText add(String name, String value) {
    text.append(name).append('=').append(quoted(value)).append('\n');
    return this;
  }

  private static String quoted(String value) {
    return PLAIN.matcher(value).matches() ? value : "'" + value.replace("'", "'\\''") + "'";
  }

  /** The whole text. */
  String text() {
    return text.toString();
  }
}
