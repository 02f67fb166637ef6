package dev.countersign.simulator.engine;

import dev.countersign.simulator.state.Due;
import dev.countersign.simulator.state.Tenant;

/** Something that happens by itself when its time has come. */
@FunctionalInterface
interface Happening {

  /** Makes it happen. */
  void happen(Tenant tenant, Due due);
}
