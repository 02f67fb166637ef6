package dev.countersign.simulator.door;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.action.Challenge;
import dev.countersign.action.KeyAssertions;
import dev.countersign.action.UserAction;
import dev.countersign.credential.Credential;
import dev.countersign.credential.Issued;
import dev.countersign.http.JacksonCodec;
import dev.countersign.http.JdkTransport;
import dev.countersign.json.JsonCodec;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonString;
import dev.countersign.pem.PemSigner;
import dev.countersign.simulator.Identity;
import dev.countersign.simulator.Simulator;
import dev.countersign.transport.Reply;
import dev.countersign.transport.Request;
import dev.countersign.transport.Transport;
import java.net.URI;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * One engine, two doors: two simulators of the same seed and time, of which one is asked in process
 * and the other over HTTP, answer alike, byte for byte.
 */
class DoorsAgreeTest {

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC);
  private static final URI NOWHERE = URI.create("https://dfns.invalid");
  private static final String NEW_ACCOUNT = "/auth/service-accounts";

  private final JsonCodec codec = new JacksonCodec();
  private final Simulator insideSimulator = Simulator.builder().clock(CLOCK).build();
  private final Simulator outsideSimulator = Simulator.builder().clock(CLOCK).build();
  private final HttpSimulator server = HttpSimulator.start(outsideSimulator);
  private final Transport inside = insideSimulator.transport();
  private final Transport outside = JdkTransport.builder().build();

  private Identity admin;
  private PemSigner signer;
  private String publicKey;

  @BeforeEach
  void register() throws Exception {
    KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    publicKey = pem("PUBLIC KEY", keys.getPublic().getEncoded());
    signer = PemSigner.read(pem("PRIVATE KEY", keys.getPrivate().getEncoded()).getBytes(UTF_8));
    admin = insideSimulator.organisation().admin("admin", publicKey);
    Identity twin = outsideSimulator.organisation().admin("admin", publicKey);
    assertThat(twin.token()).isEqualTo(admin.token());
  }

  @AfterEach
  void close() {
    server.close();
    signer.close();
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /auth/service-accounts, 200",
    "GET, /auth/service-accounts?x=%20y, 400",
    "GET, /auth/action/logs, 200",
    "GET, /swaps?limit=1, 200",
    "GET, /payins?status=Failed&status=Completed, 200",
    "GET, /auth%2Fservice-accounts, 404",
    "GET, /auth/service-accounts/us-1%2F2, 404",
    "GET, /auth/../auth/service-accounts, 404",
    "GET, //auth/service-accounts, 404",
    "GET, /, 404",
    "DELETE, /auth/service-accounts, 404",
    "POST, /auth/service-accounts, 403",
    "PUT, /auth/service-accounts/us-1/activate, 403",
  })
  void aRequestWithoutABody(String method, String target, int status) throws Exception {
    assertThat(both(method, target, bearer(), null).status()).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | 400",
        "'' | 400",
        "{\"userActionPayload\":\"\" | 400",
        "[] | 400",
        "{\"userActionPayload\":\"\",\"userActionHttpMethod\":\"POST\",\"userActionHttpPath\":\"/é😀\"} | 200",
        "{\"userActionPayload\":\"\",\"userActionHttpMethod\":\"PATCH\",\"userActionHttpPath\":\"/x\"} | 400",
        "{\"userActionPayload\":\"\",\"userActionHttpMethod\":\"PUT\",\"userActionHttpPath\":\"/x\",\"y\":1} | 400",
      })
  void aRequestWithABody(String body, int status) throws Exception {
    assertThat(both("POST", "/auth/action/init", bearer(), body.getBytes(UTF_8)).status())
        .isEqualTo(status);
  }

  @Test
  void aRequestWithoutAToken() throws Exception {
    assertThat(both("GET", NEW_ACCOUNT, Map.of(), null).status()).isEqualTo(401);
    assertThat(both("GET", NEW_ACCOUNT, Map.of("authorization", "Bearer x.y.z"), null).status())
        .isEqualTo(401);
    assertThat(
            both("GET", NEW_ACCOUNT, Map.of("authORIZation", "Bearer " + admin.token()), null)
                .status())
        .isEqualTo(200);
  }

  @Test
  void aSignedRequestAndWhatMayNotFollowIt() throws Exception {
    byte[] body =
        codec.write(
            JsonObject.builder()
                .put("name", JsonString.of("payments é"))
                .put("publicKey", JsonString.of(publicKey))
                .build());
    Map<String, String> headers = bearer();
    headers.put("x-dfns-useraction", userAction(body));

    assertThat(both("POST", NEW_ACCOUNT, headers, body).status()).isEqualTo(200);
    assertThat(both("POST", NEW_ACCOUNT, headers, body).status()).isEqualTo(400);

    headers.put("x-dfns-useraction", userAction(body));
    assertThat(both("POST", NEW_ACCOUNT, headers, "{}".getBytes(UTF_8)).status()).isEqualTo(403);
  }

  private String userAction(byte[] body) throws Exception {
    UserAction action = UserAction.withJson("create", "POST", NEW_ACCOUNT, "", body);
    Challenge challenge = Challenge.of(post("/auth/action/init", action.challengeRequest()));
    Credential credential = Issued.to(admin, signer);
    JsonObject redemption =
        new KeyAssertions(codec)
            .sign(challenge, credential.key().orElseThrow())
            .redemption(challenge);
    return post("/auth/action", redemption).text("userAction").orElseThrow();
  }

  private JsonObject post(String path, JsonObject body) throws Exception {
    Reply reply = both("POST", path, bearer(), codec.write(body));
    assertThat(reply.status()).isEqualTo(200);
    return (JsonObject) codec.parse(reply.body());
  }

  /** Sends a request through both doors; the one reply, which is the other as well. */
  private Reply both(
      String method, String target, Map<String, String> headers, byte @Nullable [] body)
      throws Exception {
    Reply in = send(inside, NOWHERE, method, target, headers, body);
    Reply out = send(outside, server.url(), method, target, headers, body);
    assertThat(new String(out.body(), UTF_8)).isEqualTo(new String(in.body(), UTF_8));
    assertThat(out.status()).isEqualTo(in.status());
    assertThat(out.header("Content-Type")).isEqualTo(in.header("Content-Type"));
    return out;
  }

  private static Reply send(
      Transport transport,
      URI base,
      String method,
      String target,
      Map<String, String> headers,
      byte @Nullable [] body)
      throws Exception {
    Request.Builder request = Request.of("test", method, URI.create(base + target));
    headers.forEach(request::header);
    if (body != null) {
      request.body("application/json", body);
    }
    return transport.send(request.build()).get(30, TimeUnit.SECONDS);
  }

  private Map<String, String> bearer() {
    return new LinkedHashMap<>(Map.of("Authorization", "Bearer " + admin.token()));
  }

  private static String pem(String label, byte[] der) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(label, Base64.getMimeEncoder().encodeToString(der), label);
  }
}
