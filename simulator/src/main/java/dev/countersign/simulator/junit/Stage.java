package dev.countersign.simulator.junit;

import dev.countersign.Dfns;
import dev.countersign.http.DfnsBuilder;
import dev.countersign.signing.Signer;
import dev.countersign.simulator.Identity;
import dev.countersign.simulator.LoadedScenario;
import dev.countersign.simulator.Organisation;
import dev.countersign.simulator.Scenario;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;

/** One organisation and those who act in it. Closed with the test or class that it is for. */
@SuppressWarnings("deprecation") // JUnit before 5.13 closes nothing else
final class Stage implements AutoCloseable, CloseableResource {

  private static final URI IN_PROCESS = URI.create("http://localhost");

  private final Playhouse house;
  private final Organisation organisation;
  private final @Nullable LoadedScenario scenario;
  private final Map<String, Actor> actors = new ConcurrentHashMap<>();

  private Stage(Playhouse house, Organisation organisation, @Nullable LoadedScenario scenario) {
    this.house = house;
    this.organisation = organisation;
    this.scenario = scenario;
  }

  /** An organisation of a name, without anybody. */
  static Stage empty(Playhouse house, String name) {
    return new Stage(house, house.simulator().addOrganisation(name), null);
  }

  /** An organisation of a name as a scenario has it. */
  static Stage of(Playhouse house, String name, Scenario scenario) {
    LoadedScenario loaded = house.simulator().load(scenario.named(name));
    return new Stage(house, loaded.organisation(), loaded);
  }

  Playhouse house() {
    return house;
  }

  Organisation organisation() {
    return organisation;
  }

  /**
   * One whom the scenario describes.
   *
   * @throws IllegalArgumentException if it describes nobody of that name, or there is none
   */
  Actor described(String name) {
    if (scenario == null) {
      throw new IllegalArgumentException(
          "@WithSimulator names no scenario that could describe " + name);
    }
    return new Actor(
        scenario.identity(name), scenario.keys(name).map(KeyPairSigner::of).orElse(null));
  }

  /**
   * Who acts under a name, registered when first asked for.
   *
   * @param register registers a public key, which is a PEM text
   * @throws IllegalArgumentException if the scenario describes somebody of that name
   */
  Actor actor(String name, BiFunction<Organisation, String, Identity> register) {
    if (scenario != null && scenario.names().contains(name)) {
      throw new IllegalArgumentException(
          "The scenario describes " + name + " already: annotate with @Named(\"" + name + "\")");
    }
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
