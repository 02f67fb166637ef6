package dev.countersign.simulator.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.countersign.simulator.Identity;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An organisation that was made of a scenario, with those who can act in it. Does not print their
 * tokens and keys. Immutable.
 */
public final class ScenarioClient {

  private final OrganisationClient organisation;
  private final Map<String, JsonNode> members = new LinkedHashMap<>();

  ScenarioClient(OrganisationClient organisation, JsonNode members) {
    this.organisation = organisation;
    members.forEach(member -> this.members.put(member.path("name").asText(), member));
  }

  /** The organisation. */
  public OrganisationClient organisation() {
    return organisation;
  }

  /** The names of its people and service accounts, in the scenario's order. */
  public Set<String> names() {
    return Collections.unmodifiableSet(members.keySet());
  }

  /**
   * A person or service account by its name.
   *
   * @throws IllegalArgumentException if the scenario has none of that name
   */
  public Identity identity(String name) {
    JsonNode member = members.get(name);
    if (member == null) {
      throw new IllegalArgumentException(
          "The scenario has nobody called " + name + "; it has " + members.keySet());
    }
    return OrganisationClient.identity(member.path("identity"));
  }

  /** The private key of somebody whose key the simulator generated, as PEM; secret. */
  public Optional<String> privateKey(String name) {
    JsonNode member = members.get(name);
    return Optional.ofNullable(member)
        .map(it -> it.path("privateKey").asText())
        .filter(it -> !it.isEmpty());
  }

  /** The organisation's identifier. */
  @Override
  public String toString() {
    return organisation.toString();
  }
}
