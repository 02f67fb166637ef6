package dev.countersign.batch;

import dev.countersign.call.Call;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One operation of a batch. Immutable.
 *
 * @param <T> what Dfns answers
 */
public final class BatchItem<T> {

  private final String id;
  private final Call<? extends T> call;
  private final @Nullable String orderKey;

  private BatchItem(String id, Call<? extends T> call, @Nullable String orderKey) {
    this.id = Names.require("item id", id);
    this.call = Objects.requireNonNull(call, "call");
    this.orderKey = orderKey;
  }

  /**
   * An item in no particular order.
   *
   * @param id the caller's own, such as an invoice number: the same one names the same item when it
   *     is submitted again
   * @param call what to run; an operation that needs a user action, and whose body holds no secret
   */
  public static <T> BatchItem<T> of(String id, Call<? extends T> call) {
    return new BatchItem<>(id, call, null);
  }

  /**
   * The same item, run after every item of this key that was submitted before it has ended: a
   * wallet's id keeps that wallet's items in order, and one key for all items keeps all.
   *
   * <p>If one of them ends {@link ItemEnd#NO_EFFECT} or {@link ItemEnd#UNKNOWN} in this run, or is
   * in the journal and cannot be begun, those behind it are not begun either, since it may yet have
   * to be done before them.
   */
  public BatchItem<T> inOrderWith(String key) {
    return new BatchItem<>(id, call, Names.require("order key", key));
  }

  /** The item's id. */
  public String id() {
    return id;
  }

  /** What to run. */
  public Call<? extends T> call() {
    return call;
  }

  /** What it is kept in order with, if with anything. */
  public Optional<String> orderKey() {
    return Optional.ofNullable(orderKey);
  }

  @Override
  public String toString() {
    return "item " + id + ": " + call;
  }
}
