package dev.countersign.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countersign.Dfns;
import dev.countersign.api.wallets.UpdateWalletBody;
import dev.countersign.call.Answer;
import dev.countersign.call.Arguments;
import dev.countersign.call.Operation;
import dev.countersign.call.RetryPolicy;
import dev.countersign.credential.AccessToken;
import dev.countersign.credential.Credential;
import dev.countersign.credential.CredentialSource;
import dev.countersign.credential.EnvironmentCredentials;
import dev.countersign.error.ConfigurationException;
import dev.countersign.error.ServiceUnavailableException;
import dev.countersign.json.JsonCodec;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonString;
import dev.countersign.json.JsonType;
import dev.countersign.json.JsonValue;
import dev.countersign.rate.RateBudget;
import dev.countersign.rate.TokenBucket;
import dev.countersign.signing.FakeSigners;
import dev.countersign.signing.SignerProviders;
import dev.countersign.transport.Reply;
import dev.countersign.transport.Request;
import dev.countersign.transport.Transport;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DfnsBuilderTest {

  private static final CredentialSource TOKEN =
      CredentialSource.of(Credential.of(AccessToken.of("token-1")));

  private final FakeSigners signers = new FakeSigners("fake");
  private FakeDfns server;

  @BeforeEach
  void start() throws IOException {
    server = FakeDfns.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private EnvironmentCredentials environment() {
    Map<String, String> environment = new HashMap<>();
    environment.put("DFNS_API_URL", server.url().toString());
    environment.put("DFNS_AUTH_TOKEN", "token-1");
    environment.put("DFNS_SIGNER", "fake:key");
    environment.put("DFNS_CRED_ID", "cr-1");
    return EnvironmentCredentials.read(environment, SignerProviders.of(signers));
  }

  private static UpdateWalletBody rename() {
    return UpdateWalletBody.builder().name("treasury").build();
  }

  @Test
  void anAddressAndCredentialsAreEnough() {
    Dfns dfns = DfnsBuilder.create().apiUrl(server.url()).credentials(TOKEN).build();
    assertThat(dfns.wallets().getWallet("wa-1").execute().id()).isEqualTo("wa-1");
    assertThat(server.arrivals())
        .singleElement()
        .satisfies(
            a -> {
              assertThat(a.header("Authorization")).containsExactly("Bearer token-1");
              assertThat(a.header("User-Agent")).asString().contains("countersign/");
            });
  }

  @Test
  void theEnvironmentIsEnoughToChangeSomething() {
    try (EnvironmentCredentials credentials = environment()) {
      Dfns dfns = DfnsBuilder.of(credentials).build();
      assertThat(dfns.wallets().updateWallet("wa-1", rename()).execute().id()).isEqualTo("wa-1");
      assertThat(signers.closed()).isEmpty();
    }
    assertThat(signers.closed()).containsExactly("key");
    assertThat(server.arrivals())
        .extracting(a -> a.method() + " " + a.target())
        .containsExactly("POST /auth/action/init", "POST /auth/action", "PUT /wallets/wa-1");
    assertThat(server.arrivals().get(2).header("X-DFNS-USERACTION")).containsExactly("user-action");
  }

  @Test
  void somebodyCanBeToldOfEachCallWhoeverMakesIt() {
    List<String> told = new CopyOnWriteArrayList<>();
    Dfns dfns =
        DfnsBuilder.create()
            .apiUrl(server.url())
            .credentials(TOKEN)
            .listener(report -> told.add(report.end() + " " + report.path()))
            .build();

    assertThat(dfns.as(AccessToken.of("token-2")).wallets().getWallet("wa-1").execute().id())
        .isEqualTo("wa-1");

    assertThat(told).containsExactly("DONE /wallets/wa-1");
    assertThat(server.arrivals())
        .singleElement()
        .satisfies(a -> assertThat(a.header("Authorization")).containsExactly("Bearer token-2"));
  }

  @Test
  void anOperationThatHasNoMethodYetIsCalledAllTheSame() {
    Dfns dfns = DfnsBuilder.create().apiUrl(server.url()).credentials(TOKEN).build();
    Operation<JsonObject> read =
        Operation.of(
            "readWallet",
            "GET",
            "/wallets/{walletId}",
            Operation.Security.TOKEN,
            Answer.json(JsonType.OBJECT));

    assertThat(dfns.prepare(read, Arguments.path("wa-1")).execute().text("id")).contains("wa-1");
  }

  @Test
  void asynchronousCallsSignOnThreadsOfTheirOwn() throws Exception {
    try (EnvironmentCredentials credentials = environment()) {
      Dfns dfns = DfnsBuilder.of(credentials).build();
      dfns.wallets().updateWallet("wa-1", rename()).executeAsync().get(30, TimeUnit.SECONDS);
    }
    assertThat(signers.threads()).singleElement().asString().startsWith("countersign-signing-");
  }

  @Test
  void theGivenExecutorIsSignedOn() throws Exception {
    List<Runnable> tasks = new CopyOnWriteArrayList<>();
    try (EnvironmentCredentials credentials = environment()) {
      Dfns dfns =
          DfnsBuilder.of(credentials)
              .executor(
                  task -> {
                    tasks.add(task);
                    new Thread(task, "mine").start();
                  })
              .build();
      dfns.wallets().updateWallet("wa-1", rename()).executeAsync().get(30, TimeUnit.SECONDS);
    }
    assertThat(tasks).isNotEmpty();
    assertThat(signers.threads()).containsExactly("mine");
  }

  @Test
  void theGivenTransportAndCodecAreUsed() {
    List<Request> requests = new CopyOnWriteArrayList<>();
    Transport transport =
        request -> {
          requests.add(request);
          return CompletableFuture.completedFuture(Reply.of(200, Map.of(), new byte[] {'!'}));
        };
    JsonCodec codec =
        new JsonCodec() {
          @Override
          public JsonValue parse(byte[] utf8) {
            return JsonObject.of("id", JsonString.of("read by mine: " + (char) utf8[0]));
          }

          @Override
          public byte[] write(JsonValue value) {
            return new byte[0];
          }
        };
    Dfns dfns =
        DfnsBuilder.create()
            .apiUrl(URI.create("https://api.dfns.io"))
            .credentials(TOKEN)
            .transport(transport)
            .codec(codec)
            .deadline(Duration.ofSeconds(7))
            .build();
    assertThat(dfns.wallets().getWallet("wa-1").execute().id()).isEqualTo("read by mine: !");
    assertThat(requests)
        .singleElement()
        .satisfies(
            r -> {
              assertThat(r.uri()).hasToString("https://api.dfns.io/wallets/wa-1");
              assertThat(r.timeout()).isPositive().isLessThanOrEqualTo(Duration.ofSeconds(7));
            });
  }

  @Test
  void callsTakeTheirRequestsFromTheBudgetThatWasGiven() {
    RateBudget budget = RateBudget.over(TokenBucket.perMinute(100));
    try (EnvironmentCredentials credentials = environment()) {
      Dfns dfns = DfnsBuilder.of(credentials).rate(budget.lane("batch")).build();

      assertThat(dfns.wallets().updateWallet("wa-1", rename()).execute().id()).isEqualTo("wa-1");
      assertThat(dfns.as(TOKEN).wallets().getWallet("wa-1").execute().id()).isEqualTo("wa-1");
    }
    assertThat(budget.load().taken()).isEqualTo(4);
  }

  @Test
  void aClientTakesNoMoreAtOnceThanItsPermitsAllow() {
    Dfns dfns =
        DfnsBuilder.create()
            .apiUrl(server.url())
            .credentials(TOKEN)
            .permits(TokenBucket.perMinute(4))
            .build();
    for (int i = 0; i < 3; i++) {
      assertThat(dfns.wallets().getWallet("wa-1").execute().id()).isEqualTo("wa-1");
    }

    assertThatExceptionOfType(ServiceUnavailableException.class)
        .isThrownBy(() -> dfns.wallets().getWallet("wa-1").within(Duration.ofSeconds(50)).execute())
        .withMessageContaining("rate budget");
    assertThat(server.arrivals()).hasSize(3);
  }

  @Test
  void retriesAreAsManyAsThePolicySays() throws Exception {
    AtomicInteger requests = new AtomicInteger();
    try (RawServer broken =
        RawServer.that(
            c -> {
              c.readRequest();
              requests.incrementAndGet();
              c.write("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            })) {
      RetryPolicy twice =
          RetryPolicy.builder().maxAttempts(2).waits(Duration.ZERO, Duration.ZERO).build();
      Dfns dfns =
          DfnsBuilder.create().apiUrl(broken.url("")).credentials(TOKEN).retries(twice).build();

      assertThatExceptionOfType(ServiceUnavailableException.class)
          .isThrownBy(() -> dfns.wallets().getWallet("wa-1").execute())
          .withMessageContaining("502");
    }
    assertThat(requests).hasValue(2);
  }

  @Test
  void theDeadlineIsThatOfACall() throws Exception {
    try (RawServer silent = RawServer.that(RawServer.Connection::stall)) {
      Dfns dfns =
          DfnsBuilder.create()
              .apiUrl(silent.url(""))
              .credentials(TOKEN)
              .deadline(Duration.ofSeconds(1))
              .build();
      assertThatExceptionOfType(ServiceUnavailableException.class)
          .isThrownBy(() -> dfns.wallets().getWallet("wa-1").execute())
          .withMessageContaining("getWallet");
    }
  }

  @Test
  void theExpiryOfATokenIsReportedAheadOfTime() {
    Instant expiry = Instant.parse("2026-06-30T00:00:00Z");
    String claims =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(
                ("{\"exp\":" + expiry.getEpochSecond() + "}").getBytes(StandardCharsets.US_ASCII));
    List<Instant> reported = new CopyOnWriteArrayList<>();
    Dfns dfns =
        DfnsBuilder.create()
            .apiUrl(server.url())
            .credentials(
                CredentialSource.of(Credential.of(AccessToken.of("head." + claims + ".tail"))))
            .clock(Clock.fixed(expiry.minus(Duration.ofDays(29)), ZoneOffset.UTC))
            .onTokenExpiry(Duration.ofDays(30), reported::add)
            .build();

    dfns.wallets().getWallet("wa-1").execute();
    dfns.wallets().getWallet("wa-1").execute();

    assertThat(reported).containsExactly(expiry);
  }

  @Test
  void aMissingAddressIsNamed() {
    DfnsBuilder builder = DfnsBuilder.create().credentials(TOKEN);
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(builder::build)
        .withMessageContaining("apiUrl")
        .withMessageContaining("https://api.dfns.io");
  }

  @Test
  void missingCredentialsAreNamed() {
    DfnsBuilder builder = DfnsBuilder.create().apiUrl(server.url());
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(builder::build)
        .withMessageContaining("credentials");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://api.dfns.io",
        "ftp://localhost",
        "api.dfns.io",
        "https://user:pw@api.dfns.io",
        "https://api.dfns.io/?a=b"
      })
  void anAddressThatTheTokenMayNotTravelToIsRefused(String url) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DfnsBuilder.create().credentials(TOKEN).apiUrl(URI.create(url)).build())
        .withMessageNotContaining("pw");
  }

  @Test
  void aDeadlineIsPositive() {
    DfnsBuilder builder =
        DfnsBuilder.create().apiUrl(server.url()).credentials(TOKEN).deadline(Duration.ZERO);
    assertThatIllegalArgumentException().isThrownBy(builder::build);
  }
}
