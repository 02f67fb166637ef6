package dev.countersign.simulator.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the command line asks for. Immutable. */
final class Options {

  static final String USAGE =
      """
      Usage: bin/simulator [--port N] [--env-dir DIR]

      Runs a Dfns of one's own on this machine until it is interrupted.

        --port N       where it listens, 0 for any free port (default: 8977)
        --env-dir DIR  where it writes service-account.env and admin.env, each beside its
                       keys (default: a fresh directory, which it names on its second line
                       and removes when it ends)
        --help         prints this
      """;

  private static final int DEFAULT_PORT = 8977;

  private final int port;
  private final @Nullable Path envDir;
  private final boolean help;

  private Options(int port, @Nullable Path envDir, boolean help) {
    this.port = port;
    this.envDir = envDir;
    this.help = help;
  }

  /**
   * Reads a command line.
   *
   * @throws IllegalArgumentException with a sentence, for any that is not of the form in {@link
   *     #USAGE}
   */
  static Options parse(String... arguments) {
    int port = DEFAULT_PORT;
    Path envDir = null;
    Iterator<String> rest = Arrays.asList(arguments).iterator();
    while (rest.hasNext()) {
      String name = rest.next();
      switch (name) {
        case "--help" -> {
          return new Options(port, envDir, true);
        }
        case "--port" -> port = port(value(name, rest));
        case "--env-dir" -> envDir = directory(value(name, rest));
        default -> throw new IllegalArgumentException("There is no option " + name + ".");
      }
    }
    return new Options(port, envDir, false);
  }

  private static String value(String name, Iterator<String> rest) {
    if (!rest.hasNext()) {
      throw new IllegalArgumentException(name + " needs a value.");
    }
    return rest.next();
  }

  private static int port(String text) {
    try {
      int port = Integer.parseInt(text);
      if (port >= 0 && port <= 65535) {
        return port;
      }
    } catch (NumberFormatException e) {
      // said below, for any text that is no port
    }
    throw new IllegalArgumentException("--port is a number from 0 to 65535, not " + text + ".");
  }

  private static Path directory(String text) {
    try {
      if (!text.isEmpty()) {
        return Path.of(text).toAbsolutePath().normalize();
      }
    } catch (InvalidPathException e) {
      // said below, for any text that is no path
    }
    throw new IllegalArgumentException("--env-dir is a directory, not \"" + text + "\".");
  }

  /** Whether only the usage is asked for. */
  boolean help() {
    return help;
  }

  /** The port to listen on, 0 for a free one. */
  int port() {
    return port;
  }

  /** The directory to write into, absolute, if one was named. */
  Optional<Path> envDir() {
    return Optional.ofNullable(envDir);
  }
}
