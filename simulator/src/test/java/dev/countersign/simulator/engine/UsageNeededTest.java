package dev.countersign.simulator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.simulator.control.Switches;
import dev.countersign.simulator.control.Switches.Rule;
import dev.countersign.simulator.usage.Usage;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** All that a request needs is told, and of whom. */
final class UsageNeededTest {

  private static final String TAGGED = "{\"network\":\"EthereumSepolia\",\"tags\":[\"hot\"]}";

  private static Usage usage(World world, TestClient who) {
    return world.organisation.usage().stream()
        .filter(it -> it.identity().equals(who.identity.userId()))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void everyPermissionThatIsLackedIsTold() {
    World world = new World();
    TestClient backend = world.serviceAccount("backend", "Keys:Create");

    assertThat(backend.post("/wallets", TAGGED).status()).isEqualTo(403);

    assertThat(usage(world, backend).lacked())
        .containsExactly("Wallets:Create", "Wallets:Tags:Add");
    assertThat(usage(world, backend).used()).isEmpty();
  }

  @Test
  void whereLackingIsLetPassWhatIsHadIsUsedAllTheSame() {
    World world =
        new World(Switches.defaults().toBuilder().lenient(Set.of(Rule.PERMISSION)).build());
    TestClient backend = world.serviceAccount("backend", "Wallets:Tags:Add", "Wallets:Read");

    assertThat(backend.post("/wallets", TAGGED).status()).isEqualTo(200);

    assertThat(usage(world, backend).lacked()).containsExactly("Keys:Create", "Wallets:Create");
    assertThat(usage(world, backend).used()).containsExactly("Wallets:Tags:Add");
    assertThat(usage(world, backend).unused()).containsExactly("Wallets:Read");
  }

  @Test
  void whatSomebodyUsedBeforeAResetIsNotUsedByAnotherOfTheSameIdentifier() {
    World world = new World();
    world.organisation.mark();
    TestClient before = world.serviceAccount("before", "Wallets:Read");
    assertThat(before.get("/wallets").status()).isEqualTo(200);
    world.organisation.reset();

    TestClient after = world.serviceAccount("after", "Wallets:Read");

    assertThat(after.identity.userId()).isEqualTo(before.identity.userId());
    assertThat(usage(world, after).unused()).containsExactly("Wallets:Read");
    world.organisation.reset();
    assertThat(usage(world, world.serviceAccount("before", "Wallets:Read")).used())
        .containsExactly("Wallets:Read");
  }
}
