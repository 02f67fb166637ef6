package dev.countersign.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.error.ProtocolException;
import dev.countersign.json.JsonArray;
import dev.countersign.json.JsonBoolean;
import dev.countersign.json.JsonCodec;
import dev.countersign.json.JsonNull;
import dev.countersign.json.JsonNumber;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonString;
import dev.countersign.json.JsonType;
import dev.countersign.json.JsonValue;
import dev.countersign.transport.Reply;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Answers that may be text, and queries that may hold arrays. */
class TextAndArraysTest {

  private static final Answer<JsonValue> EITHER = Answer.jsonOrText(JsonType.ANY);

  /** Says that it was asked. */
  private static final class OneObject implements JsonCodec {
    @Override
    public JsonValue parse(byte[] utf8) {
      return JsonObject.of("parsed", JsonBoolean.TRUE);
    }

    @Override
    public byte[] write(JsonValue value) {
      throw new AssertionError("Nothing is written here");
    }
  }

  private static JsonValue read(String contentType) {
    byte[] body = "a,ü\n".getBytes(StandardCharsets.UTF_8);
    return EITHER.read(
        "op", Reply.of(200, Map.of("content-type", List.of(contentType)), body), new OneObject());
  }

  @Test
  void textIsTextByItsContentType() {
    assertThat(read("text/csv; charset=utf-8")).isEqualTo(JsonString.of("a,ü\n"));
    assertThat(read("Text/Plain")).isEqualTo(JsonString.of("a,ü\n"));
  }

  @Test
  void anythingElseIsJson() {
    assertThat(read("application/json")).isEqualTo(JsonObject.of("parsed", JsonBoolean.TRUE));
    Reply reply = Reply.of(200, Map.of(), new byte[0]);
    assertThat(EITHER.read("op", reply, new OneObject())).isInstanceOf(JsonObject.class);
  }

  @Test
  void aChangeThatAwaitsApprovalIsNotTakenForTheAnswer() {
    Reply reply = Reply.of(202, Map.of(), new byte[0]);
    assertThatThrownBy(() -> EITHER.read("op", reply, new OneObject()))
        .isInstanceOf(ProtocolException.class);
  }

  @Test
  void anArrayGivesTheParameterOnceForEach() {
    JsonArray statuses = JsonArray.of(List.of(JsonString.of("A B"), JsonString.of("C")));
    JsonObject query =
        JsonObject.builder().put("status", statuses).put("limit", JsonNumber.of(5)).build();
    assertThat(Arguments.none().query(query).encodedQuery())
        .isEqualTo("status=A%20B&status=C&limit=5");
    assertThat(Arguments.none().query(JsonObject.of("x", JsonArray.of(List.of()))).encodedQuery())
        .isEmpty();
  }

  @Test
  void whatIsNoScalarCannotStandInAQuery() {
    for (JsonValue value :
        List.of(JsonNull.NULL, JsonObject.empty(), JsonArray.of(List.of(JsonNull.NULL)))) {
      assertThatThrownBy(() -> Arguments.none().query(JsonObject.of("x", value)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("A query parameter cannot be ");
    }
  }
}
