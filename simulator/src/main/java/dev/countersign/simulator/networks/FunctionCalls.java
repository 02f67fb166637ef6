package dev.countersign.simulator.networks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.countersign.simulator.call.Answer;
import dev.countersign.simulator.call.Call;
import dev.countersign.simulator.json.Json;
import java.util.Set;

/**
 * Reading from contracts. There are none here, so that every function gives what an empty contract
 * would: the zero value of each of its outputs, in their order.
 */
final class FunctionCalls {

  private static final Set<String> READING = Set.of("view", "pure");
  private static final String NO_ADDRESS = "0x" + "0".repeat(40);

  private FunctionCalls() {}

  static Answer call(Call call) {
    JsonNode abi = call.json().path("abi");
    if (!READING.contains(abi.path("stateMutability").asText())) {
      return Answer.refused(
          400, "Validation error: abi.stateMutability: only view and pure functions are called");
    }
    ArrayNode outputs = Json.array();
    abi.path("outputs").forEach(output -> outputs.add(zero(output)));
    return Answer.ok(outputs);
  }

  private static JsonNode zero(JsonNode output) {
    String type = output.path("type").asText();
    if (type.endsWith("]")) {
      return Json.array();
    }
    if (type.equals("tuple")) {
      ObjectNode tuple = Json.object();
      output
          .path("components")
          .forEach(component -> tuple.set(component.path("name").asText(), zero(component)));
      return tuple;
    }
    if (type.equals("bool")) {
      return BooleanNode.FALSE;
    }
    String zero = "";
    if (type.startsWith("uint") || type.startsWith("int")) {
      zero = "0";
    } else if (type.equals("address")) {
      zero = NO_ADDRESS;
    } else if (type.startsWith("bytes")) {
      zero = "0x";
    }
    return TextNode.valueOf(zero);
  }
}
