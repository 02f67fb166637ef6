package dev.countersign.simulator.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.simulator.Organisation;
import dev.countersign.simulator.Simulator;
import dev.countersign.simulator.control.Fired;
import dev.countersign.simulator.control.Switches;
import dev.countersign.simulator.wire.SimRequest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** Many organisations on one simulator, each as if it were alone. */
final class TenancyTest {

  private static final int ORGANISATIONS = 50;
  private static final int THREADS = 8;
  private static final String WALLET = "{\"network\":\"EthereumSepolia\"}";
  private static final String TRANSFER =
      "{\"kind\":\"Native\",\"to\":\"0x00000000000000000000000000000000000000Aa\","
          + "\"amount\":\"1\"}";

  private final Simulator simulator = fresh();
  private final TestKey key = TestKey.fresh();

  private static Simulator fresh() {
    Clock stopped = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);
    return Simulator.builder().clock(stopped).empty().build();
  }

  private static <T> List<T> inParallel(int count, IntFunction<Callable<T>> work) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Callable<T>> all = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        all.add(work.apply(i));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> result : threads.invokeAll(all)) {
        results.add(result.get());
      }
      return results;
    } finally {
      threads.shutdown();
    }
  }

  /** A day of an organisation: what it looks like depends on its number only. */
  private String day(Simulator at, int number) {
    Organisation organisation = at.addOrganisation("test " + number);
    organisation.clock().freeze();
    organisation.setSwitches(
        Switches.defaults().toBuilder().executing(Duration.ofMillis(number + 1)).build());
    organisation.mark();
    TestClient admin =
        new TestClient(at, organisation.admin("admin", key.pem()), key, Dialect.JAVA);
    String wallet = admin.post("/wallets", WALLET).text("/id");
    for (int i = 0; i < number % 3; i++) {
      admin.post("/wallets/" + wallet + "/transfers", TRANSFER);
    }
    List<Fired> fired = organisation.clock().advance(Duration.ofHours(number));
    assertThat(fired).hasSize(number == 0 ? 0 : 2 * (number % 3));
    assertThat(admin.get("/wallets").body().path("items")).hasSize(1);
    byte[] snapshot = organisation.snapshot();
    organisation.reset();
    assertThat(admin.get("/wallets").status()).isEqualTo(401);
    organisation.restore(snapshot);
    assertThat(admin.get("/wallets/" + wallet).status()).isEqualTo(200);
    String text = new String(organisation.snapshot(), StandardCharsets.UTF_8);
    if (number % 2 == 1) {
      at.remove(organisation);
      assertThat(admin.get("/wallets").status()).isEqualTo(401);
    }
    return text;
  }

  @Test
  void fiftyInParallelAreAsIfEachWereAlone() throws Exception {
    List<String> together = inParallel(ORGANISATIONS, number -> () -> day(simulator, number));

    assertThat(simulator.organisations()).hasSize(ORGANISATIONS / 2);
    for (int number = 0; number < ORGANISATIONS; number++) {
      assertThat(together.get(number)).isEqualTo(day(fresh(), number));
    }
  }

  @Test
  void aClockThatMovesWhileRequestsRunFiresEverythingOnce() throws Exception {
    Organisation organisation = simulator.addOrganisation("busy");
    organisation.clock().freeze();
    TestClient admin =
        new TestClient(simulator, organisation.admin("admin", key.pem()), key, Dialect.JAVA);
    String wallet = admin.post("/wallets", WALLET).text("/id");

    List<List<Fired>> moves =
        inParallel(
            64,
            number ->
                () -> {
                  if (number % 2 == 0) {
                    return organisation.clock().advance(Duration.ofMillis(100));
                  }
                  assertThat(admin.post("/wallets/" + wallet + "/transfers", TRANSFER).status())
                      .isEqualTo(200);
                  return List.of();
                });
    List<Fired> last = organisation.clock().advance(Duration.ofMinutes(1));

    List<Fired> fired = new ArrayList<>(last);
    moves.forEach(fired::addAll);
    assertThat(fired).hasSize(64).doesNotHaveDuplicates();
    assertThat(fired).extracting(Fired::what).containsOnly("transfer step");
    admin
        .get("/wallets/" + wallet + "/transfers?limit=100")
        .body()
        .path("items")
        .forEach(transfer -> assertThat(transfer.path("status").asText()).isEqualTo("Confirmed"));
  }

  @Test
  void movingTheClockSaysWhatHappenedWhenAndToWhat() {
    Organisation organisation = simulator.addOrganisation("told");
    organisation.clock().freeze();
    Instant start = organisation.clock().now();
    TestClient admin =
        new TestClient(simulator, organisation.admin("admin", key.pem()), key, Dialect.JAVA);
    String wallet = admin.post("/wallets", WALLET).text("/id");
    String transfer = admin.post("/wallets/" + wallet + "/transfers", TRANSFER).text("/id");

    assertThat(organisation.clock().advance(Duration.ofMillis(199))).isEmpty();
    assertThat(organisation.clock().advanceTo(start.plusMillis(200)))
        .containsExactly(new Fired(start.plusMillis(200), "transfer step", transfer));
    assertThat(organisation.clock().now()).isEqualTo(start.plusMillis(200));
    assertThat(organisation.clock().advance(Duration.ofDays(1)))
        .containsExactly(new Fired(start.plusMillis(700), "transfer step", transfer));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> organisation.clock().advanceTo(start))
        .withMessageStartingWith("Time does not run back to " + start);
  }

  @Test
  void anOpenRouteIsForTheOneItNamesOrElseTheOldestThatIsLeft() {
    Organisation first = simulator.addOrganisation("first");
    Organisation second = simulator.addOrganisation("second");
    assertThat(login(second.id())).isNotEqualTo(404);
    assertThat(login("or-none0-none0-none0none0none0x")).isEqualTo(404);

    simulator.remove(first);

    assertThat(login(first.id())).isEqualTo(404);
    assertThat(simulator.organisation()).isSameAs(second);
    simulator.remove(second);
    assertThat(login(second.id())).isEqualTo(404);
    assertThatThrownBy(simulator::organisation).hasMessage("The simulator has no organisation");
    assertThat(simulator.addOrganisation("first").id()).isEqualTo(first.id());
  }

  @Test
  void twoOfOneNameAreRefused() {
    simulator.addOrganisation("one");

    assertThatIllegalArgumentException().isThrownBy(() -> simulator.addOrganisation("one"));
    assertThat(simulator.organisations()).hasSize(1);
  }

  private int login(String organisation) {
    byte[] body =
        ("{\"username\":\"nobody\",\"orgId\":\"" + organisation + "\"}")
            .getBytes(StandardCharsets.UTF_8);
    return simulator
        .handle(
            SimRequest.single(
                "POST", "/auth/login/init", Map.of("Content-Type", "application/json"), body))
        .status();
  }
}
