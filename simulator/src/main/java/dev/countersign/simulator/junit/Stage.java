package dev.countersign.simulator.junit;

import dev.countersign.Dfns;
import dev.countersign.http.DfnsBuilder;
import dev.countersign.signing.Signer;
import dev.countersign.simulator.Identity;
import dev.countersign.simulator.Organisation;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;

/** One organisation and those who act in it. Closed with the test or class that it is for. */
final class Stage implements AutoCloseable {

  private static final URI IN_PROCESS = URI.create("http://localhost");

  private final Playhouse house;
  private final Organisation organisation;
  private final Map<String, Actor> actors = new ConcurrentHashMap<>();

  Stage(Playhouse house, String name) {
    this.house = house;
    this.organisation = house.simulator().addOrganisation(name);
  }

  Playhouse house() {
    return house;
  }

  Organisation organisation() {
    return organisation;
  }

  /**
   * Who acts under a name, registered when first asked for.
   *
   * @param register registers a public key, which is a PEM text
   */
  Actor actor(String name, BiFunction<Organisation, String, Identity> register) {
    return actors.computeIfAbsent(
        name,
        it -> {
          Signer signer = KeyPairSigner.generate();
          return new Actor(register.apply(organisation, signer.publicKeyPem()), signer);
        });
  }

  /** A client that reaches the simulator in process. */
  Dfns dfns(Actor actor) {
    return DfnsBuilder.create()
        .apiUrl(IN_PROCESS)
        .transport(house.simulator().transport())
        .credentials(actor.credentials())
        .build();
  }

  @Override
  public void close() {
    house.simulator().remove(organisation);
  }
}
