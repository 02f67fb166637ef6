package dev.countersign.simulator.door;

import dev.countersign.simulator.Simulator;
import dev.countersign.transport.Transport;
import java.net.URI;

class FaultsInProcessTest extends FaultsContract {

  @Override
  Transport open(Simulator simulator) {
    return simulator.transport();
  }

  @Override
  URI apiUrl() {
    return URI.create("https://dfns.invalid");
  }
}
