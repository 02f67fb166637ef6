package dev.countersign.simulator.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.api.Api;
import dev.countersign.codegen.Operation;
import dev.countersign.simulator.Simulator;
import dev.countersign.simulator.coverage.RecordingTransport.Exchange;
import dev.countersign.simulator.spec.Description;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every operation of the description is called with its typed method, in process, and signed. What
 * is sent and what is answered is held against the description by a JSON Schema validator; what is
 * answered is what the caller reads.
 */
final class EveryOperationTest {

  /** How often each operation is called, each time with other random values. */
  private static final int ROUNDS = 3;

  private static final Simulator SIMULATOR = Simulator.start();
  private static final Description DESCRIPTION = Description.load();
  private static final Tally TALLY = new Tally();

  static List<String> ids() {
    return Api.DESCRIPTION.operations().stream().map(Operation::id).toList();
  }

  @AfterAll
  static void report() {
    System.out.println(TALLY.of(ids().size()));
  }

  @Test
  void noOperationOfTheFileIsLeftOut() {
    assertThat(ids()).containsExactlyInAnyOrderElementsOf(RawDescription.shared().operationIds());
  }

  @ParameterizedTest
  @MethodSource("ids")
  void itIsSentAnsweredAndReadAsDescribed(String id) {
    Operation operation = TypedCall.operation(id);
    List<Exchange> exchanges = new ArrayList<>();
    for (int round = 1; round <= ROUNDS; round++) {
      RecordingTransport transport = new RecordingTransport(SIMULATOR.transport());
      Object result = call(operation, transport, round);
      assertThat(transport.last().request().operation()).isEqualTo(id);
      assertThat(transport.last().reply().status()).isBetween(200, 299);
      assertThat(read(result).equals(answered(transport.last(), result))).as(id).isTrue();
      exchanges.addAll(transport.exchanges());
    }
    TALLY.called(id);

    for (Exchange each : exchanges) {
      assertThat(faultsOfRequest(each)).as(each.request().toString()).isEmpty();
    }
    TALLY.validRequest(id);

    for (Exchange each : exchanges) {
      List<String> faults = ExchangeCheck.faultsOfAnswer(path(each), each);
      assertThat(faults).as("answer to %s", each.request()).isEmpty();
    }
    TALLY.validAnswer(id);
  }

  private static Object call(Operation operation, RecordingTransport transport, int round) {
    Scene scene = new Scene(SIMULATOR, operation.id() + " " + round);
    Preparation preparation = Preparation.of(operation, scene, round);
    return TypedCall.execute(
        Scene.dfns(transport, preparation.caller()),
        operation,
        preparation.ids(),
        preparation.body(),
        preparation.query());
  }

  private static List<String> faultsOfRequest(Exchange exchange) {
    List<String> faults =
        new ArrayList<>(ExchangeCheck.faultsOfBody(path(exchange), exchange.request()));
    faults.addAll(ExchangeCheck.faultsOfQuery(path(exchange), exchange.request()));
    return faults;
  }

  /** The template of the path that was called. */
  private static String path(Exchange exchange) {
    return DESCRIPTION
        .routes()
        .find(exchange.request().method(), exchange.request().uri().getRawPath())
        .orElseThrow()
        .operation()
        .path();
  }

  /** All that the typed result holds. */
  private static Optional<?> read(Object result) {
    return result instanceof String text ? Optional.of(text) : TypedCall.json(result);
  }

  /** What was answered, as the typed result has it. */
  private static Optional<?> answered(Exchange exchange, Object result) {
    byte[] body = exchange.reply().body();
    if (result instanceof String) {
      return Optional.of(new String(body, StandardCharsets.UTF_8));
    }
    return body.length == 0 ? Optional.empty() : Optional.of(Scene.CODEC.parse(body));
  }
}
