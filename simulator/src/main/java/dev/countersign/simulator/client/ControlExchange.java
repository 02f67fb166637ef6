package dev.countersign.simulator.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.countersign.error.ConfigurationException;
import dev.countersign.error.ProtocolException;
import dev.countersign.error.ServiceUnavailableException;
import dev.countersign.simulator.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One request to the control API and its answer. Does not print its token. Immutable. */
final class ControlExchange {

  private static final int MOST = 200;
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();
  private final URI root;
  private final @Nullable String token;

  ControlExchange(URI root, @Nullable String token) {
    this.root = root;
    this.token = token;
  }

  JsonNode get(String path) {
    return json(send("GET", path, null), path);
  }

  byte[] bytes(String path) {
    return send("GET", path, null);
  }

  JsonNode post(String path, JsonNode body) {
    return json(send("POST", path, Json.bytes(body)), path);
  }

  JsonNode post(String path, byte[] body) {
    return json(send("POST", path, body), path);
  }

  JsonNode put(String path, JsonNode body) {
    return json(send("PUT", path, Json.bytes(body)), path);
  }

  void run(String method, String path) {
    send(method, path, null);
  }

  /** A value as a segment of a path or a value of a query. */
  static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private byte[] send(String method, String path, byte @Nullable [] body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(root + path))
            .timeout(TIMEOUT)
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(body));
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    try {
      HttpResponse<byte[]> answer =
          http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      return checked(answer.statusCode(), answer.body(), path);
    } catch (IOException e) {
      throw new ServiceUnavailableException(
          "The simulator at " + root + " does not answer (" + e.getClass().getSimpleName() + ")",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ServiceUnavailableException("The wait for the simulator was interrupted", e);
    }
  }

  private byte[] checked(int status, byte[] body, String path) {
    if (status >= 200 && status < 300) {
      return body;
    }
    Optional<String> refusal =
        Json.parse(body).map(it -> it.at("/error/message").asText()).filter(it -> !it.isEmpty());
    String said = refusal.orElseGet(() -> shortened(body));
    if (status == 401 || (status == 403 && token == null)) {
      throw new ConfigurationException("The simulator at " + root + " lets nobody in: " + said);
    }
    if (status < 500 && refusal.isPresent()) {
      throw new IllegalArgumentException(said);
    }
    throw new ProtocolException(
        refusal.isPresent()
            ? "The simulator answered " + path + " with " + status + ": " + said
            : "What answers at "
                + root
                + " is no simulator of this version: it answered "
                + path
                + " with "
                + status
                + (said.isEmpty() ? "" : ": " + said));
  }

  /** The beginning of what may be a whole page. */
  private static String shortened(byte[] body) {
    String text = new String(body, StandardCharsets.UTF_8).strip();
    return text.length() <= MOST ? text : text.substring(0, MOST) + "…";
  }

  private static JsonNode json(byte[] body, String path) {
    if (body.length == 0) {
      return Json.object();
    }
    return Json.parse(body)
        .orElseThrow(() -> new ProtocolException("The answer to " + path + " is no JSON"));
  }
}
