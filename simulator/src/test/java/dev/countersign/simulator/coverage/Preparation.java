package dev.countersign.simulator.coverage;

import dev.countersign.codegen.Operation;
import dev.countersign.credential.Credential;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonValue;
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
record Preparation(
    Credential caller, List<String> ids, @Nullable JsonValue body, JsonObject query) {

  static Preparation of(Operation operation, Scene scene, int round) {
    Ids ids = new Ids(scene);
    People people = new People(scene);
    Credential caller = people.caller(operation.id()).orElseGet(() -> caller(operation, scene));
    Bodies bodies = new Bodies(scene, ids, people, round);
    return new Preparation(
        caller,
        ids.of(operation),
        operation.body() == null ? null : bodies.of(operation),
        bodies.query(operation));
  }

  /** The administrator, but where that must be somebody else: whoever asked does not approve. */
  private static Credential caller(Operation operation, Scene scene) {
    return Scene.credential(
        operation.id().equals("createApprovalDecision")
            ? scene.organisation.admin("approver", Scene.KEY.publicKeyPem())
            : scene.admin);
  }
}
