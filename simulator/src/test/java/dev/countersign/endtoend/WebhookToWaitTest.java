package dev.countersign.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.countersign.api.wallets.TransferRequest;
import dev.countersign.api.webhooks.CreateWebhookBody;
import dev.countersign.api.webhooks.WebhookEvent;
import dev.countersign.api.webhooks.WebhookSubscription;
import dev.countersign.api.webhooks.WebhookWithSecret;
import dev.countersign.approval.WaitId;
import dev.countersign.approval.WaitPace;
import dev.countersign.approval.Waited;
import dev.countersign.approval.Waits;
import dev.countersign.credential.Secret;
import dev.countersign.http.JacksonCodec;
import dev.countersign.http.WebhookEndpoint;
import dev.countersign.simulator.Delivery;
import dev.countersign.webhook.MemoryDeliveryLog;
import dev.countersign.webhook.Reception;
import dev.countersign.webhook.WebhookReceiver;
import dev.countersign.webhook.WebhookVerifier;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The simulator delivers over a socket to an application's endpoint, and its wait ends by that. */
class WebhookToWaitTest {

  private static final Duration SOON = Duration.ofSeconds(30);

  /** Nobody looks again while a test runs: only an event can end a wait. */
  private static final WaitPace NEVER =
      new WaitPace(Duration.ofMinutes(30), Duration.ofMinutes(30), 1.5, 0);

  private Shop shop;
  private Waits waits;
  private HttpServer server;
  private final List<Reception> receptions = new CopyOnWriteArrayList<>();
  private final List<String> handled = new CopyOnWriteArrayList<>();
  private final AtomicInteger failures = new AtomicInteger();

  @BeforeEach
  void open(@TempDir Path folder) throws IOException {
    shop = new Shop(folder.resolve("key.pem"));
    waits = shop.dfns.waits().pace(NEVER).open();
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
    WebhookWithSecret webhook =
        shop.dfns
            .webhooks()
            .createWebhook(
                CreateWebhookBody.builder()
                    .url("http://127.0.0.1:" + server.getAddress().getPort() + "/dfns")
                    .events(List.of(WebhookSubscription.WALLET_TRANSFER_CONFIRMED))
                    .build())
            .execute();
    WebhookVerifier verifier =
        WebhookVerifier.of(new JacksonCodec(), List.of(webhook.secret()))
            .within(Duration.ofMinutes(5), simulatedTime());
    server.createContext(
        "/dfns",
        WebhookEndpoint.over(WebhookReceiver.of(verifier, MemoryDeliveryLog.create(), this::handle))
            .listener(receptions::add));
  }

  @AfterEach
  void close() {
    server.stop(0);
    waits.close();
    shop.close();
  }

  /** The time of the organisation, which the test moves. */
  private Clock simulatedTime() {
    InstantSource time = () -> shop.simulator.organisation().clock().now();
    return time.withZone(ZoneOffset.UTC);
  }

  private void handle(WebhookEvent event) {
    if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      throw new IllegalStateException("the database is away");
    }
    handled.add(event.id());
    waits.accept(event);
  }

  private void pass(Duration time) throws InterruptedException {
    shop.simulator.organisation().clock().advance(time);
    assertThat(shop.simulator.organisation().deliveries().awaitIdle(SOON)).isTrue();
  }

  private List<Delivery> deliveries() {
    return shop.simulator.organisation().deliveries().list();
  }

  private List<Integer> answers() {
    return receptions.stream().map(Reception::status).toList();
  }

  @Test
  void aDeliveryEndsAWaitThatNobodyWouldLookAtForLong() throws Exception {
    TransferRequest begun = shop.transfer();
    CompletableFuture<Waited<TransferRequest>> wait =
        waits.on(WaitId.of(begun)).awaitAsync(Duration.ofMinutes(20));
    assertThat(wait).isNotDone();

    pass(Duration.ofSeconds(5));

    Waited<TransferRequest> how = wait.get(20, TimeUnit.SECONDS);
    assertThat(how).isInstanceOf(Waited.Confirmed.class);
    assertThat(((Waited.Confirmed<TransferRequest>) how).entity().id()).isEqualTo(begun.id());
    assertThat(answers()).containsExactly(200);
    assertThat(deliveries()).singleElement().satisfies(it -> assertThat(it.isDelivered()).isTrue());
  }

  @Test
  void whatCouldNotBeHandledComesAgainAndIsHandledOnce() throws Exception {
    failures.set(1);
    CompletableFuture<Waited<TransferRequest>> wait =
        waits.on(WaitId.of(shop.transfer())).awaitAsync(Duration.ofMinutes(20));

    pass(Duration.ofSeconds(5));
    assertThat(answers()).containsExactly(500);
    assertThat(handled).isEmpty();
    assertThat(wait).isNotDone();

    pass(Duration.ofMinutes(1));
    assertThat(wait.get(20, TimeUnit.SECONDS)).isInstanceOf(Waited.Confirmed.class);
    assertThat(answers()).containsExactly(500, 200);
    assertThat(handled).hasSize(1);
    assertThat(deliveries()).hasSize(2);
    assertThat(deliveries().get(1).retryOf()).contains(deliveries().get(0).eventId());

    pass(Duration.ofDays(2));
    assertThat(answers()).as("nothing comes a third time").hasSize(2);
  }

  @Test
  void whatIsDeliveredOnceMoreIsHandledOnce() throws Exception {
    CompletableFuture<Waited<TransferRequest>> wait =
        waits.on(WaitId.of(shop.transfer())).awaitAsync(Duration.ofMinutes(20));
    pass(Duration.ofSeconds(5));
    assertThat(wait.get(20, TimeUnit.SECONDS)).isInstanceOf(Waited.Confirmed.class);

    String again =
        shop.simulator.organisation().deliveries().redeliver(deliveries().get(0).eventId());
    pass(Duration.ZERO);

    assertThat(again).isNotEqualTo(deliveries().get(0).eventId());
    assertThat(answers()).containsExactly(200, 200);
    assertThat(receptions.get(1).reason()).endsWith("was handled before");
    assertThat(handled).hasSize(1);
  }

  @Test
  void whatIsSignedByAnotherSecretIsRefusedAndTriedAgain() throws Exception {
    server.removeContext("/dfns");
    WebhookVerifier other =
        WebhookVerifier.of(new JacksonCodec(), List.of(Secret.of("whs-of-another")))
            .within(Duration.ofMinutes(5), simulatedTime());
    server.createContext(
        "/dfns",
        WebhookEndpoint.over(WebhookReceiver.of(other, MemoryDeliveryLog.create(), this::handle))
            .listener(receptions::add));
    shop.transfer();

    pass(Duration.ofSeconds(5));
    pass(Duration.ofMinutes(1));

    assertThat(answers()).containsExactly(401, 401);
    assertThat(handled).isEmpty();
    assertThat(deliveries()).noneMatch(Delivery::isDelivered);
  }
}
