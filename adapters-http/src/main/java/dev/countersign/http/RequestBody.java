package dev.countersign.http;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The bytes of a request, which either have begun to be sent or never will be.
 *
 * <p>A request whose body was withheld cannot have taken effect: this is what makes "certainly did
 * not reach Dfns" certain for failures that do not say when they happened.
 */
final class RequestBody implements BodyPublisher {

  private enum State {
    WAITING,
    BEGUN,
    WITHHELD
  }

  private final BodyPublisher bytes;
  private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);

  RequestBody(byte[] bytes) {
    this.bytes = BodyPublishers.ofByteArray(bytes);
  }

  /**
   * Holds the body back from now on.
   *
   * @return false, and nothing changes, if it has begun to be sent or was empty anyway
   */
  boolean withhold() {
    return bytes.contentLength() > 0
        && state.updateAndGet(s -> s == State.WAITING ? State.WITHHELD : s) == State.WITHHELD;
  }

  @Override
  public long contentLength() {
    return bytes.contentLength();
  }

  @Override
  public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
    if (state.updateAndGet(s -> s == State.WAITING ? State.BEGUN : s) == State.BEGUN) {
      bytes.subscribe(subscriber);
      return;
    }
    subscriber.onSubscribe(new Nothing());
    subscriber.onError(new IOException("The request was given up before its body was sent"));
  }

  /** A subscription that gives nothing. */
  private static final class Nothing implements Flow.Subscription {
    @Override
    public void request(long count) {}

    @Override
    public void cancel() {}
  }
}
