package dev.countersign.simulator.cli;

import dev.countersign.error.ConfigurationException;
import dev.countersign.error.DfnsException;
import dev.countersign.simulator.client.OrganisationClient;
import dev.countersign.simulator.client.SimulatorClient;
import dev.countersign.simulator.usage.Usage;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What tests touched in a simulator that runs: {@code usage} and {@code coverage}. Its status is 0,
 * 1 if the simulator does not answer, 2 for a command line it does not understand, and 3 if a
 * service account has permissions that no request needed and that was to fail.
 */
final class Report {

  /** The tasks that this is for. */
  static final Set<String> TASKS = Set.of("usage", "coverage");

  static final String USAGE =
      """
      Usage: bin/simulator usage    [--url URL] [--organisation NAME] [--control-token-file FILE]
                                    [--fail-on-unused]
             bin/simulator coverage [--url URL] [--organisation NAME] [--control-token-file FILE]

      Asks a simulator that runs (default: http://127.0.0.1:8977) what requests have touched, in
      one organisation or in all.

      usage shows for each service account what it needed of what it was granted, and the least
      role as a body for createPermission. With --fail-on-unused its status is 3 if something was
      granted that no request needed.
      coverage shows which operations were called, and how they were answered.
      """;

  private static final int FAILED = 1;
  private static final int BAD_ARGUMENTS = 2;
  private static final int UNUSED = 3;

  private final PrintStream out;
  private final Map<String, String> options = new HashMap<>();

  private Report(PrintStream out) {
    this.out = out;
  }

  /** Does it; the status to end with. */
  static int run(PrintStream out, PrintStream err, String... arguments) {
    Report report = new Report(out);
    try {
      if (Arrays.asList(arguments).contains("--help")) {
        out.print(USAGE);
        return 0;
      }
      report.read(arguments);
      return arguments[0].equals("usage") ? report.usage() : report.coverage();
    } catch (IllegalArgumentException e) {
      err.println(e.getMessage());
      err.print(USAGE);
      return BAD_ARGUMENTS;
    } catch (DfnsException e) {
      err.println(e.getMessage());
      return FAILED;
    }
  }

  private void read(String... arguments) {
    Iterator<String> rest = Arrays.asList(arguments).iterator();
    String task = rest.next();
    while (rest.hasNext()) {
      String name = rest.next();
      switch (name) {
        case "--url", "--organisation", "--control-token-file" ->
            options.put(name, value(name, rest));
        case "--fail-on-unused" -> options.put(name, "");
        default -> throw new IllegalArgumentException(task + " has no option " + name + ".");
      }
    }
    if (options.containsKey("--fail-on-unused") && !task.equals("usage")) {
      throw new IllegalArgumentException(task + " has no option --fail-on-unused.");
    }
  }

  private static String value(String name, Iterator<String> rest) {
    if (!rest.hasNext()) {
      throw new IllegalArgumentException(name + " needs a value.");
    }
    return rest.next();
  }

  private SimulatorClient client() {
    URI address = URI.create(options.getOrDefault("--url", "http://127.0.0.1:8977"));
    String file = options.get("--control-token-file");
    if (file == null) {
      return SimulatorClient.at(address);
    }
    try {
      return SimulatorClient.at(address, Files.readString(Path.of(file)).strip());
    } catch (IOException e) {
      throw new ConfigurationException("The token file " + file + " cannot be read", e);
    }
  }

  private List<OrganisationClient> organisations() {
    SimulatorClient client = client();
    String name = options.get("--organisation");
    if (name == null) {
      return client.organisations();
    }
    return List.of(
        client
            .find(name)
            .orElseThrow(
                () ->
                    new ConfigurationException(
                        "The simulator has no organisation called " + name)));
  }

  private int usage() {
    List<String> wasteful = new ArrayList<>();
    for (OrganisationClient each : organisations()) {
      for (Usage usage : each.usage()) {
        if (usage.kind().equals(Usage.SERVICE_ACCOUNT)) {
          print(each, usage);
          if (!usage.unused().isEmpty()) {
            wasteful.add(usage.name());
          }
        }
      }
    }
    if (options.containsKey("--fail-on-unused") && !wasteful.isEmpty()) {
      out.println("Granted more than was needed: " + String.join(", ", wasteful));
      return UNUSED;
    }
    return 0;
  }

  private void print(OrganisationClient where, Usage usage) {
    out.println(where.name() + " / " + usage.name() + " (" + usage.identity() + ")");
    usage.used().forEach(it -> out.println("  needed   " + it));
    usage.unused().forEach(it -> out.println("  unused   " + it));
    usage.lacked().forEach(it -> out.println("  lacked   " + it));
    out.println("  least role: " + usage.leastPrivilege());
  }

  private int coverage() {
    if (!options.containsKey("--organisation")) {
      out.print(client().coverage().toTable());
    } else {
      organisations().forEach(each -> out.print(each.coverage().toTable()));
    }
    return 0;
  }
}
