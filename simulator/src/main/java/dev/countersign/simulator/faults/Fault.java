package dev.countersign.simulator.faults;

import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Something that goes wrong: what, when, for which requests, and how often. Immutable.
 *
 * <p>Selectors add up: a fault for an operation and an identity strikes where both are right.
 */
public final class Fault {

  /** The request header that asks for the faults of a name, so that tests may run in parallel. */
  public static final String HEADER = "X-Countersign-Fault";

  /** How often a fault without a limit strikes. */
  public static final long ALWAYS = Long.MAX_VALUE;

  private static final Set<Effect.Kind> OF_WEBHOOKS_ONLY =
      EnumSet.of(Effect.Kind.DUPLICATE, Effect.Kind.OUT_OF_ORDER);

  private static final Set<Effect.Kind> OF_WEBHOOKS =
      EnumSet.of(
          Effect.Kind.ANSWER,
          Effect.Kind.STALL,
          Effect.Kind.RESET,
          Effect.Kind.DUPLICATE,
          Effect.Kind.OUT_OF_ORDER);

  private final Effect effect;
  private final Phase phase;
  private final String operation;
  private final String identity;
  private final String header;
  private final long skip;
  private final long times;
  private final double probability;
  private final long seed;

  private Fault(Builder builder) {
    this.effect = builder.effect;
    this.phase = builder.phase;
    this.operation = builder.operation;
    this.identity = builder.identity;
    this.header = builder.header;
    this.skip = builder.skip;
    this.times = builder.times;
    this.probability = builder.probability;
    this.seed = builder.seed;
  }

  /** Starts a fault; for all operations and identities, each time, unless it is set. */
  public static Builder of(Phase phase, Effect effect) {
    return new Builder(phase, effect);
  }

  /** What is noticed of it. */
  public Effect effect() {
    return effect;
  }

  /** When it strikes. */
  public Phase phase() {
    return phase;
  }

  /** The operation, or kind of event, that it strikes; empty for all. */
  public String operation() {
    return operation;
  }

  /** The user, token or credential that it strikes; empty for all. */
  public String identity() {
    return identity;
  }

  /** What {@link #HEADER} has to say; empty if that does not matter. */
  public String header() {
    return header;
  }

  /** How many occasions it lets pass first. */
  public long skip() {
    return skip;
  }

  /** How often it strikes at most; {@link #ALWAYS} if there is no limit. */
  public long times() {
    return times;
  }

  /** How likely it strikes on an occasion; 1 for certain. */
  public double probability() {
    return probability;
  }

  /** What its chance comes from. */
  public long seed() {
    return seed;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Fault that
        && effect.equals(that.effect)
        && phase == that.phase
        && operation.equals(that.operation)
        && identity.equals(that.identity)
        && header.equals(that.header)
        && skip == that.skip
        && times == that.times
        && probability == that.probability
        && seed == that.seed;
  }

  @Override
  public int hashCode() {
    return Objects.hash(effect, phase, operation, identity, header, skip, times, probability, seed);
  }

  /** Effect, phase and what it strikes. */
  @Override
  public String toString() {
    return effect + " " + phase + (operation.isEmpty() ? "" : " of " + operation);
  }

  /** Collects a fault. Not thread-safe. */
  public static final class Builder {
    private final Phase phase;
    private final Effect effect;
    private String operation = "";
    private String identity = "";
    private String header = "";
    private long skip;
    private long times = ALWAYS;
    private double probability = 1;
    private long seed;

    private Builder(Phase phase, Effect effect) {
      this.phase = Objects.requireNonNull(phase, "phase");
      this.effect = Objects.requireNonNull(effect, "effect");
    }

    /** Strikes one operation only, such as {@code transferAsset}; in webhooks, a kind of event. */
    public Builder operation(String value) {
      operation = Objects.requireNonNull(value, "operation");
      return this;
    }

    /** Strikes one identity only: a user's, token's or credential's identifier. */
    public Builder identity(String value) {
      identity = Objects.requireNonNull(value, "identity");
      return this;
    }

    /** Strikes only requests that ask for it with the header {@link Fault#HEADER}. */
    public Builder header(String value) {
      header = Objects.requireNonNull(value, "header");
      return this;
    }

    /**
     * Lets so many occasions pass first.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public Builder skip(long value) {
      if (value < 0) {
        throw new IllegalArgumentException("A fault skips 0 or more, not " + value);
      }
      skip = value;
      return this;
    }

    /**
     * Strikes so often at most.
     *
     * @throws IllegalArgumentException unless it is positive
     */
    public Builder times(long value) {
      if (value < 1) {
        throw new IllegalArgumentException("A fault strikes 1 or more times, not " + value);
      }
      times = value;
      return this;
    }

    /**
     * Strikes by chance: the n-th occasion of a seed is always struck, or never.
     *
     * @param value more than 0, at most 1
     * @throws IllegalArgumentException for any other probability
     */
    public Builder probability(double value, long seed) {
      if (!(value > 0 && value <= 1)) {
        throw new IllegalArgumentException(
            "A fault's probability is more than 0 and at most 1, not " + value);
      }
      probability = value;
      this.seed = seed;
      return this;
    }

    /**
     * The fault.
     *
     * @throws IllegalArgumentException if phase, effect and selectors do not go together
     */
    public Fault build() {
      boolean webhook = phase == Phase.WEBHOOK;
      if (webhook ? !OF_WEBHOOKS.contains(effect.kind()) : isOfWebhooksOnly()) {
        throw new IllegalArgumentException(
            "The effect " + effect.kind() + " is not one of the phase " + phase);
      }
      if (webhook && !(identity.isEmpty() && header.isEmpty())) {
        throw new IllegalArgumentException(
            "Nobody sends a webhook's delivery: it is selected by neither identity nor header");
      }
      return new Fault(this);
    }

    private boolean isOfWebhooksOnly() {
      return OF_WEBHOOKS_ONLY.contains(effect.kind());
    }
  }
}
