package dev.countersign.simulator.junit;

import dev.countersign.simulator.Simulator;
import dev.countersign.simulator.door.HttpSimulator;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;

/** The simulator that serves all tests of a run; its HTTP door opens when first asked for. */
@SuppressWarnings("deprecation") // JUnit before 5.13 closes nothing else
final class Playhouse implements AutoCloseable, CloseableResource {

  private final Simulator simulator = Simulator.start();
  private final ReentrantLock opening = new ReentrantLock();
  private final AtomicReference<@Nullable HttpSimulator> door = new AtomicReference<>();

  Simulator simulator() {
    return simulator;
  }

  HttpSimulator door() {
    opening.lock();
    try {
      HttpSimulator open =
          Optional.ofNullable(door.get()).orElseGet(() -> HttpSimulator.start(simulator));
      door.set(open);
      return open;
    } finally {
      opening.unlock();
    }
  }

  @Override
  public void close() {
    HttpSimulator open = door.get();
    if (open != null) {
      open.close();
    }
    simulator.close();
  }
}
