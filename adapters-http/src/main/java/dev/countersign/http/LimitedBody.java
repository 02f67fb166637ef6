package dev.countersign.http;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Collects the bytes of a reply and stops reading when there are too many. */
final class LimitedBody implements BodySubscriber<byte[]> {

  private final int limit;
  private final Supplier<? extends Throwable> tooLarge;
  private final Consumer<byte[]> whole;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
  private final CompletableFuture<byte[]> body = new CompletableFuture<>();
  private final AtomicReference<Flow.@Nullable Subscription> subscription = new AtomicReference<>();

  /**
   * A collector.
   *
   * @param limit the most bytes that are taken
   * @param tooLarge makes what the body fails with if there are more
   * @param whole gets the bytes as soon as all are there
   */
  LimitedBody(int limit, Supplier<? extends Throwable> tooLarge, Consumer<byte[]> whole) {
    this.limit = limit;
    this.tooLarge = tooLarge;
    this.whole = whole;
  }

  @Override
  public CompletionStage<byte[]> getBody() {
    return body;
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    this.subscription.set(subscription);
    subscription.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    for (ByteBuffer buffer : buffers) {
      if (body.isDone()) {
        return;
      }
      if (buffer.remaining() > limit - bytes.size()) {
        stop();
        return;
      }
      byte[] part = new byte[buffer.remaining()];
      buffer.get(part);
      bytes.writeBytes(part);
    }
  }

  private void stop() {
    Flow.Subscription current = subscription.get();
    if (current != null) {
      current.cancel();
    }
    body.completeExceptionally(tooLarge.get());
  }

  @Override
  public void onError(Throwable failure) {
    body.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    byte[] all = bytes.toByteArray();
    if (!body.isDone()) {
      whole.accept(all);
    }
    body.complete(all);
  }
}
