package dev.countersign.refusal;

import dev.countersign.http.JdkTransport;
import dev.countersign.simulator.Simulator;
import dev.countersign.simulator.door.HttpSimulator;
import dev.countersign.transport.Transport;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;

/** The refusals over HTTP. */
class RefusalsOverHttpTest extends RefusalsContract {

  private HttpSimulator door;

  @Override
  Transport open(Simulator simulator) {
    door = HttpSimulator.start(simulator);
    return JdkTransport.builder().build();
  }

  @Override
  URI apiUrl() {
    return door.url();
  }

  @AfterEach
  void closeDoor() {
    door.close();
  }
}
