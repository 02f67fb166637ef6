package dev.countersign.simulator.policies;

import com.fasterxml.jackson.databind.JsonNode;
import dev.countersign.simulator.state.Entity;
import dev.countersign.simulator.state.Tenant;

/** One group of an approval: who may vote, and how many have to. */
final class Group {

  private final JsonNode json;

  Group(JsonNode json) {
    this.json = json;
  }

  int quorum() {
    return json.path("quorum").asInt();
  }

  /** Whether a user belongs to it; a service account has to be named, and allowed twice. */
  boolean admits(Tenant tenant, Entity user) {
    if (user.is("isServiceAccount")) {
      return tenant.switches().serviceAccountsCanApprove()
          && json.path("serviceAccountsCanApprove").asBoolean()
          && names(user.id());
    }
    return isOpen() || names(user.id());
  }

  /** Whether an approval by a user counts, who perhaps asked for what is to be approved. */
  boolean countsApproval(Tenant tenant, Entity user, String initiator) {
    return admits(tenant, user)
        && (!user.id().equals(initiator) || json.path("initiatorCanApprove").asBoolean());
  }

  boolean names(String userId) {
    for (JsonNode named : json.at("/approvers/userId/in")) {
      if (named.asText().equals(userId)) {
        return true;
      }
    }
    return false;
  }

  private boolean isOpen() {
    return !json.path("approvers").has("userId");
  }
}
