package dev.countersign.simulator.cli;

import dev.countersign.error.ConfigurationException;
import dev.countersign.simulator.LoadedScenario;
import dev.countersign.simulator.Organisation;
import dev.countersign.simulator.Scenario;
import dev.countersign.simulator.Simulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The organisations that a command line asks for: those of its scenarios, or one with an admin and
 * a service account. What a store has already is as it was.
 */
final class Organisations {

  private final Simulator simulator;
  private final List<Organisation> made = new ArrayList<>();
  private final List<Login> logins = new ArrayList<>();

  private Organisations(Simulator simulator) {
    this.simulator = simulator;
  }

  /**
   * Makes them.
   *
   * @throws ConfigurationException if a scenario or the store is not in order
   */
  static Organisations open(Options options) {
    List<Scenario> scenarios = options.scenarios().stream().map(Scenario::read).toList();
    requireDifferentNames(scenarios);
    Simulator.Builder builder = Simulator.builder().seed(options.seed()).empty();
    options.store().ifPresent(builder::store);
    try {
      return made(new Organisations(builder.build()), scenarios);
    } catch (UncheckedIOException e) {
      throw new ConfigurationException(String.valueOf(e.getMessage()), e);
    }
  }

  private static Organisations made(Organisations organisations, List<Scenario> scenarios) {
    try {
      scenarios.forEach(scenario -> organisations.make(scenario, scenarios.size() > 1));
    } catch (ConfigurationException e) {
      organisations.giveUp();
      throw e;
    }
    if (organisations.simulator.organisations().isEmpty()) {
      organisations.makeUsual();
    }
    return organisations;
  }

  private static void requireDifferentNames(List<Scenario> scenarios) {
    Map<String, Scenario> named = new HashMap<>();
    for (Scenario scenario : scenarios) {
      Scenario other = named.put(scenario.name(), scenario);
      if (other != null) {
        throw new ConfigurationException(
            "Two scenarios describe the organisation "
                + scenario.name()
                + ", "
                + other
                + " and "
                + scenario
                + "; rename one");
      }
    }
  }

  private void make(Scenario scenario, boolean amongOthers) {
    if (simulator.find(scenario.name()).isPresent()) {
      return;
    }
    LoadedScenario loaded = simulator.load(scenario);
    made.add(loaded.organisation());
    for (String name : loaded.names()) {
      String file = fileName(amongOthers ? scenario.name() + "." + name : name);
      if (logins.stream().anyMatch(login -> login.name().equalsIgnoreCase(file))) {
        throw new ConfigurationException(
            scenario + " has two whose files would be called " + file + "; rename one");
      }
      logins.add(Login.of(file, loaded.keys(name).orElse(null), loaded.identity(name)));
    }
  }

  private static String fileName(String name) {
    return name.replaceAll("[^A-Za-z0-9._-]", "-").replaceFirst("^[.]", "-");
  }

  private void makeUsual() {
    Organisation usual = simulator.addOrganisation(Simulator.DEFAULT);
    made.add(usual);
    logins.add(Cast.serviceAccount(usual));
    logins.add(Cast.admin(usual));
  }

  /** The simulator that has them. */
  Simulator simulator() {
    return simulator;
  }

  /**
   * Writes the logins of those that were made, and has the files of the others lead here.
   *
   * @throws ConfigurationException if files of these names are somebody else's
   */
  void write(LoginFiles files) throws IOException {
    try {
      files.writeAll(logins);
      files.renew();
    } catch (ConfigurationException | IOException e) {
      giveUp();
      throw e;
    }
  }

  /** Leaves no organisation in the store that nobody has the keys of. */
  void giveUp() {
    made.forEach(simulator::remove);
    simulator.close();
  }
}
