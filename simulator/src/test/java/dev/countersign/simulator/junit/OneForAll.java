package dev.countersign.simulator.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.simulator.Identity;
import dev.countersign.simulator.Organisation;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** Two tests in one organisation. Run by another test. */
@WithSimulator(per = WithSimulator.Per.CLASS)
class OneForAll {

  private static final Set<String> SEEN = ConcurrentHashMap.newKeySet();

  @Test
  void one(Organisation organisation, @Admin Identity admin) {
    seen(organisation, admin);
  }

  @Test
  void other(Organisation organisation, @Admin Identity admin) {
    seen(organisation, admin);
  }

  private static void seen(Organisation organisation, Identity admin) {
    SEEN.add(organisation.id() + " " + admin.userId());
    assertThat(SEEN).hasSize(1);
  }
}
