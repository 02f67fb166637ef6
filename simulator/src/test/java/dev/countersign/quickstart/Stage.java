package dev.countersign.quickstart;

import dev.countersign.Dfns;
import dev.countersign.call.CallEngine;
import dev.countersign.credential.AccessToken;
import dev.countersign.credential.Credential;
import dev.countersign.credential.CredentialId;
import dev.countersign.credential.CredentialSource;
import dev.countersign.http.JacksonCodec;
import dev.countersign.http.JdkTransport;
import dev.countersign.signing.Signer;
import dev.countersign.simulator.Identity;
import dev.countersign.simulator.Simulator;
import dev.countersign.simulator.control.Switches;
import dev.countersign.simulator.door.HttpSimulator;
import dev.countersign.transport.Transport;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.ForkJoinPool;
import org.jspecify.annotations.Nullable;

/** Where the story plays: a simulator, reached in process or over HTTP. */
final class Stage implements AutoCloseable {

  private final Simulator simulator;
  private final @Nullable HttpSimulator door;
  private final URI apiUrl;
  private final Transport transport;

  private Stage(
      Simulator simulator, @Nullable HttpSimulator door, URI apiUrl, Transport transport) {
    this.simulator = simulator;
    this.door = door;
    this.apiUrl = apiUrl;
    this.transport = transport;
  }

  /** The simulator of the older guide, where a service account inherits what its creator may do. */
  private static Simulator simulator() {
    return Simulator.builder()
        .switches(
            Switches.defaults().toBuilder()
                .newServiceAccount(Switches.NewServiceAccount.INHERITS_FROM_CREATOR)
                .build())
        .build();
  }

  static Stage inProcess() {
    Simulator simulator = simulator();
    return new Stage(simulator, null, URI.create("https://dfns.invalid"), simulator.transport());
  }

  static Stage overHttp() {
    Simulator simulator = simulator();
    HttpSimulator door = HttpSimulator.start(simulator);
    return new Stage(simulator, door, door.url(), JdkTransport.builder().build());
  }

  URI apiUrl() {
    return apiUrl;
  }

  /** A human who may do everything, and what they act on Dfns with. */
  Human admin(Signer key) {
    Identity identity = simulator.organisation().admin("admin@example.com", key.publicKeyPem());
    return new Human(identity.userId(), dfns(identity.token(), identity.credentialId(), key));
  }

  /** Dfns for somebody. */
  Dfns dfns(String token, String credentialId, Signer key) {
    return Dfns.over(
        CallEngine.builder()
            .transport(transport)
            .codec(new JacksonCodec())
            .apiUrl(apiUrl)
            .credentials(
                CredentialSource.of(
                    Credential.of(AccessToken.of(token), new CredentialId(credentialId), key)))
            .executor(ForkJoinPool.commonPool())
            .build());
  }

  @Override
  public void close() {
    Optional.ofNullable(door).ifPresent(HttpSimulator::close);
  }

  /**
   * A human of the organisation.
   *
   * @param id of the user
   * @param dfns to act with
   */
  record Human(String id, Dfns dfns) {}
}
