package dev.countersign.simulator.cli;

import dev.countersign.simulator.Identity;
import dev.countersign.simulator.Simulator;
import dev.countersign.simulator.door.HttpSimulator;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;

/**
 * A short run of the simulator that ends by itself, for the JVM to learn which classes it needs:
 * what {@code -XX:ArchiveClassesAtExit} keeps of it makes later starts quick.
 */
public final class Rehearsal {

  private Rehearsal() {}

  /** Starts as {@link Main} does, on a free port, has a request with a token answered, and ends. */
  public static void main(String[] arguments) throws IOException, NoSuchAlgorithmException {
    Organisations organisations = Organisations.open(Options.parse(arguments));
    Simulator simulator = organisations.simulator();
    KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    Identity reader =
        simulator.organisation().human("reader", PemText.of(keys.getPublic()), "Wallets:Read");
    OwnerOnlyDirectory directory = OwnerOnlyDirectory.temporary();
    try (HttpSimulator server = HttpSimulator.start(simulator)) {
      organisations.write(new LoginFiles(directory, server.url()));
      HttpURLConnection connection =
          (HttpURLConnection) server.url().resolve("/wallets").toURL().openConnection();
      connection.setRequestProperty("Authorization", "Bearer " + reader.token());
      try (InputStream body = connection.getInputStream()) {
        body.readAllBytes();
      }
    } finally {
      directory.remove();
    }
  }
}
