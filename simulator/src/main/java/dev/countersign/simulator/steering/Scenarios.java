package dev.countersign.simulator.steering;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.LoadedScenario;
import dev.countersign.simulator.Scenario;
import dev.countersign.simulator.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Loads scenarios that come over the control API. They name no files. */
final class Scenarios {

  private static final Base64.Encoder BASE64 =
      Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

  private Scenarios() {}

  static ObjectNode load(ControlCall call) {
    String name = call.text("format").equals("json") ? "scenario.json" : "scenario.yaml";
    LoadedScenario loaded = call.simulator().load(Scenario.parse(name, call.text("text")));
    ObjectNode answer = Json.object();
    answer.set("organisation", Handlers.organisation(loaded.organisation()));
    ArrayNode members = answer.putArray("members");
    for (String member : loaded.names()) {
      ObjectNode shown = members.addObject().put("name", member);
      shown.set("identity", Handlers.identity(loaded.identity(member)));
      loaded
          .keys(member)
          .ifPresent(
              keys ->
                  shown.put(
                      "privateKey",
                      "-----BEGIN PRIVATE KEY-----\n"
                          + BASE64.encodeToString(keys.getPrivate().getEncoded())
                          + "\n-----END PRIVATE KEY-----\n"));
    }
    return answer;
  }
}
