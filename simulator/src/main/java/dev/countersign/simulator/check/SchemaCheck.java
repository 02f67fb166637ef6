package dev.countersign.simulator.check;

import dev.countersign.simulator.call.Answer;
import dev.countersign.simulator.call.Call;
import dev.countersign.simulator.spec.RequestSchemas;
import java.util.Map;
import java.util.Optional;

/** Whether identifiers, query and body are as the description has them. */
final class SchemaCheck implements Check {

  private static final int LONGEST_ID = 64;

  private final RequestSchemas schemas;

  SchemaCheck(RequestSchemas schemas) {
    this.schemas = schemas;
  }

  @Override
  public Optional<Answer> refusal(Call call) {
    return call.parameters().entrySet().stream()
        .filter(parameter -> parameter.getValue().length() > LONGEST_ID)
        .map(Map.Entry::getKey)
        .findFirst()
        .map(name -> name + ": must be 1 to " + LONGEST_ID + " characters long")
        .or(() -> schemas.faultOfQuery(call.operation(), call.query()))
        .or(() -> schemas.faultOfBody(call.operation(), call.json()))
        .map(fault -> Answer.refused(400, "Validation error: " + fault));
  }
}
