package dev.countersign.simulator.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.databind.JsonNode;
import dev.countersign.credential.Secret;
import dev.countersign.http.JacksonCodec;
import dev.countersign.simulator.Delivery;
import dev.countersign.simulator.control.Switches;
import dev.countersign.webhook.WebhookVerifier;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Webhooks are delivered, signed, tried again as the organisation's time passes, and kept. */
final class DeliveryTest {

  private static final Duration SOON = Duration.ofSeconds(20);

  private final World world = new World();
  private final TestClient admin = world.admin;
  private final Receiver receiver;
  private Response webhook = new Response(0, dev.countersign.simulator.json.Json.object());
  private String path = "";

  DeliveryTest() throws IOException {
    receiver = new Receiver();
  }

  @BeforeEach
  void aWebhook() {
    webhook =
        admin.post(
            "/webhooks", "{\"url\":\"" + receiver.url() + "\",\"events\":[\"wallet.created\"]}");
    path = "/webhooks/" + webhook.text("/id");
  }

  @AfterEach
  void close() {
    receiver.close();
  }

  private void wallet() {
    admin.post("/wallets", "{\"network\":\"EthereumSepolia\",\"name\":\"Müller\"}");
  }

  private void settle() throws InterruptedException {
    assertThat(world.organisation.deliveries().awaitIdle(SOON)).isTrue();
  }

  private void pass(Duration time) throws InterruptedException {
    world.organisation.clock().advance(time);
    settle();
  }

  private JsonNode events(String query) {
    return admin.get(path + "/events" + query).body().path("items");
  }

  private List<Delivery> deliveries() {
    return world.organisation.deliveries().list();
  }

  @Test
  void anEventArrivesSignedOverItsBytes() throws InterruptedException {
    wallet();
    settle();

    Receiver.Received received = receiver.received().get(0);
    WebhookVerifier verifier =
        WebhookVerifier.of(new JacksonCodec(), List.of(Secret.of(webhook.text("/secret"))))
            .within(
                Duration.ofMinutes(5),
                Clock.fixed(world.organisation.clock().now(), ZoneOffset.UTC));
    assertThat(
            verifier.verify(received.text().getBytes(StandardCharsets.UTF_8), received.signature()))
        .isInstanceOf(dev.countersign.webhook.Delivery.Genuine.class);
    assertThat(received.json().path("deliveryAttempt").asInt()).isEqualTo(1);
    assertThat(received.json().has("status") || received.json().has("retryOf")).isFalse();
    assertThat(received.json().at("/data/wallet/name").asText()).isEqualTo("Müller");
    JsonNode stored = events("?deliveryFailed=false").get(0);
    assertThat(stored.path("status").asText()).isEqualTo("200");
    assertThat(stored.path("id")).isEqualTo(received.json().path("id"));
    assertThat(stored.has("nextAttemptDate")).isFalse();
    assertThat(events("?deliveryFailed=true")).isEmpty();
  }

  @Test
  void aFailedDeliveryIsTriedFiveTimesWithinADay() throws InterruptedException {
    receiver.answers(500);
    Instant start = world.organisation.clock().now();
    wallet();
    settle();
    assertThat(receiver.received()).hasSize(1);
    assertThat(Instant.parse(events("").get(0).path("nextAttemptDate").asText()))
        .isEqualTo(start.plus(Duration.ofMinutes(1)));
    assertThat(events("?deliveryFailed=true")).hasSize(1);

    pass(Duration.ofSeconds(59));
    assertThat(receiver.received()).hasSize(1);
    pass(Duration.ofSeconds(1));
    assertThat(receiver.received()).hasSize(2);
    pass(Duration.ofMinutes(11).minusMillis(1));
    assertThat(receiver.received()).hasSize(2);
    pass(Duration.ofMillis(1));
    assertThat(receiver.received()).hasSize(3);
    pass(Duration.ofMinutes(108));
    assertThat(receiver.received()).hasSize(4);
    pass(Duration.ofHours(22));
    assertThat(receiver.received()).hasSize(5);
    pass(Duration.ofDays(7));
    assertThat(receiver.received()).hasSize(5);

    String first = receiver.received().get(0).json().path("id").asText();
    assertThat(receiver.received().stream().map(it -> it.json().path("id").asText()))
        .doesNotHaveDuplicates();
    assertThat(receiver.received().stream().skip(1))
        .allSatisfy(it -> assertThat(it.json().path("retryOf").asText()).isEqualTo(first));
    assertThat(receiver.received().stream().map(it -> it.json().path("deliveryAttempt").asInt()))
        .containsExactly(1, 2, 3, 4, 5);
    assertThat(receiver.received().get(4).json().path("timestampSent").asLong())
        .isEqualTo(start.plus(Duration.ofDays(1)).getEpochSecond());
    assertThat(deliveries()).hasSize(5).allMatch(it -> it.nextAttempt().isEmpty());
    assertThat(deliveries()).allMatch(it -> it.status().equals(java.util.Optional.of(500)));
  }

