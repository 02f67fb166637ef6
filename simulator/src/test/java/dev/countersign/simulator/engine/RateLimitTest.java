package dev.countersign.simulator.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countersign.simulator.control.Switches;
import dev.countersign.simulator.wire.SimRequest;
import dev.countersign.simulator.wire.SimResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An organisation makes as many requests in a minute of its clock as its switch says. */
final class RateLimitTest {

  private static World world(int most, boolean tells) {
    return new World(
        Switches.defaults().toBuilder().requestsPerMinute(most).rateLimitTellsWhen(tells).build());
  }

  private static SimResponse get(World world) {
    return world.simulator.handle(
        SimRequest.single(
            "GET",
            "/wallets",
            Map.of("Authorization", "Bearer " + world.admin.identity.token()),
            new byte[0]));
  }

  @Test
  void oneTooManyIsRefusedUntilTheMinuteIsOver() {
    World world = world(3, false);
    for (int i = 0; i < 3; i++) {
      assertThat(world.admin.get("/wallets").status()).isEqualTo(200);
    }

    assertThat(world.admin.get("/wallets").status()).isEqualTo(429);
    assertThat(world.admin.get("/wallets").reason())
        .isEqualTo("the organisation has made 3 requests within a minute");
    world.organisation.clock().advance(Duration.ofSeconds(59));
    assertThat(world.admin.get("/wallets").status()).isEqualTo(429);
    world.organisation.clock().advance(Duration.ofSeconds(1));
    assertThat(world.admin.get("/wallets").status()).isEqualTo(200);
  }

  @Test
  void aSignedCallIsThreeRequests() {
    World world = world(3, false);

    assertThat(world.admin.post("/wallets", "{\"network\":\"Solana\"}").status()).isEqualTo(200);
    assertThat(world.admin.get("/wallets").status()).isEqualTo(429);
  }

  @Test
  void refusedRequestsCountAndOnesWithoutTokenDoNot() {
    World world = world(2, false);
    world.admin.raw("GET", "/wallets", Map.of(), new byte[0]);
    assertThat(world.admin.get("/wallets/wa-none").status()).isEqualTo(404);
    assertThat(world.admin.get("/wallets?colour=red").status()).isEqualTo(400);

    assertThat(world.admin.get("/wallets").status()).isEqualTo(429);
  }

  @Test
  void anotherOrganisationHasItsOwnMinute() {
    World world = world(1, false);
    TestClient other = world.stranger();
    world.admin.get("/wallets");

    assertThat(other.get("/wallets").status()).isEqualTo(200);
    assertThat(world.admin.get("/wallets").status()).isEqualTo(429);
  }

  @Test
  void whenToComeBackIsToldByASwitch() {
    World telling = world(1, true);
    get(telling);
    telling.organisation.clock().advance(Duration.ofMillis(20_500));
    World silent = world(1, false);
    get(silent);

    assertThat(get(telling).headers()).containsEntry("Retry-After", "40");
    assertThat(get(silent).status()).isEqualTo(429);
    assertThat(get(silent).headers()).doesNotContainKey("Retry-After");
  }

  @Test
  void thereIsNoLimitUnlessSet() {
    World world = new World();
    for (int i = 0; i < 1001; i++) {
      assertThat(get(world).status()).isEqualTo(200);
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Switches.defaults().toBuilder().requestsPerMinute(-1));
  }
}
