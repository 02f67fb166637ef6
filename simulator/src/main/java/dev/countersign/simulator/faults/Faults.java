package dev.countersign.simulator.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * What goes wrong in one organisation. Of several faults on one occasion the one that was added
 * first strikes; latencies add up and leave the others their turn. Safe for use by several threads
 * at once; free while there are none.
 */
public final class Faults implements WebhookFaults {

  private record Delivery(String operation) implements Occasion {
    @Override
    public String header() {
      return "";
    }

    @Override
    public Set<String> identities() {
      return Set.of();
    }
  }

  private final AtomicReference<List<PlantedFault>> all = new AtomicReference<>(List.of());
  private final AtomicReference<Consumer<Fault>> check = new AtomicReference<>(fault -> {});
  private final AtomicLong number = new AtomicLong();

  /** No faults. */
  public Faults() {}

  /** Has faults checked before they are added. */
  public void checkedBy(Consumer<Fault> refusal) {
    check.set(refusal);
  }

  /**
   * Adds a fault.
   *
   * @throws IllegalArgumentException if it is for an operation, or kind of event, that there is not
   */
  public PlantedFault add(Fault fault) {
    check.get().accept(fault);
    PlantedFault planted = new PlantedFault("fl-" + number.incrementAndGet(), fault, 0, 0);
    all.updateAndGet(
        before -> {
          List<PlantedFault> after = new ArrayList<>(before);
          after.add(planted);
          return List.copyOf(after);
        });
    return planted;
  }

  /** Adds a fault, as {@link #add(Fault)} does. */
  public PlantedFault add(Fault.Builder fault) {
    return add(fault.build());
  }

  /** All of them in the order in which they were added, spent ones too; unmodifiable. */
  public List<PlantedFault> list() {
    return all.get();
  }

  /** The fault of an identifier, if there is one. */
  public Optional<PlantedFault> find(String id) {
    return all.get().stream().filter(fault -> fault.id().equals(id)).findFirst();
  }

  /** Removes a fault; whether it was there. */
  public boolean remove(String id) {
    List<PlantedFault> before =
        all.getAndUpdate(
            faults -> faults.stream().filter(fault -> !fault.id().equals(id)).toList());
    return before.stream().anyMatch(fault -> fault.id().equals(id));
  }

  /** Removes all. */
  public void clear() {
    all.set(List.of());
  }

  /** Whether there are none. */
  public boolean isEmpty() {
    return all.get().isEmpty();
  }

  /**
   * Those that strike on an occasion, which each of them counts: latencies, and at most one other,
   * the last.
   */
  public List<PlantedFault> striking(Phase phase, Occasion occasion) {
    List<PlantedFault> striking = new ArrayList<>();
    for (PlantedFault fault : all.get()) {
      if (fault.selects(phase, occasion) && fault.strikes()) {
        striking.add(fault);
        if (fault.fault().effect().kind() != Effect.Kind.LATENCY) {
          break;
        }
      }
    }
    return striking;
  }

  @Override
  public Optional<Effect> next(String event) {
    return isEmpty()
        ? Optional.empty()
        : striking(Phase.WEBHOOK, new Delivery(event)).stream()
            .findFirst()
            .map(planted -> planted.fault().effect());
  }
}
