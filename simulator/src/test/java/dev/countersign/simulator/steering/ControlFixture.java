package dev.countersign.simulator.steering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.Dfns;
import dev.countersign.api.Network;
import dev.countersign.api.wallets.CreateWalletBody;
import dev.countersign.credential.CredentialSource;
import dev.countersign.credential.Issued;
import dev.countersign.http.DfnsBuilder;
import dev.countersign.pem.MemoryKey;
import dev.countersign.pem.PemSigner;
import dev.countersign.simulator.Identity;
import dev.countersign.simulator.Simulator;
import dev.countersign.simulator.client.OrganisationClient;
import dev.countersign.simulator.client.SimulatorClient;
import dev.countersign.simulator.wire.SimRequest;
import dev.countersign.simulator.wire.SimResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A simulator whose control API is called through its client by the tests of one class. At the end
 * each operation that the class is to show has been called with success, and no exchange was other
 * than described.
 */
final class ControlFixture implements AfterAllCallback {

  static final String KEY =
      """
      -----BEGIN PUBLIC KEY-----
      MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=
      -----END PUBLIC KEY-----
      """;

  final Simulator simulator = Simulator.start();
  final CheckedDoor door;
  final SimulatorClient client;

  private final Set<String> shown;
  private final AtomicInteger number = new AtomicInteger();

  private ControlFixture(Set<String> shown) {
    this.shown = shown;
    try {
      this.door = new CheckedDoor(simulator);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.client = SimulatorClient.at(door.url());
  }

  /** For a class that shows operations of these names, at least. */
  static ControlFixture showing(Set<String> operations) {
    return new ControlFixture(operations);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    door.close();
    assertThat(door.faults).isEmpty();
    assertThat(door.succeeded).containsAll(shown);
  }

  /** A new organisation. */
  OrganisationClient fresh() {
    return client.addOrganisation("test " + number.incrementAndGet());
  }

  /** What Dfns answers somebody. */
  SimResponse read(Identity who, String target) {
    return simulator.handle(
        SimRequest.single(
            "GET", target, Map.of("Authorization", "Bearer " + who.token()), new byte[0]));
  }

  /** What the control API answers about an organisation to a request by hand. */
  SimResponse send(String method, OrganisationClient organisation, String path, String body) {
    return door.send(method, "/v1/organisations/" + organisation.id() + path, body);
  }

  String wallet(OrganisationClient organisation) {
    return wallet(organisation, "owner");
  }

  /** A new wallet of somebody new. */
  String wallet(OrganisationClient organisation, String owner) {
    return acting(
        organisation,
        owner,
        dfns ->
            dfns.wallets()
                .createWallet(CreateWalletBody.builder().network(Network.ETHEREUM_SEPOLIA).build())
                .execute()
                .id());
  }

  /** What somebody new, who may do everything, gets from Dfns. */
  String acting(OrganisationClient organisation, String who, Function<Dfns, String> act) {
    try (PemSigner signer = MemoryKey.signer()) {
      Identity admin = organisation.admin(who, signer.publicKeyPem());
      return act.apply(
          DfnsBuilder.create()
              .transport(simulator.transport())
              .apiUrl(URI.create("https://dfns.invalid"))
              .credentials(CredentialSource.of(Issued.to(admin, signer)))
              .build());
    }
  }

  static String text(SimResponse response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }
}
