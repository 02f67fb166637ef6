package dev.countersign.webhook;

import static dev.countersign.webhook.Signed.bytes;
import static dev.countersign.webhook.Signed.event;
import static dev.countersign.webhook.Signed.signature;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.api.webhooks.WebhookEvent;
import dev.countersign.http.JacksonCodec;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WebhookReceiverTest {

  private final List<WebhookEvent> handled = new ArrayList<>();
  private final DeliveryLog log = MemoryDeliveryLog.create();

  private WebhookReceiver receiver(WebhookHandler handler) {
    return receiver(log, handler);
  }

  private static WebhookReceiver receiver(DeliveryLog log, WebhookHandler handler) {
    return WebhookReceiver.of(Signed.verifier(), log, handler).withClock(Signed.CLOCK);
  }

  private static Reception deliver(WebhookReceiver receiver, String body) {
    return receiver.receive(bytes(body), List.of(signature(bytes(body))));
  }

  private static void failing(WebhookEvent event) {
    throw new IllegalStateException("no room");
  }

  @Test
  void anEventIsHandledOnceHoweverOftenItComes() {
    WebhookReceiver receiver = receiver(handled::add);

    assertThat(deliver(receiver, event("whe-1", "")))
        .hasToString("200: The event whe-1 was handled");
    assertThat(deliver(receiver, event("whe-1", "")))
        .hasToString("200: The event whe-1 was handled before");
    assertThat(deliver(receiver, event("whe-2", ",\"retryOf\":\"whe-1\"")).status()).isEqualTo(200);

    assertThat(handled).extracting(WebhookEvent::id).containsExactly("whe-1");
  }

  @Test
  void anEventWhoseHandlerFailedIsHandledWhenItComesAgain() {
    Reception failed = deliver(receiver(WebhookReceiverTest::failing), event("whe-1", ""));
    assertThat(failed.status()).isEqualTo(500);
    assertThat(failed.failure()).get().isInstanceOf(IllegalStateException.class);

    Reception again = deliver(receiver(handled::add), event("whe-2", ",\"retryOf\":\"whe-1\""));

    assertThat(again.status()).isEqualTo(200);
    assertThat(handled).hasSize(1);
  }

  @Test
  void anEventThatIsBeingHandledIsToComeAgain() {
    WebhookReceiver inner = receiver(handled::add);
    List<Reception> within = new ArrayList<>();
    WebhookReceiver outer =
        receiver(event -> within.add(deliver(inner, event("whe-2", ",\"retryOf\":\"whe-1\""))));

    assertThat(deliver(outer, event("whe-1", "")).status()).isEqualTo(200);

    assertThat(within)
        .singleElement()
        .satisfies(reception -> assertThat(reception.status()).isEqualTo(503));
    assertThat(handled).isEmpty();
  }

  @Test
  void aRefusedDeliveryReachesNeitherLogNorHandler() {
    byte[] body = bytes(event("whe-1", ""));
    WebhookReceiver receiver = receiver(new BrokenLog("claim"), handled::add);

    for (List<String> signatures :
        List.of(
            List.<String>of(),
            List.of("sha256=00"),
            List.of(signature(body), signature(body)),
            List.of(signature(bytes("{}"))))) {
      assertThat(receiver.receive(body, signatures).status()).isEqualTo(401);
    }
    assertThat(receiver.receive(body, List.of(signature(body), "x")).reason())
        .isEqualTo(
            "The delivery was refused: it has 2 headers X-DFNS-WEBHOOK-SIGNATURE instead of one");
    assertThat(handled).isEmpty();
  }

  @Test
  void aLogThatCannotClaimLeavesTheEventToTheNextAttempt() {
    Reception reception =
        deliver(receiver(new BrokenLog("claim"), handled::add), event("whe-1", ""));

    assertThat(reception.status()).isEqualTo(503);
    assertThat(handled).isEmpty();
  }

  @Test
  void aLogThatCannotConfirmIsNotAnsweredAsHandled() {
    Reception reception =
        deliver(receiver(new BrokenLog("confirm"), handled::add), event("whe-1", ""));

    assertThat(reception.status()).isEqualTo(503);
    assertThat(reception.reason()).contains("was handled, which could not be remembered");
  }

  @Test
  void aLogThatCannotReleaseDoesNotHideWhyTheHandlerFailed() {
    Reception reception =
        deliver(
            receiver(new BrokenLog("release"), WebhookReceiverTest::failing), event("whe-1", ""));

    assertThat(reception.status()).isEqualTo(500);
    assertThat(reception.failure()).get().extracting(Throwable::getMessage).isEqualTo("no room");
  }

  @Test
  void secretsThatCannotBeHadAreNoRefusal() {
    WebhookVerifier verifier =
        WebhookVerifier.of(
            new JacksonCodec(),
            () -> {
              throw new IllegalStateException("vault sealed");
            });

    Reception reception =
        deliver(WebhookReceiver.of(verifier, log, handled::add), event("whe-1", ""));

    assertThat(reception.status()).isEqualTo(503);
  }

  @Test
  void neitherSecretNorBodyIsInWhatIsSaidOfADelivery() {
    StringWriter said = new StringWriter();
    List<Reception> all = new ArrayList<>();
    byte[] body = bytes(event("whe-1", ""));
    all.add(deliver(receiver(handled::add), event("whe-1", "")));
    all.add(deliver(receiver(WebhookReceiverTest::failing), event("whe-2", "")));
    all.add(deliver(receiver(new BrokenLog("claim"), handled::add), event("whe-3", "")));
    all.add(receiver(handled::add).receive(body, List.of("sha256=" + "a".repeat(64))));
    all.add(receiver(handled::add).receive(body, List.of(Signed.SECRET)));
    all.add(deliver(receiver(handled::add), "{\"canary-body\":"));
    all.add(deliver(receiver(handled::add), "{\"timestampSent\":\"canary-body\"}"));
    for (Reception reception : all) {
      said.append(reception.toString());
      reception.failure().ifPresent(e -> e.printStackTrace(new PrintWriter(said, true)));
    }
    said.append(Signed.verifier().toString());

    assertThat(said.toString())
        .contains("whe-2")
        .doesNotContain("canary-body", Signed.SECRET, signature(body));
  }

  @Test
  void anEventWithoutIdIsRefusedAsNobodyCouldKnowItAgain() {
    String body = event("whe-1", "").replace("\"id\":\"whe-1\",", "");

    assertThat(deliver(receiver(handled::add), body).reason())
        .isEqualTo(
            "The delivery was refused: its body cannot be read: Dfns sent a WebhookEvent without"
                + " 'id'");
  }

  /** Throws at one of its three doors. */
  private record BrokenLog(String at) implements DeliveryLog {

    private void door(String name) {
      if (name.equals(at)) {
        throw new IllegalStateException("the store is gone");
      }
    }

    @Override
    public Claim claim(String eventId, @Nullable String retryOf, Instant now) {
      door("claim");
      return Claim.FIRST;
    }

    @Override
    public void confirm(String eventId, Instant now) {
      door("confirm");
    }

    @Override
    public void release(String eventId) {
      door("release");
    }
  }
}