  @Test
  void oneMoveOverAWholeDayMakesAllAttempts() throws InterruptedException {
    receiver.answers(503);
    wallet();
    settle();
    pass(Duration.ofDays(2));

    assertThat(receiver.received()).hasSize(5);
  }

  @Test
  void aRetryThatArrivesEndsTheAttempts() throws InterruptedException {
    receiver.answers(204);
    wallet();
    settle();
    receiver.answers(200);
    pass(Duration.ofDays(2));

    assertThat(receiver.received()).hasSize(2);
    assertThat(deliveries()).extracting(Delivery::isDelivered).containsExactly(false, true);
  }

  @Test
  void aRedirectIsAFailureAndNotFollowed() throws InterruptedException {
    receiver.answers(302);
    wallet();
    settle();

    assertThat(receiver.received()).hasSize(1);
    assertThat(events("?deliveryFailed=true").get(0).path("status").asText()).isEqualTo("302");
  }

  @Test
  void nobodyThereIsAFailureWithoutStatus() throws InterruptedException {
    receiver.close();
    wallet();
    settle();

    JsonNode event = events("?deliveryFailed=true").get(0);
    assertThat(event.has("status")).isFalse();
    assertThat(event.path("error").asText()).isEqualTo("the receiver cannot be reached");
    assertThat(event.has("nextAttemptDate")).isTrue();
  }

  @Test
  void aDisabledWebhookIsNotTriedAgainAndOneEnabledInTimeIs() throws InterruptedException {
    receiver.answers(500);
    wallet();
    settle();
    admin.put(path, "{\"status\":\"Disabled\"}");
    admin.put(path, "{\"status\":\"Enabled\"}");
    pass(Duration.ofMinutes(1));
    assertThat(receiver.received()).hasSize(2);

    admin.put(path, "{\"status\":\"Disabled\"}");
    pass(Duration.ofMinutes(11));
    admin.put(path, "{\"status\":\"Enabled\"}");
    pass(Duration.ofDays(2));

    assertThat(receiver.received()).hasSize(2);
    assertThat(deliveries()).allMatch(it -> it.nextAttempt().isEmpty());
  }

  @Test
  void aDeletedWebhookIsNotTriedAgain() throws InterruptedException {
    receiver.answers(500);
    wallet();
    settle();
    admin.delete(path);
    pass(Duration.ofDays(2));

    assertThat(receiver.received()).hasSize(1);
    assertThat(deliveries()).isEmpty();
  }

  @Test
  void whatWasRefusedIsNotDelivered() throws InterruptedException {
    assertThat(admin.post("/wallets", "{\"network\":\"Nowhere\"}").status()).isEqualTo(400);
    settle();

    assertThat(receiver.received()).isEmpty();
  }

  @Test
  void aPingArrivesAndIsNotKept() throws InterruptedException {
    Response ping = admin.post(path + "/ping", "{}");
    settle();

    assertThat(ping.text("/status")).isEqualTo("200");
    assertThat(ping.body().has("error")).isFalse();
    assertThat(receiver.received()).hasSize(1);
    assertThat(receiver.received().get(0).signature()).matches("sha256=[0-9a-f]{64}");
    assertThat(events("")).isEmpty();
    receiver.answers(401);
    assertThat(admin.post(path + "/ping", "{}").text("/status")).isEqualTo("401");
  }

