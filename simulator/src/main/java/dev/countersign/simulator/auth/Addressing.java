package dev.countersign.simulator.auth;

import com.fasterxml.jackson.databind.JsonNode;
import dev.countersign.simulator.state.Tenant;
import java.util.Collection;
import java.util.Optional;

/** Finds out which organisation a request without a token is for. */
public final class Addressing {

  private Addressing() {}

  /**
   * The organisation that a body names with {@code orgId}, or that handed out the {@code
   * challengeIdentifier} or {@code code} in it; the first there was, if it holds none of them.
   */
  public static Optional<Tenant> of(
      JsonNode body, Collection<Tenant> tenants, Optional<Tenant> first) {
    Optional<String> named =
        body.path("orgId").isTextual()
            ? Optional.of(body.path("orgId").asText())
            : Tokens.claimedOrganisation(body.path("challengeIdentifier").asText());
    if (named.isPresent()) {
      return tenants.stream().filter(it -> it.id().equals(named.get())).findFirst();
    }
    String code = body.path("code").asText();
    return tenants.stream()
        .filter(it -> !code.isEmpty() && Codes.knows(it, code))
        .findFirst()
        .or(() -> first);
  }
}
