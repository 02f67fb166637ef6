package dev.countersign.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link Transport} does, whatever is at its other end. */
public abstract class TransportContract {

  private static final byte[] NOTHING = new byte[0];

  /** The transport under test. */
  protected abstract Transport transport();

  /**
   * Has the other end answer each request for a path, whatever its method and query.
   *
   * @param path starts with a slash and is percent-encoded
   * @return the address of that path
   */
  protected abstract URI serve(
      String path, int status, Map<String, List<String>> headers, byte[] body);

  /** The requests that arrived at the other end so far, in their order. */
  protected abstract List<Arrival> arrivals();

  /** A request as the other end saw it. */
  public static final class Arrival {
    private final String method;
    private final String target;
    private final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final byte[] body;

    /** A request with its path and query as they arrived. */
    public Arrival(
        String method, String target, Map<String, ? extends List<String>> headers, byte[] body) {
      this.method = method;
      this.target = target;
      this.headers.putAll(headers);
      this.body = body;
    }

    /** The method. */
    public String method() {
      return method;
    }

    /** The path and, after a question mark, the query. */
    public String target() {
      return target;
    }

    /** The values of a header, none if it is not there. */
    public List<String> header(String name) {
      return headers.getOrDefault(name, List.of());
    }

    /** The body. */
    public byte[] body() {
      return body;
    }
  }

  /** The reply to a request, waited for. */
  protected final Reply send(Request request) throws Exception {
    return transport().send(request).get(30, TimeUnit.SECONDS);
  }

  private static Request get(URI uri) {
    return Request.of("getWallet", "GET", uri).build();
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        200, 201, 202, 204, 301, 302, 303, 307, 308, 400, 401, 403, 404, 409, 422, 429, 500, 503
      })
  void everyStatusIsAReply(int status) throws Exception {
    URI uri = serve("/wallets/wa-1", status, Map.of(), NOTHING);
    assertThat(send(get(uri)).status()).isEqualTo(status);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST", "PUT", "DELETE"})
  void aRedirectIsNotFollowed(String method) throws Exception {
    URI elsewhere = serve("/elsewhere", 200, Map.of(), NOTHING);
    for (int status : new int[] {301, 302, 303, 307, 308}) {
      URI uri = serve("/here", status, Map.of("Location", List.of(elsewhere.toString())), NOTHING);
      Reply reply = send(Request.of("op", method, uri).build());
      assertThat(reply.status()).isEqualTo(status);
      assertThat(reply.header("location")).contains(elsewhere.toString());
    }
    assertThat(arrivals()).extracting(Arrival::target).containsOnly("/here");
  }

  @Test
  void theBodyOfTheReplyArrivesByteForByte() throws Exception {
    byte[] body = new byte[100_000];
    for (int i = 0; i < body.length; i++) {
      body[i] = (byte) (i * 31 >> 3);
    }
    Reply reply = send(get(serve("/file", 200, Map.of(), body)));
    assertThat(reply.body()).isEqualTo(body);
  }

  @Test
  void aReplyWithoutABodyHasAnEmptyOne() throws Exception {
    assertThat(send(get(serve("/a", 204, Map.of(), NOTHING))).body()).isEmpty();
    assertThat(send(get(serve("/b", 200, Map.of(), NOTHING))).body()).isEmpty();
  }

  @Test
  void headersOfTheReplyAreFoundWhateverTheirCase() throws Exception {
    URI uri =
        serve(
            "/a",
            429,
            Map.of("Retry-After", List.of("7"), "X-Request-ID", List.of("req-1")),
            NOTHING);
    Reply reply = send(get(uri));
    assertThat(reply.header("retry-after")).contains("7");
    assertThat(reply.header("RETRY-AFTER")).contains("7");
    assertThat(reply.header("x-request-id")).contains("req-1");
    assertThat(reply.header("x-nothing")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST", "PUT", "DELETE"})
  void methodPathAndQueryArriveAsTheyWereGiven(String method) throws Exception {
    URI uri =
        URI.create(serve("/a/b%20c%C3%A9", 200, Map.of(), NOTHING) + "?limit=2&x=%C3%A9%2F%2B+");
    send(Request.of("op", method, uri).build());
    assertThat(arrivals())
        .singleElement()
        .satisfies(
            a -> {
              assertThat(a.method()).isEqualTo(method);
              assertThat(a.target()).isEqualTo("/a/b%20c%C3%A9?limit=2&x=%C3%A9%2F%2B+");
              assertThat(a.body()).isEmpty();
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE"})
  void theBodyOfTheRequestArrivesByteForByte(String method) throws Exception {
    byte[] body = "{\"name\":\"é 日 😀\",  \"n\":1.50}\n".getBytes(UTF_8);
    URI uri = serve("/a", 200, Map.of(), NOTHING);
    send(Request.of("op", method, uri).body("application/json", body).build());
    assertThat(arrivals())
        .singleElement()
        .satisfies(
            a -> {
              assertThat(a.body()).isEqualTo(body);
              assertThat(a.header("Content-Type")).containsExactly("application/json");
            });
  }

  @Test
  void aLargeRequestArrivesWhole() throws Exception {
    byte[] body = "0123456789abcdef".repeat(64 * 1024).getBytes(UTF_8);
    URI uri = serve("/a", 200, Map.of(), NOTHING);
    send(Request.of("op", "POST", uri).body("application/octet-stream", body).build());
    assertThat(arrivals()).singleElement().extracting(Arrival::body).isEqualTo(body);
  }

  @Test
  void headersOfTheRequestArriveAsTheyWereGiven() throws Exception {
    URI uri = serve("/a", 200, Map.of(), NOTHING);
    send(
        Request.of("op", "POST", uri)
            .header("Authorization", "Bearer a.b-c_d=")
            .header("X-DFNS-USERACTION", "eyJ.x y/z")
            .build());
    assertThat(arrivals())
        .singleElement()
        .satisfies(
            a -> {
              assertThat(a.header("Authorization")).containsExactly("Bearer a.b-c_d=");
              assertThat(a.header("X-DFNS-USERACTION")).containsExactly("eyJ.x y/z");
            });
  }

  @Test
  void manyRequestsAtOnceGetTheirOwnReplies() throws Exception {
    List<URI> uris =
        IntStream.range(0, 40)
            .mapToObj(i -> serve("/a/" + i, 200, Map.of(), ("body " + i).getBytes(UTF_8)))
            .toList();
    List<CompletableFuture<Reply>> replies =
        uris.stream().map(uri -> transport().send(get(uri))).toList();
    for (int i = 0; i < replies.size(); i++) {
      assertThat(replies.get(i).get(30, TimeUnit.SECONDS).body())
          .isEqualTo(("body " + i).getBytes(UTF_8));
    }
  }

  @Test
  void aCancelledExchangeHarmsNoOther() throws Exception {
    URI uri = serve("/a", 200, Map.of(), NOTHING);
    CompletableFuture<Reply> cancelled = transport().send(get(uri));
    if (cancelled.cancel(true)) {
      assertThatExceptionOfType(CancellationException.class).isThrownBy(cancelled::join);
    }
    assertThat(send(get(uri)).status()).isEqualTo(200);
  }
}
