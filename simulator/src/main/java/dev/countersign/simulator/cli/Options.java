package dev.countersign.simulator.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the command line asks for. Not changed once parsed. */
final class Options {

  static final String USAGE =
      """
      Usage: bin/simulator [--port N] [--scenario FILE]... [--store DIR] [--seed N] [--env-dir DIR]
                           [--bind ADDRESS] [--control-token-file FILE]
             bin/simulator init [--schema]
             bin/simulator usage | coverage [--help]

      Runs a Dfns of one's own on this machine until it is interrupted.

        --port N         where it listens, 0 for any free port (default: 8977)
        --scenario FILE  makes the organisation that a file of YAML or JSON describes, in place
                         of one with an admin and a service account; may be there several times
        --store DIR      keeps organisations in a directory, from which the next one goes on
        --seed N         what identifiers and keys come from (default: 1)
        --env-dir DIR    where it writes NAME.env for each person and service account, each
                         beside its keys (default: the folder logins of the store, or else a
                         fresh directory, which it names on its second line and removes when
                         it ends)
        --bind ADDRESS   the address it listens on (default: 127.0.0.1). On any but loopback
                         the control API asks for a token, which is then in the file
                         control-token beside the logins
        --control-token-file FILE
                         has the control API ask for the token in a file
        --help           prints this

      init prints a scenario with comments, init --schema what a scenario may say.
      usage and coverage tell what requests have touched in a simulator that runs.
      """;

  /** What to do. */
  enum Task {
    SERVE,
    HELP,
    PRINT_SCENARIO,
    PRINT_SCHEMA
  }

  private static final int DEFAULT_PORT = 8977;
  private static final long DEFAULT_SEED = 1;

  private final Builder given;

  private Options(Builder given) {
    this.given = given;
  }

  /**
   * Reads a command line.
   *
   * @throws IllegalArgumentException with a sentence, for any that is not of the form in {@link
   *     #USAGE}
   */
  static Options parse(String... arguments) {
    Builder options = new Builder();
    Iterator<String> rest = Arrays.asList(arguments).iterator();
    if (arguments.length > 0 && arguments[0].equals("init")) {
      rest.next();
      options.task = init(rest);
    }
    while (options.task == Task.SERVE && rest.hasNext()) {
      options.read(rest.next(), rest);
    }
    return new Options(options);
  }

  private static Task init(Iterator<String> rest) {
    Task task = Task.PRINT_SCENARIO;
    while (rest.hasNext()) {
      String name = rest.next();
      task =
          switch (name) {
            case "--schema" -> Task.PRINT_SCHEMA;
            case "--help" -> Task.HELP;
            default -> throw new IllegalArgumentException("init has no option " + name + ".");
          };
    }
    return task;
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

  private static long seed(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("--seed is a whole number, not " + text + ".", e);
    }
  }

  private static Path path(String name, String noun, String text) {
    try {
      if (!text.isEmpty()) {
        return Path.of(text).toAbsolutePath().normalize();
      }
    } catch (InvalidPathException e) {
      // said below, for any text that is no path
    }
    throw new IllegalArgumentException(name + " is " + noun + ", not \"" + text + "\".");
  }

  /** What to do. */
  Task task() {
    return given.task;
  }

  /** The port to listen on, 0 for a free one. */
  int port() {
    return given.port;
  }

  /** The address to listen on, if one was named. */
  Optional<String> bind() {
    return Optional.ofNullable(given.bind);
  }

  /** The file with the token that the control API asks for, absolute, if one was named. */
  Optional<Path> controlTokenFile() {
    return Optional.ofNullable(given.controlTokenFile);
  }

  /** What identifiers and keys come from. */
  long seed() {
    return given.seed;
  }

  /** The directory to write into, absolute, if one was named or comes with the store. */
  Optional<Path> envDir() {
    return Optional.ofNullable(given.envDir).or(() -> store().map(it -> it.resolve("logins")));
  }

  /** The directory that organisations are kept in, absolute, if one was named. */
  Optional<Path> store() {
    return Optional.ofNullable(given.store);
  }

  /** The files that describe organisations, absolute, in their order. */
  List<Path> scenarios() {
    return List.copyOf(given.scenarios);
  }

  /** Collects what the command line says, option by option. */
  private static final class Builder {
    private Task task = Task.SERVE;
    private int port = DEFAULT_PORT;
    private long seed = DEFAULT_SEED;
    private @Nullable Path envDir;
    private @Nullable Path store;
    private @Nullable String bind;
    private @Nullable Path controlTokenFile;
    private final List<Path> scenarios = new ArrayList<>();

    private void read(String name, Iterator<String> rest) {
      switch (name) {
        case "--help" -> task = Task.HELP;
        case "--port" -> port = port(value(name, rest));
        case "--seed" -> seed = seed(value(name, rest));
        case "--env-dir" -> envDir = path(name, "a directory", value(name, rest));
        case "--store" -> store = path(name, "a directory", value(name, rest));
        case "--bind" -> bind = value(name, rest);
        case "--control-token-file" -> controlTokenFile = path(name, "a file", value(name, rest));
        case "--scenario" -> scenarios.add(path(name, "a file", value(name, rest)));
        default -> throw new IllegalArgumentException("There is no option " + name + ".");
      }
    }
  }
}
