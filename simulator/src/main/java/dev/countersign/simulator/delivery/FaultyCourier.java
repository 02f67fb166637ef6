package dev.countersign.simulator.delivery;

import dev.countersign.simulator.faults.Effect;
import dev.countersign.simulator.faults.WebhookFaults;
import dev.countersign.simulator.webhooks.Courier;
import dev.countersign.simulator.webhooks.Parcel;
import dev.countersign.simulator.webhooks.Receipt;
import java.time.Duration;
import java.util.Optional;

/** A courier whose way an organisation's faults cross. */
final class FaultyCourier implements Courier {

  /** How much later than its turn a delivery is that lets others overtake it. */
  static final Duration OVERTAKEN = Duration.ofMillis(300);

  private final Courier courier;
  private final WebhookFaults faults;

  FaultyCourier(Courier courier, WebhookFaults faults) {
    this.courier = courier;
    this.faults = faults;
  }

  @Override
  public Receipt send(Parcel parcel) {
    Optional<Effect> effect = faults.next(parcel.kind());
    return effect.isEmpty() ? courier.send(parcel) : send(parcel, effect.get());
  }

  private Receipt send(Parcel parcel, Effect effect) {
    return switch (effect.kind()) {
      case ANSWER -> Receipt.answered(effect.status());
      case STALL -> Receipt.unanswered("no answer in time, as a fault of the simulator wants it");
      case RESET, EMPTY, TRUNCATED, STALLED_BODY, GARBAGE ->
          Receipt.unanswered("the receiver gave no HTTP answer, as a fault wants it");
      case DUPLICATE -> {
        courier.send(parcel);
        yield courier.send(parcel);
      }
      case OUT_OF_ORDER -> {
        await();
        yield courier.send(parcel);
      }
      case LATENCY -> courier.send(parcel);
    };
  }

  private static void await() {
    try {
      Thread.sleep(OVERTAKEN.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
