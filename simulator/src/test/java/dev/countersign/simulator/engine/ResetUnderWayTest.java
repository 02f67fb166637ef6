package dev.countersign.simulator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.countersign.simulator.Delivery;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A reset while a delivery is under way, after which the same identifiers come again. */
final class ResetUnderWayTest {

  private final List<String> received = new CopyOnWriteArrayList<>();
  private final CountDownLatch first = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);

  @Test
  void anEventAfterItIsSentThoughOneOfItsIdentifierIsUnderWay() throws Exception {
    World world = new World();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    ExecutorService pool = Executors.newCachedThreadPool();
    server.setExecutor(pool);
    server.createContext(
        "/",
        exchange -> {
          received.add(
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          if (received.size() == 1) {
            first.countDown();
            await(released);
          }
          exchange.sendResponseHeaders(500, -1);
          exchange.close();
        });
    server.start();
    try {
      world.admin.post(
          "/webhooks",
          "{\"url\":\"http://localhost:"
              + server.getAddress().getPort()
              + "/\",\"events\":[\"wallet.created\"]}");
      world.organisation.mark();
      wallet(world, "before");
      String event = world.organisation.deliveries().list().get(0).eventId();
      await(first);
      world.organisation.reset();

      wallet(world, "after");
      released.countDown();

      assertThat(world.organisation.deliveries().awaitIdle(Duration.ofSeconds(20))).isTrue();
      assertThat(received).hasSize(2);
      assertThat(received.get(0)).contains("before");
      assertThat(received.get(1)).contains("after");
      assertThat(world.organisation.deliveries().list())
          .extracting(Delivery::eventId)
          .containsExactly(event);
    } finally {
      released.countDown();
      server.stop(0);
      pool.shutdownNow();
    }
  }

  private static void wallet(World world, String name) {
    assertThat(
            world
                .admin
                .post("/wallets", "{\"network\":\"EthereumSepolia\",\"name\":\"" + name + "\"}")
                .status())
        .isEqualTo(200);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
