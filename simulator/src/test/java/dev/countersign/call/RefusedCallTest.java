package dev.countersign.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.countersign.error.RequestRejectedException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What callers are told of a refusal. */
class RefusedCallTest {

  private final EngineFixture fixture = new EngineFixture();
  private final ScriptedTransport transport = fixture.transport;

  @AfterEach
  void close() {
    fixture.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"error\":{\"id\":\"17\",\"status\":403,\"message\":\"not allowed\",\"details\":{\"a\":1}}}",
        "{\"error\":{\"message\":\"not allowed\"}}",
        "{\"error\":{\"name\":\"X\",\"errorName\":\"Y\",\"message\":\"not allowed\",\"causes\":[]}}",
        "{\"error\":\"not allowed\"}",
        "{\"message\":\"not allowed\"}",
        "{\"message\":\"not allowed\",\"error\":{\"id\":5}}",
      })
  void everyShapeOfErrorIsUnderstood(String body) {
    transport.answer(403, body);

    assertThatThrownBy(() -> fixture.read().execute())
        .isInstanceOfSatisfying(
            RequestRejectedException.class,
            e -> {
              assertThat(e.status()).isEqualTo(403);
              assertThat(e.reason()).isEqualTo("not allowed");
              assertThat(e.operation()).isEqualTo("readThing");
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<html>Bad gateway</html>",
        "[]",
        "null",
        "\"no\"",
        "{}",
        "{\"error\":{}}",
        "{"
      })
  void anErrorWithoutAReasonSaysSo(String body) {
    transport.answer(400, Map.of("Content-Type", List.of("text/html")), body);

    assertThatThrownBy(() -> fixture.read().execute())
        .isInstanceOf(RequestRejectedException.class)
        .hasMessageContaining("gave no reason that could be read")
        .hasMessageContaining("text/html")
        .message()
        .doesNotContain("gateway");
  }

  @Test
  void idDetailsAndDuplicateOfARefusalAreKept() {
    transport
        .signing()
        .answer(
            409,
            "{\"error\":{\"id\":\"4711\",\"message\":\"Conflicting transfer with same externalId\","
                + "\"details\":{\"duplicate\":{\"id\":\"xfr-1\",\"externalId\":\"pay-1\"}}}}");

    RequestRejectedException refusal =
        catchThrowableOfType(RequestRejectedException.class, () -> fixture.namedChange().execute());

    assertThat(refusal.errorId()).contains("4711");
    assertThat(refusal.duplicateId()).contains("xfr-1");
    assertThat(refusal.details().orElseThrow()).contains("\"externalId\":\"pay-1\"");
  }

  @Test
  void aSecretThatDfnsRepeatsIsNotRepeatedToTheCaller() {
    transport
        .answer(200, ScriptedTransport.CHALLENGE)
        .answer(
            400,
            "{\"error\":{\"message\":\"bad ci-secret-1 by "
                + EngineFixture.TOKEN
                + "\",\"id\":\"ci-secret-1\",\"details\":{\"got\":\"ci-secret-1\","
                + "\"duplicate\":{\"id\":\"ci-secret-1\"}}}}");

    RequestRejectedException refusal =
        catchThrowableOfType(RequestRejectedException.class, () -> fixture.change().execute());

    assertThat(refusal.errorId().orElseThrow() + refusal.duplicateId().orElseThrow())
        .isEqualTo("******");
    assertThat(refusal.getMessage() + refusal.reason() + refusal.details())
        .contains("bad *** by ***")
        .doesNotContain("secret");
  }

  @Test
  void whatTheServerDoesNotHaveIsRefused() {
    transport.signing().answer(501, "{\"error\":{\"message\":\"not here\"}}");

    assertThatThrownBy(() -> fixture.change().execute())
        .isInstanceOf(RequestRejectedException.class)
        .hasMessageContaining("501")
        .hasMessageContaining("not here");
  }
}
