package dev.countersign.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import dev.countersign.http.JacksonCodec;
import dev.countersign.simulator.spec.Description;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SamplesTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  @ParameterizedTest
  @CsvSource({"TransferRequest", "ListWalletsResponse", "Policy"})
  void aSampleIsWhatTheDescriptionDemands(String schema) throws IOException {
    JsonNode sample = MAPPER.readTree(sample(schema));
    assertThat(violations(schema, sample)).isEmpty();
    ((ObjectNode) sample).remove(List.of("id", "items"));
    assertThat(violations(schema, sample)).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({"TransferRequest", "ListWalletsResponse", "Policy"})
  void aSampleIsCompactSoThatBothSidesWriteWhatTheyRead(String schema) throws IOException {
    byte[] sample = sample(schema);
    JacksonCodec codec = new JacksonCodec();
    assertThat(new String(codec.write(codec.parse(sample)), UTF_8))
        .isEqualTo(new String(sample, UTF_8));
    assertThat(MAPPER.writeValueAsBytes(MAPPER.readTree(sample))).isEqualTo(sample);
  }

  @Test
  void aPageHolds100Wallets() throws IOException {
    assertThat(MAPPER.readTree(Samples.wallets()).path("items")).hasSize(100);
  }

  private static byte[] sample(String schema) {
    return switch (schema) {
      case "TransferRequest" -> Samples.transfer();
      case "ListWalletsResponse" -> Samples.wallets();
      default -> Samples.policy();
    };
  }

  private static List<?> violations(String schema, JsonNode sample) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(Description.class.getResourceAsStream("dfns-api.json"))) {
      ObjectNode root = MAPPER.createObjectNode();
      root.put("$ref", "#/components/schemas/" + schema);
      root.set("components", MAPPER.readTree(in).path("components"));
      return SchemaRegistry.withDialect(Dialects.getDraft202012()).getSchema(root).validate(sample);
    }
  }
}
