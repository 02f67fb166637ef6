package dev.countersign.simulator.coverage;

import dev.countersign.codegen.Operation;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonValue;
import dev.countersign.simulator.Identity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a call of an operation needs, with everything there that it names.
 *
 * @param caller who calls
 * @param ids for the parameters of the path
 * @param body none if the operation takes none
 * @param query of which parameters may be left out
 */
record Preparation(Identity caller, List<String> ids, @Nullable JsonValue body, JsonObject query) {

  static Preparation of(Operation operation, Scene scene, int round) {
    Ids ids = new Ids(scene);
    Bodies bodies = new Bodies(scene, ids, round);
    return new Preparation(
        caller(operation, scene),
        ids.of(operation),
        operation.body() == null ? null : bodies.of(operation),
        bodies.query(operation));
  }

  /** The administrator, but where that must be somebody else. */
  private static Identity caller(Operation operation, Scene scene) {
    return switch (operation.id()) {
      // whoever asked does not approve
      case "createApprovalDecision" ->
          scene.organisation.admin("approver", Scene.KEY.publicKeyPem());
      case "createDelegatedRecoveryChallenge",
          "createDelegatedRegistrationChallenge",
          "delegatedLogin" ->
          scene.organisation.serviceAccount(
              "backend",
              Scene.KEY.publicKeyPem(),
              operation.facts().permissions().toArray(String[]::new));
      default -> scene.admin;
    };
  }
}
