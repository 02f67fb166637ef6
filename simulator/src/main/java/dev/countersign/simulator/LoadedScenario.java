package dev.countersign.simulator;

import dev.countersign.simulator.json.Nearest;
import java.security.KeyPair;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An organisation that was made of a scenario, with those who can act in it. Does not print their
 * tokens and keys. Immutable.
 */
public final class LoadedScenario {

  private final Organisation organisation;
  private final Map<String, Identity> identities;
  private final Map<String, KeyPair> keys;

  LoadedScenario(
      Organisation organisation, Map<String, Identity> identities, Map<String, KeyPair> keys) {
    this.organisation = organisation;
    this.identities = Collections.unmodifiableMap(new LinkedHashMap<>(identities));
    this.keys = Map.copyOf(keys);
  }

  /** The organisation. */
  public Organisation organisation() {
    return organisation;
  }

  /** The names of its people and service accounts, in the scenario's order. */
  public Set<String> names() {
    return identities.keySet();
  }

  /**
   * A person or service account by its name.
   *
   * @throws IllegalArgumentException if the scenario has none of that name
   */
  public Identity identity(String name) {
    Identity identity = identities.get(name);
    if (identity == null) {
      throw new IllegalArgumentException(
          "The scenario has nobody called "
              + name
              + (identities.isEmpty()
                  ? ""
                  : "; the nearest is " + Nearest.to(name, identities.keySet())));
    }
    return identity;
  }

  /** The key pair of a person or service account whose key the simulator generated. */
  public Optional<KeyPair> keys(String name) {
    return Optional.ofNullable(keys.get(name));
  }

  /** The organisation's identifier. */
  @Override
  public String toString() {
    return organisation.toString();
  }
}