  @Test
  void whatLeavesTheMachineIsNotSentUnlessASwitchAllowsIt() throws InterruptedException {
    admin.put(path, "{\"url\":\"http://countersign.invalid/hook\"}");
    wallet();
    settle();
    JsonNode event = events("?deliveryFailed=true").get(0);
    assertThat(event.path("error").asText()).contains("webhooksLeaveTheMachine");
    assertThat(event.has("deliveryAttempt") || event.has("nextAttemptDate")).isFalse();
    assertThat(admin.post(path + "/ping", "{}").text("/error")).contains("webhooksLeaveTheMachine");
    String id = event.path("id").asText();
    assertThatIllegalStateException()
        .isThrownBy(() -> world.organisation.deliveries().redeliver(id));

    World open = new World(Switches.defaults().toBuilder().webhooksLeaveTheMachine(true).build());
    open.admin.post(
        "/webhooks",
        "{\"url\":\"http://countersign.invalid/hook\",\"events\":[\"wallet.created\"]}");
    open.admin.post("/wallets", "{\"network\":\"EthereumSepolia\"}");
    assertThat(open.organisation.deliveries().awaitIdle(SOON)).isTrue();
    assertThat(open.organisation.deliveries().list())
        .singleElement()
        .satisfies(it -> assertThat(it.attempt()).isEqualTo(1))
        .satisfies(it -> assertThat(it.error().orElseThrow()).contains("receiver"));
  }

  @Test
  void anEventIsDeliveredOnceMoreWhenATestWantsIt() throws InterruptedException {
    wallet();
    settle();
    String first = deliveries().get(0).eventId();
    String again = world.organisation.deliveries().redeliver(first);
    settle();

    assertThat(receiver.received()).hasSize(2);
    assertThat(world.organisation.deliveries().redeliver(first)).isNotEqualTo(again);
    settle();
    assertThat(receiver.received()).hasSize(3);
    assertThat(receiver.received().get(1).json().path("id").asText()).isEqualTo(again);
    assertThat(receiver.received().get(1).json().path("retryOf").asText()).isEqualTo(first);
  }

  @Test
  void withARunningClockEventsComeWithoutAnybodyAsking() throws InterruptedException {
    admin.put(path, "{\"events\":[\"wallet.transfer.confirmed\"]}");
    String wallet = admin.post("/wallets", "{\"network\":\"EthereumSepolia\"}").text("/id");
    admin.post(
        "/wallets/" + wallet + "/transfers",
        "{\"kind\":\"Native\",\"to\":\"0x00000000000000000000000000000000000000Aa\","
            + "\"amount\":\"1\"}");
    world.organisation.clock().resume();
    for (int i = 0; i < 600 && receiver.received().isEmpty(); i++) {
      Thread.sleep(50);
    }

    assertThat(receiver.received()).hasSize(1);
  }

  @Test
  void identifiersDoNotDependOnHowDeliveriesEnd() throws InterruptedException {
    receiver.answers(500);
    wallet();
    settle();
    pass(Duration.ofMinutes(1));
    String next = admin.post("/wallets", "{\"network\":\"EthereumSepolia\"}").text("/id");

    World twin = new World();
    twin.admin.post(
        "/webhooks", "{\"url\":\"" + receiver.url() + "\",\"events\":[\"wallet.created\"]}");
    receiver.answers(200);
    twin.admin.post("/wallets", "{\"network\":\"EthereumSepolia\",\"name\":\"Müller\"}");
    assertThat(twin.organisation.deliveries().awaitIdle(SOON)).isTrue();

    assertThat(twin.admin.post("/wallets", "{\"network\":\"EthereumSepolia\"}").text("/id"))
        .isEqualTo(next);
  }

  @Test
  void noSecretIsShown() throws InterruptedException {
    receiver.answers(500);
    wallet();
    settle();

    String secret = webhook.text("/secret");
    assertThat(deliveries().toString() + world.organisation.decisions() + events(""))
        .doesNotContain(secret);
  }
}
