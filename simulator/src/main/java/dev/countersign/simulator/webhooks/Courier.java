package dev.countersign.simulator.webhooks;

/** Brings parcels to their address. Used by several threads at once. */
@FunctionalInterface
public interface Courier {

  /**
   * Tries once, however that ends, and waits for it. Never follows where a receiver points to, and
   * throws nothing for a receiver's fault.
   */
  Receipt send(Parcel parcel);
}
