package dev.countersign.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server on this machine that behaves, on each connection, as badly as it is told. */
final class RawServer implements AutoCloseable {

  private final ServerSocket listener;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();

  /** Done once the client has closed a connection, or broken it off. */
  private final CompletableFuture<Void> clientLeft = new CompletableFuture<>();

  /** What the server does on one connection. */
  interface Behaviour {
    void on(Connection connection) throws IOException;
  }

  private RawServer(Behaviour behaviour) throws IOException {
    listener = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    threads.execute(() -> accept(behaviour));
  }

  static RawServer that(Behaviour behaviour) throws IOException {
    return new RawServer(behaviour);
  }

  private void accept(Behaviour behaviour) {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        sockets.add(socket);
        threads.execute(() -> serve(behaviour, new Connection(socket)));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Behaviour behaviour, Connection connection) {
    try (connection) {
      behaviour.on(connection);
    } catch (IOException gone) {
      clientLeft.complete(null);
    }
  }

  URI url(String scheme, String path) {
    return URI.create(scheme + "://localhost:" + port() + path);
  }

  URI url(String path) {
    return url("http", path);
  }

  int port() {
    return listener.getLocalPort();
  }

  int connections() {
    return sockets.size();
  }

  CompletableFuture<Void> clientLeft() {
    return clientLeft;
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : sockets) {
      socket.close();
    }
    threads.shutdownNow();
  }

  /** One connection. */
  final class Connection implements AutoCloseable {
    private final Socket socket;

    Connection(Socket socket) {
      this.socket = socket;
    }

    Socket socket() {
      return socket;
    }

    /** Reads up to the empty line. */
    String readHead() throws IOException {
      ByteArrayOutputStream head = new ByteArrayOutputStream();
      while (!head.toString(US_ASCII).endsWith("\r\n\r\n")) {
        int b = socket.getInputStream().read();
        if (b < 0) {
          throw new IOException("the client left");
        }
        head.write(b);
      }
      return head.toString(US_ASCII);
    }

    /** Reads a request with its body; there must be a content length for one. */
    String readRequest() throws IOException {
      String head = readHead();
      int length =
          head.lines()
              .filter(line -> line.regionMatches(true, 0, "content-length:", 0, 15))
              .mapToInt(line -> Integer.parseInt(line.substring(15).trim()))
              .findFirst()
              .orElse(0);
      return head + new String(socket.getInputStream().readNBytes(length), US_ASCII);
    }

    void write(String text) throws IOException {
      socket.getOutputStream().write(text.getBytes(US_ASCII));
      socket.getOutputStream().flush();
    }

    /** Reads whatever there is until the client leaves, politely or not. */
    String readRest() {
      ByteArrayOutputStream rest = new ByteArrayOutputStream();
      try {
        socket.getInputStream().transferTo(rest);
      } catch (IOException brokenOff) {
        // what came before counts
      }
      return rest.toString(US_ASCII);
    }

    /** Says nothing more and waits for the client to leave. */
    void stall() throws IOException {
      InputStream in = socket.getInputStream();
      while (in.read() >= 0) {
        // whatever it still says
      }
      throw new IOException("the client left");
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }

    /** Closes with a reset instead of a farewell. */
    void reset() throws IOException {
      socket.setSoLinger(true, 0);
      socket.close();
    }
  }
}
