package dev.countersign.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the Javadoc of each method says, against the description itself. */
class OperationDocsTest {

  private static final Path CORE = Path.of("..", "core");

  /** One operation of the description. */
  record Described(String method, String path, JsonNode operation) {
    String id() {
      return operation.get("operationId").asText();
    }

    @Override
    public String toString() {
      return id();
    }
  }

  static List<Described> operations() throws IOException {
    JsonNode paths =
        new ObjectMapper()
            .readTree(CORE.resolve("src/main/api/dfns-api.json").toFile())
            .get("paths");
    List<Described> all = new ArrayList<>();
    paths
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        method ->
                            all.add(
                                new Described(
                                    method.getKey().toUpperCase(Locale.ROOT),
                                    path.getKey(),
                                    method.getValue()))));
    return all;
  }

  @ParameterizedTest
  @MethodSource("operations")
  void theJavadocSaysAllThatIsDescribed(Described described) throws IOException {
    JsonNode operation = described.operation();
    String doc = javadoc(described);

    assertThat(doc).contains("{@code " + described.method() + " " + described.path() + "}");
    boolean signed = operation.path("x-dfns-user-action").asBoolean();
    boolean open = operation.path("security").isArray() && operation.get("security").isEmpty();
    assertThat(doc)
        .contains(
            signed ? "<li>Signed:" : open ? "<li>Public: no token is sent." : "<li>Not signed.");
    assertThat(doc).contains("<li>Permissions: ");
    for (JsonNode permission : operation.path("x-dfns-permissions")) {
      assertThat(doc).contains("{@code " + permission.asText() + "}");
    }
    for (JsonNode conditional : operation.path("x-dfns-conditional-permissions")) {
      assertThat(doc).contains("{@code " + conditional.get("permission").asText() + "} if ");
    }
    if (!open) {
      assertThat(doc).contains("<li>Callers: ");
    }
    for (JsonNode identity : operation.path("x-dfns-identities")) {
      assertThat(doc).contains("{@code " + identity.asText() + "}");
    }
    if (operation.has("x-dfns-policy-activity")) {
      String activity = operation.get("x-dfns-policy-activity").asText();
      assertThat(doc).contains("A policy on {@code " + activity + "} can hold it");
    } else if (signed) {
      assertThat(doc).contains("No policy holds it.");
    }
    if (operation.has("x-dfns-idempotent-by")) {
      assertThat(doc).contains("Repeatable: the same body with the same {@code externalId}");
    } else {
      assertThat(doc)
          .contains(
              described.method().equals("GET")
                  ? "Repeatable: it changes nothing."
                  : "Not known to be repeatable");
    }
    assertThat(doc.contains("Answers in pages."))
        .isEqualTo(operation.path("x-dfns-paginated").asBoolean());
  }

  /** The comment right before the operation's method. */
  private static String javadoc(Described described) throws IOException {
    String domain = described.operation().at("/tags/0").asText();
    String name = domain.substring(0, 1).toUpperCase(Locale.ROOT) + domain.substring(1) + "Api";
    Path source =
        CORE.resolve(
            Path.of(
                "target/generated-sources/api/dev/countersign/api",
                domain.toLowerCase(Locale.ROOT),
                name + ".java"));
    String text = Files.readString(source);
    Matcher method =
        Pattern.compile("\\n  (?:@Deprecated\\n  )?[A-Z][^;{}*]* " + described.id() + "\\(")
            .matcher(text);
    assertThat(method.find()).as(described.id() + " in " + source).isTrue();
    String before = text.substring(0, method.start());
    return before.substring(before.lastIndexOf("/**"));
  }
}
