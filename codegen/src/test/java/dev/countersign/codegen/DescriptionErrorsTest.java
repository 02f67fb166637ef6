package dev.countersign.codegen;

import static dev.countersign.codegen.Descriptions.get;
import static dev.countersign.codegen.Descriptions.object;
import static dev.countersign.codegen.Descriptions.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A description that cannot be used is refused with one sentence that names the place. */
class DescriptionErrorsTest {

  private static final String STRING = "{'type': 'string'}";

  @TempDir private Path folder;

  private void refused(String description, String sentence) {
    Path file = Descriptions.write(folder, description);
    assertThatThrownBy(() -> Codegen.main(new String[] {file.toString(), folder + "/out"}))
        .isInstanceOfSatisfying(
            DescriptionException.class, e -> assertThat(e.getStackTrace()).isEmpty())
        .hasMessage(sentence);
  }

  private void refusedSchemas(String schemas, String sentence) {
    refused(text("", schemas), sentence);
  }

  @Test
  void aFileThatIsNotThere() {
    assertThatThrownBy(() -> Description.read(folder.resolve("none.json")))
        .isInstanceOf(DescriptionException.class)
        .hasMessageContaining("none.json")
        .hasMessageContaining("cannot be read");
  }

  @Test
  void whatIsNotJson() {
    assertThatThrownBy(() -> Description.read(Descriptions.write(folder, "{'tags': [}")))
        .isInstanceOf(DescriptionException.class)
        .hasMessageStartingWith("api.json:1:11: Unexpected close marker '}'");
  }

  @Test
  void aNameThatStandsTwice() {
    assertThatThrownBy(
            () ->
                Description.read(
                    Descriptions.write(folder, text("", "'A': %s, 'A': %s".formatted("{}", "{}")))))
        .isInstanceOf(DescriptionException.class)
        .hasMessageEndingWith("Duplicate field 'A'");
  }

  @Test
  void aMissingPart() {
    refused("{'tags': []}", "api.json: 'components' is missing");
  }

  @Test
  void aKeywordThatWouldNotBeHeeded() {
    refusedSchemas(
        object("A", "'x': {'type': 'string', 'format': 'uuid'}", ""),
        "api.json.components.schemas.A.properties.x: the generator does not know the format 'uuid'");
    refusedSchemas(
        object("A", "'x': {'type': 'string', 'multipleOf': 2}", ""),
        "api.json.components.schemas.A.properties.x:"
            + " the generator does not know the keyword 'multipleOf'");
    refusedSchemas(
        object("A", "", "").replace("'required': []", "'additionalProperties': false"),
        "api.json.components.schemas.A:"
            + " a named object takes any further member, or does not speak of them");
  }

  @Test
  void aReferenceToNothing() {
    refusedSchemas(
        object("A", "'x': {'$ref': '#/components/schemas/B'}", ""), "A.x: there is no schema 'B'");
    refusedSchemas(
        object("A", "'x': {'$ref': '#/definitions/B'}", ""),
        "api.json.components.schemas.A.properties.x.$ref:"
            + " a reference to a schema starts with #/components/schemas/");
  }

  @Test
  void aRequiredPropertyThatIsNone() {
    refusedSchemas(
        object("A", "", "'x'"),
        "api.json.components.schemas.A: 'x' is required but not among the properties");
  }

  @Test
  void twoMembersWithOneNameInJava() {
    refusedSchemas(
        object("A", "'x-y': %s, 'x_y': %s".formatted(STRING, STRING), ""),
        "A.x_y: another member has the same name in Java, xY");
  }

  @Test
  void twoValuesWithOneNameInJava() {
    refusedSchemas(
        "'E': {'type': 'string', 'enum': ['a b', 'a.b', 'a-b'], 'x-dfns-domain': 'things'}",
        "E: two values have the same name in Java, A_B");
  }

  @Test
  void twoTypesWithOneNameInJava() {
    refusedSchemas(
        object("ThingsApi", "", ""),
        "dev.countersign.api.things.ThingsApi: two types have this name in Java");
  }

  @Test
  void twoOperationsWithOneName() {
    refused(
        text(get("/a", "go", "") + "," + get("/b", "go", ""), ""),
        "go: two operations have this name");
  }

  @Test
  void aParameterThatDoesNotFitThePath() {
    refused(text(get("/a/{id}", "go", ""), ""), "go: the path's parameter 'id' is missing");
    refused(
        text(
            get(
                "/a",
                "go",
                "'parameters': [{'name': 'id', 'in': 'path', 'schema': %s}],".formatted(STRING)),
            ""),
        "go: a path parameter does not stand in the path");
  }

  @Test
  void pagesThatAreNone() {
    refused(
        text(get("/a", "go", "'x-dfns-paginated': true,"), ""),
        "go: it is paginated, but its answer has no required array 'items' and optional"
            + " 'nextPageToken'");
  }

  @Test
  void aSignedPublicOperation() {
    refused(
        text(get("/a", "go", "'security': [], 'x-dfns-user-action': true,"), ""),
        "go: it cannot be public and signed");
  }

  @Test
  void aVariantWithoutItsDiscriminator() {
    String union =
        """
        'U': {'oneOf': [{'$ref': '#/components/schemas/A'}], 'discriminator': {'propertyName':
          'kind', 'mapping': {'a': '#/components/schemas/A'}}, 'x-dfns-domain': 'things'},
        """;
    refusedSchemas(union + object("A", "", ""), "U: its variant 'A' does not require 'kind'");
    refusedSchemas(
        union + object("A", "", "").replace("things", "others"),
        "U: its variant 'A' belongs to another domain");
  }

  @Test
  void variantsThatNothingTellsApart() {
    refusedSchemas(
        """
        'U': {'anyOf': [{'$ref': '#/components/schemas/A'}], 'x-dfns-domain': 'things'},
        """
            + object("A", "", ""),
        "U: nothing tells its variant 'A' from others");
  }

  @Test
  void aPatternThatCoversOnlyAPart() {
    refusedSchemas(
        object("A", "'x': {'type': 'string', 'pattern': '[0-9]'}", ""),
        "api.json.components.schemas.A.properties.x.pattern:"
            + " a pattern begins with ^ and ends with $, so that it covers everything");
  }
}
