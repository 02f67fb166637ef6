package dev.countersign.chaos;

import dev.countersign.simulator.faults.Phase;
import dev.countersign.transport.Reply;
import dev.countersign.transport.Request;
import dev.countersign.transport.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A transport that takes some requests to a door that accepts no connection, a port that is held
 * and that nobody listens on; and that gives no exchange more than a short time.
 */
final class HostileTransport implements Transport, AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMillis(600);

  private final Transport transport;
  private final Tally tally;
  private final double chance;
  private final long seed;
  private final AtomicLong number = new AtomicLong();
  private final Socket closedDoor;

  HostileTransport(Transport transport, Tally tally, double chance, long seed) throws IOException {
    this.transport = transport;
    this.tally = tally;
    this.chance = chance;
    this.seed = seed;
    this.closedDoor = new Socket();
    closedDoor.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  @Override
  public CompletableFuture<Reply> send(Request request) {
    boolean refused = new SplittableRandom(seed + number.incrementAndGet()).nextDouble() < chance;
    if (refused) {
      tally.fired(Hop.of(request), Storm.REFUSED, Phase.BEFORE_AUTHENTICATION, 1);
    }
    URI uri = refused ? atClosedDoor(request.uri()) : request.uri();
    Request.Builder copy = Request.of(request.operation(), request.method(), uri);
    request.headers().forEach(copy::header);
    request.body().ifPresent(body -> copy.body(request.headers().get("Content-Type"), body));
    Duration time = request.timeout().compareTo(PATIENCE) < 0 ? request.timeout() : PATIENCE;
    return transport.send(copy.timeout(time).build());
  }

  private URI atClosedDoor(URI uri) {
    return URI.create("http://127.0.0.1:" + closedDoor.getLocalPort() + uri.getRawPath());
  }

  @Override
  public void close() throws IOException {
    closedDoor.close();
  }
}
