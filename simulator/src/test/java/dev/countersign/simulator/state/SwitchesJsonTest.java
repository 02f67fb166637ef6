package dev.countersign.simulator.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.control.Switches;
import dev.countersign.simulator.control.SwitchesBuilder;
import dev.countersign.simulator.json.Json;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Switches as JSON and back. */
final class SwitchesJsonTest {

  private static ObjectNode json(String text) {
    return (ObjectNode) Json.parse(text.getBytes(StandardCharsets.UTF_8)).orElseThrow();
  }

  private static Switches read(String text) {
    return SwitchesJson.read(json(text), Switches.defaults());
  }

  @Test
  void everySwitchIsWritten() {
    List<String> fields =
        Arrays.stream(SwitchesBuilder.class.getDeclaredFields())
            .filter(field -> !field.isSynthetic() && !Modifier.isStatic(field.getModifiers()))
            .map(Field::getName)
            .toList();

    assertThat(SwitchesJson.write(Switches.defaults()).fieldNames())
        .toIterable()
        .containsExactlyInAnyOrderElementsOf(fields);
  }

  @Test
  void everyKindOfValueComesBack() {
    String text =
        """
        {"newServiceAccount":"INHERITS_FROM_CREATOR","refusedVoteStatus":422,
        "refusalOrder":["PERMISSION","USER_ACTION","IDENTITY_KIND"],
        "secondFactorRequired":true,"relyingPartyId":"example.com",
        "mailedCodeLifetime":"PT2H"}""";

    ObjectNode back = SwitchesJson.write(read(text));

    json(text)
        .properties()
        .forEach(field -> assertThat(back.get(field.getKey())).isEqualTo(field.getValue()));
    assertThat(back.path("refusedAssertionStatus").intValue()).isEqualTo(401);
  }

  @Test
  void whatASwitchDoesNotTakeIsNamed() {
    assertRefused(
        "{\"secondFactor\":true}",
        "secondFactor: there is no such switch; the nearest is secondFactorRequired");
    assertRefused(
        "{\"secondFactorRequired\":1}", "secondFactorRequired: takes true or false, not 1");
    assertRefused("{\"refusedVoteStatus\":\"x\"}", "refusedVoteStatus: takes a number, not \"x\"");
    assertRefused(
        "{\"refusedVoteStatus\":200}",
        "refusedVoteStatus: A refusal's status is 400 to 499, not 200");
    assertRefused(
        "{\"mailedCodeLifetime\":\"4h\"}",
        "mailedCodeLifetime: takes a duration such as PT15M, not 4h");
    assertRefused(
        "{\"payloadComparison\":\"TEXT\"}",
        "payloadComparison: takes one of [JSON, BYTES], not TEXT");
    assertRefused(
        "{\"refusalOrder\":\"PERMISSION\"}", "refusalOrder: takes a list, not \"PERMISSION\"");
    assertRefused("{\"executing\":5}", "executing: takes a text, not 5");
  }

  private static void assertRefused(String text, String sentence) {
    assertThatIllegalArgumentException().isThrownBy(() -> read(text)).withMessage(sentence);
  }
}
