package dev.countersign.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;

/**
 * A program that answers each path with fixed bytes and verifies nothing, so that a client is all
 * that is measured. What comes for {@code /wallets/stalled} is answered when {@code /release} is
 * asked for. Prints its port and ends with its standard input.
 */
final class FixedServer {

  static final String CHALLENGE =
      """
      {"challenge":"Y2gtMTIzNDUtNjc4OTAtYWJjZGVmZ2hpamtsbW5vcA","challengeIdentifier":"%s",\
      "supportedCredentialKinds":[{"kind":"Key","factor":"either","requiresSecondFactor":false}],\
      "userVerification":"preferred","attestation":"direct","externalAuthenticationUrl":"",\
      "allowCredentials":{"webauthn":[],"key":[{"type":"public-key","id":"Y2ktMTIzNDU"}]}}"""
          .formatted("e30.".repeat(200));

  private static final String USER_ACTION = "{\"userAction\":\"" + "e30.".repeat(200) + "\"}";
  private static final String WALLET =
      """
      {"id":"wa-1","network":"EthereumSepolia","status":"Active","name":"renamed",\
      "address":"0x00000000000000000000000000000000000000aa","custodial":true,"tags":[],\
      "signingKey":{"id":"key-1","scheme":"ECDSA","curve":"secp256k1","publicKey":"02aa"},\
      "dateCreated":"2026-01-01T00:00:00.000Z"}""";

  private static final Map<String, byte[]> ANSWERS =
      Map.of(
          "/auth/action/init", bytes(CHALLENGE),
          "/auth/action", bytes(USER_ACTION),
          "/wallets/wa-1", bytes(WALLET),
          "/wallets/stalled", bytes(WALLET));

  private static final Queue<HttpExchange> STALLED = new ConcurrentLinkedQueue<>();

  private FixedServer() {}

  /** Takes nothing. */
  public static void main(String[] args) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 20_000);
    server.setExecutor(Executors.newFixedThreadPool(4));
    server.createContext("/", FixedServer::handle);
    server.start();
    System.out.println(server.getAddress().getPort());
    System.out.flush();
    while (System.in.read() >= 0) {
      // whoever started this closes it
    }
    System.exit(0);
  }

  private static void handle(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    String path = exchange.getRequestURI().getPath();
    switch (path) {
      case "/wallets/stalled" -> STALLED.add(exchange);
      case "/stalled" -> answer(exchange, bytes(Integer.toString(STALLED.size())));
      case "/release" -> {
        for (HttpExchange next = STALLED.poll(); next != null; next = STALLED.poll()) {
          answer(next, bytes(WALLET));
        }
        answer(exchange, bytes("released"));
      }
      default -> answer(exchange, ANSWERS.get(path));
    }
  }

  private static void answer(HttpExchange exchange, byte[] body) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
