package dev.countersign.batch;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One item as a journal keeps it. Immutable; it holds nothing secret. */
public final class JournalItem {

  private final Builder kept;

  private JournalItem(Builder builder) {
    this.kept = builder;
  }

  /**
   * Starts describing an item that waits.
   *
   * @param id the item's id, unique in its batch
   * @param operation the operation's name in the API
   * @param request the frozen request, as {@link dev.countersign.call.Call#freeze()} gives it
   * @param fingerprint a digest of the request without its {@code externalId}: by it a submission
   *     that comes again is known from another one
   */
  public static Builder of(String id, String operation, String request, String fingerprint) {
    return new Builder(id, operation, request, fingerprint);
  }

  /** The item's id. */
  public String id() {
    return kept.id;
  }

  /** The operation's name in the API. */
  public String operation() {
    return kept.operation;
  }

  /** The frozen request. */
  public String request() {
    return kept.request;
  }

  /** The digest of the request. */
  public String fingerprint() {
    return kept.fingerprint;
  }

  /** What it is kept in order with, if with anything. */
  public Optional<String> orderKey() {
    return Optional.ofNullable(kept.orderKey);
  }

  /** The {@code externalId} in the request, if there is one. */
  public Optional<String> externalId() {
    return Optional.ofNullable(kept.externalId);
  }

  /** Where it stands among the items: greater than that of every item added before. */
  public long position() {
    return kept.position;
  }

  /** The fence of whoever started it last; zero if nobody has, or it certainly had no effect. */
  public long startedBy() {
    return kept.startedBy;
  }

  /** When it was started last, by the starter's clock. */
  public Optional<Instant> startedAt() {
    return Optional.ofNullable(kept.startedAt);
  }

  /** How it ended, if it has. */
  public Optional<RecordedEnd> end() {
    return Optional.ofNullable(kept.end);
  }

  /** A builder that starts from this item. */
  public Builder toBuilder() {
    return new Builder(kept);
  }

  @Override
  public String toString() {
    return "item " + kept.id + " " + kept.operation;
  }

  /** Collects what is kept of an item. Not thread-safe. */
  public static final class Builder {
    private final String id;
    private final String operation;
    private final String request;
    private final String fingerprint;
    private @Nullable String orderKey;
    private @Nullable String externalId;
    private long position;
    private long startedBy;
    private @Nullable Instant startedAt;
    private @Nullable RecordedEnd end;

    private Builder(String id, String operation, String request, String fingerprint) {
      this.id = Names.require("item id", id);
      this.operation = Objects.requireNonNull(operation, "operation");
      this.request = Objects.requireNonNull(request, "request");
      this.fingerprint = Objects.requireNonNull(fingerprint, "fingerprint");
    }

    private Builder(Builder from) {
      this(from.id, from.operation, from.request, from.fingerprint);
      this.orderKey = from.orderKey;
      this.externalId = from.externalId;
      this.position = from.position;
      this.startedBy = from.startedBy;
      this.startedAt = from.startedAt;
      this.end = from.end;
    }

    /** Sets what it is kept in order with. */
    public Builder orderKey(@Nullable String orderKey) {
      this.orderKey = orderKey;
      return this;
    }

    /** Sets the {@code externalId} in the request. */
    public Builder externalId(@Nullable String externalId) {
      this.externalId = externalId;
      return this;
    }

    /** Sets where it stands; a journal does. */
    public Builder position(long position) {
      this.position = position;
      return this;
    }

    /** Sets who started it when; a journal does. */
    public Builder started(long fence, @Nullable Instant at) {
      this.startedBy = fence;
      this.startedAt = at;
      return this;
    }

    /** Sets how it ended; a journal does. */
    public Builder end(@Nullable RecordedEnd end) {
      this.end = end;
      return this;
    }

    /** The item. */
    public JournalItem build() {
      return new JournalItem(new Builder(this));
    }
  }
}
