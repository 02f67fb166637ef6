package dev.countersign.credential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.http.JacksonCodec;
import dev.countersign.json.JsonCodec;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenExpiryWatchTest {

  private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
  private static final Duration MONTH = Duration.ofDays(30);

  private final JsonCodec codec = new JacksonCodec();
  private final List<Instant> reported = new ArrayList<>();
  private final AtomicReference<AccessToken> token = new AtomicReference<>();
  private final TokenExpiryWatch watch =
      TokenExpiryWatch.over(
          () -> Credential.of(token.get()),
          codec,
          Clock.fixed(NOW, ZoneOffset.UTC),
          MONTH,
          reported::add);

  @Test
  void aTokenIsReportedOnceWhenItsTimeComesNear() {
    Instant near = NOW.plus(MONTH);
    token.set(jwt("{\"exp\":" + near.getEpochSecond() + "}"));

    watch.current();
    watch.current();

    assertThat(reported).containsExactly(near);
    assertThat(watch.expiresAt()).contains(near);
  }

  @Test
  void aTokenThatIsFarFromItsEndIsNotReported() {
    token.set(jwt("{\"exp\":" + NOW.plus(MONTH).plusSeconds(1).getEpochSecond() + "}"));

    watch.current();

    assertThat(reported).isEmpty();
  }

  @Test
  void eachTokenIsReportedForItself() {
    token.set(jwt("{\"exp\":" + NOW.getEpochSecond() + "}"));
    watch.current();
    token.set(jwt("{\"exp\":" + NOW.plusSeconds(1).getEpochSecond() + "}"));
    watch.current();

    assertThat(reported).containsExactly(NOW, NOW.plusSeconds(1));
  }

  @Test
  void theClaimsOfATokenCanBeRead() {
    TokenClaims claims =
        TokenClaims.read(
            jwt(
                "{\"https://custom/app_metadata\":{\"userId\":\"us-1\",\"orgId\":\"or-1\"},\"exp\":1}"),
            codec);

    assertThat(claims.userId()).contains("us-1");
    assertThat(claims.organisationId()).contains("or-1");
    assertThat(claims.expiresAt()).contains(Instant.ofEpochSecond(1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "opaque",
        "a.b",
        "a.!.c",
        "a..c",
        "a.e30.c.d",
        "a.W10.c",
        "a.eyJleHAiOiJzb29uIn0.c",
        "a.eyJleHAiOjFlMzAwfQ.c",
        "a.eyJleHAiOjEuNX0.c",
        "a.eyJleHAiOjkyMjMzNzIwMzY4NTQ3NzU4MDd9.c"
      })
  void aTokenThatSaysNothingIsNotReported(String text) {
    token.set(AccessToken.of(text));

    watch.current();

    assertThat(reported).isEmpty();
    assertThat(watch.expiresAt()).isEmpty();
  }

  private static AccessToken jwt(String claims) {
    String payload =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(claims.getBytes(StandardCharsets.UTF_8));
    return AccessToken.of("eyJhbGciOiJub25lIn0." + payload + ".c2ln");
  }
}
