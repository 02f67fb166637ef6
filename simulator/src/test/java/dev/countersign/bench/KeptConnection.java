package dev.countersign.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A connection that sends one request again and again: as little of a client as can be. */
final class KeptConnection implements AutoCloseable {

  private final Socket socket;
  private final InputStream in;
  private final byte[] request;

  KeptConnection(URI url, String token) throws IOException {
    this.socket = new Socket(url.getHost(), url.getPort());
    socket.setTcpNoDelay(true);
    this.in = new BufferedInputStream(socket.getInputStream());
    this.request =
        ("GET "
                + url.getPath()
                + " HTTP/1.1\r\nHost: "
                + url.getAuthority()
                + "\r\nAccept: application/json\r\nUser-Agent: bench\r\nAuthorization: Bearer "
                + token
                + "\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII);
  }

  /** Sends it once; the body of the answer. */
  byte[] exchange() throws IOException {
    socket.getOutputStream().write(request);
    String status = line();
    if (!status.startsWith("HTTP/1.1 200")) {
      throw new IOException("Answered " + status);
    }
    int length = -1;
    for (String header = line(); !header.isEmpty(); header = line()) {
      if (header.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
        length = Integer.parseInt(header.substring(15).strip());
      }
    }
    return length >= 0 ? in.readNBytes(length) : chunks();
  }

  private byte[] chunks() throws IOException {
    byte[] all = new byte[0];
    for (int size = Integer.parseInt(line(), 16); size > 0; size = Integer.parseInt(line(), 16)) {
      byte[] more = new byte[all.length + size];
      System.arraycopy(all, 0, more, 0, all.length);
      in.readNBytes(more, all.length, size);
      all = more;
      line();
    }
    line();
    return all;
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new IOException("The server closed the connection");
      }
      line.append((char) next);
    }
    return line.substring(0, Math.max(0, line.length() - 1));
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
