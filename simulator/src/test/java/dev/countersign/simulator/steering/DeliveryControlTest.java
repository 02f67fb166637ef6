package dev.countersign.simulator.steering;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.countersign.api.webhooks.CreateWebhookBody;
import dev.countersign.api.webhooks.WebhookSubscription;
import dev.countersign.simulator.Delivery;
import dev.countersign.simulator.Organisation;
import dev.countersign.simulator.client.OrganisationClient;
import dev.countersign.simulator.faults.Presets;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Deliveries to webhooks. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeliveryControlTest {

  static final Set<String> SHOWN = Set.of("listDeliveries", "redeliver");

  @RegisterExtension private final ControlFixture control = ControlFixture.showing(SHOWN);

  @Test
  void deliveriesAreSeenAndMadeOnceMoreAndFaultsCrossTheirWay() throws Exception {
    OrganisationClient organisation = control.fresh();
    HttpServer receiver =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    AtomicInteger received = new AtomicInteger();
    receiver.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          received.incrementAndGet();
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    receiver.start();
    try {
      Organisation inside =
          control.simulator.organisations().stream()
              .filter(it -> it.id().equals(organisation.id()))
              .findFirst()
              .orElseThrow();
      subscribe(organisation, "http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook");
      organisation.freeze();
      organisation.addFault(Presets.failedDelivery("wallet.created").times(1).build());
      organisation.addFault(Presets.duplicateDelivery("wallet.created").times(1).build());
      control.wallet(organisation, "first");
      assertThat(inside.deliveries().awaitIdle(Duration.ofSeconds(20))).isTrue();
      assertThat(received).hasValue(0);
      assertThat(organisation.deliveries())
          .filteredOn(it -> it.kind().equals("wallet.created"))
          .singleElement()
          .matches(it -> it.status().orElse(0) == 500 && it.nextAttempt().isPresent());

      control.wallet(organisation, "second");
      assertThat(inside.deliveries().awaitIdle(Duration.ofSeconds(20))).isTrue();
      assertThat(received).hasValue(2);

      String again = organisation.redeliver(organisation.deliveries().get(0).eventId());
      assertThat(inside.deliveries().awaitIdle(Duration.ofSeconds(20))).isTrue();
      assertThat(received).hasValue(3);
      assertThat(organisation.deliveries())
          .filteredOn(it -> it.eventId().equals(again))
          .singleElement()
          .matches(Delivery::isDelivered);
    } finally {
      receiver.stop(0);
    }
  }

  private void subscribe(OrganisationClient organisation, String url) {
    control.acting(
        organisation,
        "subscriber",
        dfns ->
            dfns.webhooks()
                .createWebhook(
                    CreateWebhookBody.builder()
                        .url(url)
                        .events(List.of(WebhookSubscription.WALLET_CREATED))
                        .build())
                .execute()
                .id());
  }
}
