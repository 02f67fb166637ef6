package dev.countersign.simulator.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.Organisation;
import dev.countersign.simulator.Scenario;
import dev.countersign.simulator.Simulator;
import dev.countersign.simulator.json.Json;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Organisations come and go while others do. */
final class ComingAndGoingTest {

  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir Path directory;

  private static void atOnce(int threads, Callable<?> work) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<Object>> all =
          IntStream.range(0, threads)
              .mapToObj(i -> pool.submit(() -> (Object) work.call()))
              .toList();
      for (Future<Object> one : all) {
        one.get(60, TimeUnit.SECONDS);
      }
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void aNameThatIsUsedAgainAtOnceIsKeptInTheStore() throws Exception {
    try (Simulator simulator = Simulator.builder().store(directory).build()) {
      atOnce(
          4,
          () -> {
            for (int i = 0; i < 200; i++) {
              try {
                Organisation organisation = simulator.addOrganisation("again");
                organisation.clock().freeze();
                simulator.remove(organisation);
              } catch (IllegalArgumentException e) {
                // another has the name now
                assertThat(e).hasMessageContaining("of that name already");
              }
            }
            return true;
          });
      simulator.addOrganisation("last").clock().freeze();
    }

    try (Simulator simulator = Simulator.builder().store(directory).build()) {
      assertThat(simulator.organisations())
          .extracting(Organisation::name)
          .containsExactly("default", "last");
    }
  }

  @Test
  void anOrganisationThatCannotBeKeptIsNotThere() {
    Simulator simulator = Simulator.builder().store(directory).build();
    simulator.close();

    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> simulator.addOrganisation("lost"))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageStartingWith("The simulator cannot write its store in " + directory + " (");
    }
    assertThat(simulator.organisations()).hasSize(1);
  }

  @Test
  void oneNameIsOneOrganisationWhateverTheSeeds() throws Exception {
    Simulator simulator = Simulator.start();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> simulator.load(Scenario.parse("x.yaml", "seed: 7\n\nname: default")))
        .withMessage("x.yaml:3: name: The simulator has an organisation of that name already");
    assertThat(simulator.organisations()).hasSize(1);

    byte[] elsewhere = Simulator.builder().seed(7).build().organisation().snapshot();
    assertThat(simulator.restore(elsewhere).name()).isEqualTo("default");
    assertThat(simulator.organisations()).hasSize(2);
  }

  @Test
  void whatARemovedOrganisationTouchedStaysCovered() {
    World world = new World();
    world.admin.get("/wallets");
    Organisation other = world.simulator.addOrganisation("other");
    TestKey key = TestKey.fresh();
    TestClient ada =
        new TestClient(world.simulator, other.admin("ada", key.pem()), key, Dialect.JAVA);
    ada.get("/wallets");
    ada.get("/keys");

    world.simulator.remove(other);

    assertThat(world.simulator.coverage().touched().get("listWallets")).containsEntry(200, 2L);
    assertThat(world.simulator.coverage().touched().get("listKeys")).containsEntry(200, 1L);
    assertThat(world.organisation.coverage().touched()).doesNotContainKey("listKeys");
  }

  @Test
  void whatWaitsToBeSentLeavesOnceItsOrganisationIsThereAgain() throws Exception {
    try (Receiver receiver = new Receiver()) {
      byte[] waiting = waiting(receiver);

      Organisation moved = Simulator.builder().empty().build().restore(waiting);

      assertArrives(receiver, 2);
      assertThat(moved.deliveries().awaitIdle(SOON)).isTrue();
      moved.restore(waiting);
      assertArrives(receiver, 3);
      assertThat(moved.deliveries().awaitIdle(SOON)).isTrue();
    }
  }

  @Test
  void whatWaitsToBeSentLeavesOnceItsStoreIsOpenedAgain() throws Exception {
    byte[] waiting;
    int port;
    try (Receiver receiver = new Receiver()) {
      waiting = waiting(receiver);
      port = receiver.port();
    }
    try (Simulator simulator = Simulator.builder().store(directory).empty().build()) {
      simulator.restore(waiting); // nobody receives just now
    }
    Path file = directory.resolve("organisations.jsonl");
    List<String> lines = Files.readAllLines(file);
    Files.write(file, lines.subList(0, 3)); // killed before it was known how sending ended
    try (Receiver receiver = new Receiver(port);
        Simulator simulator = Simulator.builder().store(directory).empty().build()) {
      assertArrives(receiver, 1);
      assertThat(simulator.organisation().deliveries().awaitIdle(SOON)).isTrue();
    }
  }

  @Test
  void anOrganisationThatWasHalfMadeWhenTheProcessWasKilledIsNotThereAndCanBeMade()
      throws Exception {
    try (Simulator simulator = Simulator.builder().store(directory).build()) {
      simulator.addOrganisation("second");
    }
    Path file = directory.resolve("organisations.jsonl");
    List<String> lines = Files.readAllLines(file);
    assertThat(lines.get(3)).contains("\"name\":\"second\"");
    Files.write(file, lines.subList(0, 4)); // its name is written, it itself is not

    for (int i = 0; i < 2; i++) {
      try (Simulator simulator = Simulator.builder().store(directory).build()) {
        assertThat(simulator.organisations())
            .extracting(Organisation::name)
            .containsOnly("default");
        simulator.remove(simulator.addOrganisation("second"));
      }
    }
    try (Simulator simulator = Simulator.builder().store(directory).build()) {
      simulator.addOrganisation("second");
    }
    try (Simulator simulator = Simulator.builder().store(directory).build()) {
      assertThat(simulator.organisations()).hasSize(2);
    }
  }

  /** A snapshot with an event that arrived, as it was before that was known. */
  private static byte[] waiting(Receiver receiver) throws InterruptedException {
    World world = new World();
    world.admin.post(
        "/webhooks", "{\"url\":\"" + receiver.url() + "\",\"events\":[\"wallet.created\"]}");
    world.admin.post("/wallets", "{\"network\":\"EthereumSepolia\"}");
    assertThat(world.organisation.deliveries().awaitIdle(SOON)).isTrue();
    assertArrives(receiver, 1);
    JsonNode snapshot = Json.parse(world.organisation.snapshot()).orElseThrow();
    JsonNode row = snapshot.path("tables").path("webhook events").path("rows").path(0);
    ((ObjectNode) row.path("hidden")).put("outbox", "yes");
    ((ObjectNode) row.path("shown")).remove("status");
    return Json.bytes(snapshot);
  }

  private static void assertArrives(Receiver receiver, int count) throws InterruptedException {
    for (int i = 0; i < 400 && receiver.received().size() < count; i++) {
      Thread.sleep(25);
    }
    assertThat(receiver.received()).hasSize(count);
  }
}
