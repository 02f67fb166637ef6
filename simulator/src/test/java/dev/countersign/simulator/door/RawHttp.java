package dev.countersign.simulator.door;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;

/** Sends bytes no well-behaved client would send, and reads until the server closes. */
final class RawHttp {

  private RawHttp() {}

  /** Sends a head of the given lines, without a body. */
  static String exchange(URI server, String... lines) throws IOException {
    return exchangeText(server, String.join("\r\n", lines) + "\r\nConnection: close\r\n\r\n");
  }

  /** The first line of the answer to such a head; the server need not close the connection. */
  static String statusLine(URI server, String... lines) throws IOException {
    try (Socket socket = new Socket(server.getHost(), server.getPort())) {
      socket.setSoTimeout(30_000);
      String request = String.join("\r\n", lines) + "\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      socket.getOutputStream().flush();
      return new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1))
          .readLine();
    }
  }

  static String exchangeText(URI server, String request) throws IOException {
    try (Socket socket = new Socket(server.getHost(), server.getPort())) {
      socket.setSoTimeout(30_000);
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }

  static String host(URI server) {
    return "Host: " + server.getAuthority();
  }
}
