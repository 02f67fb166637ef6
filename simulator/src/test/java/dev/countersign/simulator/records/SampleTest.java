package dev.countersign.simulator.records;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.call.Call;
import dev.countersign.simulator.call.Caller;
import dev.countersign.simulator.control.Switches;
import dev.countersign.simulator.coverage.RawDescription;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.spec.Description;
import dev.countersign.simulator.state.Tenant;
import dev.countersign.simulator.wire.SimRequest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whatever is given, what is made of it is valid by the description as it is in the file. */
final class SampleTest {

  private static final Description DESCRIPTION = Description.load();

  private final Tenant tenant =
      new Tenant(1, "samples", Clock.systemUTC(), Switches.defaults(), (it, due) -> {});

  @Test
  void aSampleOfEverySchemaIsValid() {
    List<String> faults = new ArrayList<>();
    for (Map.Entry<String, JsonNode> schema : RawDescription.shared().schemas().properties()) {
      faults.addAll(faults(schema.getKey(), schema.getValue(), Json.object()));
    }
    assertThat(faults).isEmpty();
  }

  @Test
  void everyAnswerCanBeSampled() {
    List<String> faults = new ArrayList<>();
    DESCRIPTION.operations().stream()
        .filter(operation -> operation.answerSchema().isPresent())
        .forEach(
            operation ->
                faults.addAll(
                    faults(operation.id(), operation.answerSchema().orElseThrow(), Json.object())));
    assertThat(faults).isEmpty();
  }

  @Test
  void whatDoesNotFitIsNotTaken() {
    List<String> faults = new ArrayList<>();
    for (String wrong : List.of("7", "true", "null", "'x'", "[]", "[7]", "{}", "{'a':[{}]}")) {
      for (Map.Entry<String, JsonNode> schema : RawDescription.shared().schemas().properties()) {
        ObjectNode given = Json.object();
        schema
            .getValue()
            .path("properties")
            .fieldNames()
            .forEachRemaining(name -> given.set(name, json(wrong)));
        faults.addAll(faults(schema.getKey() + " of " + wrong, schema.getValue(), given));
      }
    }
    assertThat(faults).isEmpty();
  }

  @Test
  void whatFitsIsTakenAndNothingElseIsInvented() {
    JsonNode watch =
        sample(
            json("{'$ref':'#/components/schemas/AddressWatch'}"),
            json("{'network':'Ethereum','address':'0xab','tags':['a'],'no':1,'name':7}"));
    assertThat(watch.path("address").asText()).isEqualTo("0xab");
    assertThat(watch.path("tags")).hasSize(1);
    assertThat(watch.properties())
        .extracting(Map.Entry::getKey)
        .containsExactly("id", "network", "address", "tags", "status", "dateCreated");
  }

  @Test
  void theSameSeedGivesTheSameSample() {
    JsonNode schema = json("{'$ref':'#/components/schemas/Swap'}");
    JsonNode first = sample(schema, Json.object());
    Tenant twin = new Tenant(1, "samples", Clock.systemUTC(), Switches.defaults(), (it, due) -> {});
    Tenant other =
        new Tenant(2, "samples", Clock.systemUTC(), Switches.defaults(), (it, due) -> {});
    assertThat(sample(twin, schema).path("id")).isEqualTo(first.path("id"));
    assertThat(sample(other, schema).path("id")).isNotEqualTo(first.path("id"));
  }

  private List<String> faults(String name, JsonNode schema, JsonNode given) {
    return RawDescription.shared().faults(schema, sample(schema, given)).stream()
        .map(fault -> name + ": " + fault)
        .toList();
  }

  private JsonNode sample(JsonNode schema, JsonNode given) {
    return tenant.alone(
        () -> new Sample(DESCRIPTION.shapes(), Facts.of(call(tenant))).of(schema, given));
  }

  private static JsonNode sample(Tenant tenant, JsonNode schema) {
    return tenant.alone(() -> new Sample(DESCRIPTION.shapes(), Facts.of(call(tenant))).of(schema));
  }

  private static Call call(Tenant tenant) {
    return new Call(
        SimRequest.single("GET", "/swaps", Map.of(), new byte[0]),
        DESCRIPTION.operations().get(0),
        Map.of(),
        Map.of(),
        Json.object(),
        tenant,
        Caller.nobody());
  }

  private static JsonNode json(String singleQuoted) {
    return Json.parse(singleQuoted.replace('\'', '"').getBytes(StandardCharsets.UTF_8))
        .orElseThrow();
  }
}
