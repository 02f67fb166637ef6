package dev.countersign.refusal;

import dev.countersign.simulator.Simulator;
import dev.countersign.transport.Transport;
import java.net.URI;

/** The refusals through the door in process. */
class RefusalsInProcessTest extends RefusalsContract {

  @Override
  Transport open(Simulator simulator) {
    return simulator.transport();
  }

  @Override
  URI apiUrl() {
    return URI.create("https://dfns.invalid");
  }
}
