package dev.countersign.simulator.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.codegen.Operation;
import dev.countersign.http.JdkTransport;
import dev.countersign.simulator.Simulator;
import dev.countersign.simulator.door.HttpSimulator;
import dev.countersign.transport.Request;
import dev.countersign.transport.Transport;
import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies in parts, and answers that are text, arrive through the HTTP door as they are. */
final class UploadsOverHttpTest {

  private static final Simulator SIMULATOR = Simulator.start();
  private static final HttpSimulator DOOR = HttpSimulator.start(SIMULATOR);

  @AfterAll
  static void close() {
    DOOR.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"submitGenesisOutput", "submitOnchainSignOutput", "createGenesisInput"})
  void theyAreReadAsTheyWereSent(String id) {
    Operation operation = TypedCall.operation(id);
    Scene scene = new Scene(SIMULATOR, id);
    Preparation preparation = Preparation.of(operation, scene, 1);
    RecordingTransport transport = new RecordingTransport(toTheDoor());

    Object result =
        TypedCall.execute(
            Scene.dfns(transport, preparation.caller()),
            operation,
            preparation.ids(),
            preparation.body(),
            preparation.query());

    assertThat(result).isNotNull();
    assertThat(ExchangeCheck.faultsOfAnswer(operation.path(), transport.last())).isEmpty();
  }

  private static Transport toTheDoor() {
    Transport http = JdkTransport.builder().build();
    return request -> http.send(at(DOOR.url(), request));
  }

  /** The same request to another address. */
  private static Request at(URI door, Request request) {
    Request.Builder builder =
        Request.of(request.operation(), request.method(), door.resolve(request.uri().getRawPath()))
            .timeout(request.timeout());
    request.headers().forEach(builder::header);
    request
        .body()
        .ifPresent(body -> builder.body(request.headers().getOrDefault("Content-Type", ""), body));
    return builder.build();
  }
}
