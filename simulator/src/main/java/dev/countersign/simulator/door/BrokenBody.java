package dev.countersign.simulator.door;

import dev.countersign.simulator.wire.Breakage;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * Sends half of a body, and then closes the connection, or stalls first. No thread waits meanwhile.
 *
 * <p>A response asks for it with the header {@link #HEADER}, which no client gets to see.
 */
final class BrokenBody extends HttpStream.Wrapper {

  /** Says how a response is broken: what {@link #instruction} makes. */
  static final String HEADER = "X-Countersign-Broken-Breakage";

  private final EndPoint connection;
  private final Scheduler scheduler;
  private final AtomicReference<@Nullable Duration> stall = new AtomicReference<>();

  private BrokenBody(HttpStream stream, Request request) {
    super(stream);
    this.connection = request.getConnectionMetaData().getConnection().getEndPoint();
    this.scheduler = request.getComponents().getScheduler();
  }

  /** Has a request's response be broken if it asks for that. */
  static void watch(Request request) {
    request.addHttpStreamWrapper(stream -> new BrokenBody(stream, request));
  }

  /** What {@link #HEADER} says: how many milliseconds the connection stays open. */
  static String instruction(Breakage breakage) {
    return Long.toString(breakage.stall().toMillis());
  }

  @Override
  public void send(
      MetaData.Request request,
      MetaData.@Nullable Response response,
      boolean last,
      @Nullable ByteBuffer content,
      Callback callback) {
    String broken = response == null ? null : response.getHttpFields().get(HEADER);
    if (stall.get() != null) {
      callback.succeeded(); // what comes after the half is dropped
    } else if (response == null || broken == null) {
      super.send(request, response, last, content, callback);
    } else {
      stall.set(Duration.ofMillis(Long.parseLong(broken)));
      super.send(request, without(response), false, half(content), callback);
    }
  }

  @Override
  public void succeeded() {
    Duration open = stall.get();
    if (open == null) {
      super.succeeded();
    } else if (open.isZero()) {
      end();
    } else {
      scheduler.schedule(this::end, open.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void end() {
    connection.close();
    super.failed(new java.io.EOFException("broken on purpose"));
  }

  private static MetaData.Response without(MetaData.Response response) {
    HttpFields.Mutable fields = HttpFields.build(response.getHttpFields());
    fields.remove(HEADER);
    return new MetaData.Response(
        response.getStatus(),
        response.getReason(),
        response.getHttpVersion(),
        fields,
        response.getContentLength());
  }

  private static ByteBuffer half(@Nullable ByteBuffer content) {
    if (content == null) {
      return BufferUtil.EMPTY_BUFFER;
    }
    ByteBuffer half = content.duplicate();
    half.limit(half.position() + half.remaining() / 2);
    content.position(content.limit());
    return half;
  }
}
