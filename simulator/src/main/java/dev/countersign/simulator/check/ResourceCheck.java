package dev.countersign.simulator.check;

import dev.countersign.simulator.call.Answer;
import dev.countersign.simulator.call.Call;
import dev.countersign.simulator.call.Resource;
import dev.countersign.simulator.state.Entity;
import java.util.Optional;

/** Whether everything the path names exists in this organisation. */
final class ResourceCheck implements Check {

  @Override
  public Optional<Answer> refusal(Call call) {
    for (Resource resource : Resource.all()) {
      String id = call.parameters().get(resource.parameter());
      if (id != null && !exists(call, resource, id)) {
        return Optional.of(
            Answer.refused(status(call, resource, id), resource.noun() + " not found")
                .detail(resource.parameter(), id)
                .detail("orgId", call.tenant().id()));
      }
    }
    return Optional.empty();
  }

  private static int status(Call call, Resource resource, String id) {
    return call.tenant()
        .find(resource.table(), id)
        .filter(entity -> resource.belongs(entity, call.parameters()))
        .map(entity -> call.tenant().switches().deletedResourceStatus())
        .orElse(404);
  }

  private static boolean exists(Call call, Resource resource, String id) {
    Optional<Entity> found = call.tenant().find(resource.table(), id);
    return found
        .filter(entity -> !entity.hidden().path("deleted").asBoolean())
        .filter(entity -> resource.belongs(entity, call.parameters()))
        .isPresent();
  }
}
