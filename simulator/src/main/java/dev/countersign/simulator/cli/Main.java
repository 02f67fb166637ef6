package dev.countersign.simulator.cli;

import dev.countersign.error.ConfigurationException;
import dev.countersign.simulator.Scenario;
import dev.countersign.simulator.Simulator;
import dev.countersign.simulator.door.ControlToken;
import dev.countersign.simulator.door.HttpSimulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The simulator as a program: serves one on this machine until it is interrupted.
 *
 * <p>Its first line on standard output says that it accepts requests, and where; by then its files
 * are written. It prints no token and no key. It ends with status 2 for a command line it does not
 * understand, and 1 if it cannot listen or write.
 */
public final class Main {

  private static final String CONTROL_TOKEN = "control-token";
  private static final int CANNOT_START = 1;
  private static final int BAD_ARGUMENTS = 2;

  private Main() {}

  /** Starts it and returns; the server's threads keep the program running. */
  public static void main(String[] arguments) {
    if (arguments.length > 0 && Report.TASKS.contains(arguments[0])) {
      System.exit(Report.run(System.out, System.err, arguments));
    }
    Options options;
    try {
      options = Options.parse(arguments);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.err.print(Options.USAGE);
      System.exit(BAD_ARGUMENTS);
      return;
    }
    try {
      switch (options.task()) {
        case HELP -> System.out.print(Options.USAGE);
        case PRINT_SCENARIO -> System.out.print(Scenario.example());
        case PRINT_SCHEMA -> System.out.print(Scenario.schema());
        case SERVE -> serve(options);
      }
    } catch (ConfigurationException e) {
      System.err.println(e.getMessage());
      System.exit(CANNOT_START);
    } catch (IOException e) {
      System.err.println(
          "The simulator cannot write its files (" + e + "); name a directory with --env-dir");
      System.exit(CANNOT_START);
    }
  }

  private static void serve(Options options) throws IOException {
    Organisations organisations = Organisations.open(options);
    Simulator simulator = organisations.simulator();
    HttpSimulator server;
    try {
      server = door(simulator, options).start();
    } catch (ConfigurationException e) {
      organisations.giveUp();
      throw e;
    }
    atEnd(
        () -> {
          server.close();
          simulator.close();
        });
    Optional<Path> envDir = options.envDir();
    OwnerOnlyDirectory directory =
        envDir.isPresent() ? OwnerOnlyDirectory.at(envDir.get()) : OwnerOnlyDirectory.temporary();
    if (envDir.isEmpty()) {
      atEnd(() -> remove(directory));
    }
    organisations.write(new LoginFiles(directory, server.url()));
    if (server.controlToken().isPresent() && options.controlTokenFile().isEmpty()) {
      directory.write(directory.file(CONTROL_TOKEN), server.controlToken().get().reveal() + "\n");
    }
    System.out.println("Dfns simulator ready at " + server.url());
    if (envDir.isEmpty()) {
      System.out.println("Its credentials are in " + directory);
    }
  }

  private static HttpSimulator.Builder door(Simulator simulator, Options options) {
    HttpSimulator.Builder door = HttpSimulator.of(simulator).port(options.port());
    try {
      options.bind().ifPresent(door::bind);
      if (options.controlTokenFile().isPresent()) {
        door.controlToken(
            ControlToken.of(Files.readString(options.controlTokenFile().get()).strip()));
      }
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      throw new ConfigurationException("The file with the control token cannot be read", e);
    }
    return door;
  }

  private static void remove(OwnerOnlyDirectory directory) {
    try {
      directory.remove();
    } catch (IOException e) {
      System.err.println("The simulator cannot remove its files (" + e + ")");
    }
  }

  private static void atEnd(Runnable step) {
    Runtime.getRuntime().addShutdownHook(new Thread(step, "simulator-end"));
  }
}
