package dev.countersign.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.countersign.api.webhooks.WebhookEvent;
import dev.countersign.api.webhooks.WebhookEventKind;
import dev.countersign.credential.Secret;
import dev.countersign.http.JacksonCodec;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookVerifierTest {

  private static final Instant SENT = Instant.parse("2026-01-02T03:04:05Z");
  private static final Secret SECRET = Secret.of("whs-canary-1");
  private static final String BODY =
      "{\"id\":\"whe-1\",\"kind\":\"wallet.transfer.requested\",\"date\":\"2026-01-02T03:04:05.000Z\","
          + "\"data\":{\"transferRequest\":{\"id\":\"xfr-1\",\"later\":1.50}},"
          + "\"timestampSent\":1767323045,\"deliveryAttempt\":1}";

  /** Made by OpenSSL: {@code openssl dgst -sha256 -hmac whs-canary-1}. */
  private static final String SIGNATURE =
      "sha256=8aa52bda61b91e00e60e8536925e207adac252a47a5b246b74ed0b11d0fe0e4a";

  private static WebhookVerifier at(Instant now, Secret... secrets) {
    return WebhookVerifier.of(new JacksonCodec(), List.of(secrets))
        .within(WebhookVerifier.DEFAULT_TOLERANCE, Clock.fixed(now, ZoneOffset.UTC));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String signed(String body) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(bytes(SECRET.reveal()), "HmacSHA256"));
    return "sha256=" + HexFormat.of().formatHex(mac.doFinal(bytes(body)));
  }

  private static String reason(Delivery delivery) {
    assertThat(delivery).isInstanceOf(Delivery.Refused.class);
    return ((Delivery.Refused) delivery).reason();
  }

  @Test
  void aDeliveryOfDfnsIsGenuineAndTyped() {
    Delivery delivery = at(SENT, SECRET).verify(bytes(BODY), SIGNATURE);

    assertThat(delivery).isInstanceOf(Delivery.Genuine.class);
    WebhookEvent event = ((Delivery.Genuine) delivery).event();
    assertThat(event.id()).isEqualTo("whe-1");
    assertThat(event.kind()).isEqualTo(WebhookEventKind.WALLET_TRANSFER_REQUESTED);
    assertThat(event.data().transferRequest())
        .get(type(dev.countersign.api.wallets.TransferRequest.class))
        .satisfies(
            transfer -> {
              assertThat(transfer.id()).isEqualTo("xfr-1");
              assertThat(transfer.json().get("later")).hasToString("1.50");
            });
  }

  @Test
  void eachOfSeveralSecretsIsGood() {
    assertThat(at(SENT, Secret.of("whs-2"), SECRET).verify(bytes(BODY), SIGNATURE))
        .isInstanceOf(Delivery.Genuine.class);
    assertThat(at(SENT, SECRET, Secret.of("whs-2")).verify(bytes(BODY), SIGNATURE))
        .isInstanceOf(Delivery.Genuine.class);
    assertThat(reason(at(SENT, Secret.of("whs-2")).verify(bytes(BODY), SIGNATURE)))
        .contains("of other bytes or by another secret");
  }

  @Test
  void secretsCanChangeWhileTheProgramRuns() {
    List<Secret> secrets = new ArrayList<>();
    WebhookVerifier verifier =
        WebhookVerifier.of(new JacksonCodec(), () -> secrets)
            .within(Duration.ofMinutes(5), Clock.fixed(SENT, ZoneOffset.UTC));
    assertThat(verifier.verify(bytes(BODY), SIGNATURE)).isInstanceOf(Delivery.Refused.class);

    secrets.add(SECRET);

    assertThat(verifier.verify(bytes(BODY), SIGNATURE)).isInstanceOf(Delivery.Genuine.class);
  }

  @Test
  void aBodyThatDiffersInOneByteIsRefused() {
    byte[] body = bytes(BODY);
    for (int at : new int[] {0, body.length / 2, body.length - 1}) {
      byte[] changed = body.clone();
      changed[at] ^= 1;
      assertThat(reason(at(SENT, SECRET).verify(changed, SIGNATURE))).contains("other bytes");
    }
    assertThat(reason(at(SENT, SECRET).verify(bytes(BODY + " "), SIGNATURE)))
        .contains("other bytes");
  }

  @Test
  void eachMalformedHeaderHasItsSentence() {
    WebhookVerifier verifier = at(SENT, SECRET);
    String hex = SIGNATURE.substring(7);

    assertThat(reason(verifier.verify(bytes(BODY), null)))
        .isEqualTo("The delivery was refused: it has no header X-DFNS-WEBHOOK-SIGNATURE");
    assertThat(reason(verifier.verify(bytes(BODY), hex)))
        .endsWith("its X-DFNS-WEBHOOK-SIGNATURE does not begin with sha256=");
    assertThat(reason(verifier.verify(bytes(BODY), "sha256=")))
        .endsWith("its signature has 0 digits instead of 64");
    assertThat(reason(verifier.verify(bytes(BODY), SIGNATURE + "," + SIGNATURE)))
        .endsWith("its signature has 136 digits instead of 64");
    assertThat(reason(verifier.verify(bytes(BODY), "sha256=" + "x".repeat(64))))
        .endsWith("its signature is not hexadecimal");
  }

  @ParameterizedTest
  @CsvSource({"-299, true", "299, true", "300, false", "-300, false", "86400, false"})
  void aDeliveryIsFreshForLessThanFiveMinutes(long secondsLater, boolean genuine) {
    Delivery delivery = at(SENT.plusSeconds(secondsLater), SECRET).verify(bytes(BODY), SIGNATURE);

    assertThat(delivery instanceof Delivery.Genuine).isEqualTo(genuine);
    if (!genuine) {
      assertThat(reason(delivery))
          .contains("2026-01-02T03:04:05Z")
          .contains(secondsLater > 0 ? "too long ago" : "yet to come");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{\"canary\":",
        "{\"id\":\"canary\"}",
        "{\"timestampSent\":\"canary\"}",
        "{\"timestampSent\":1.5}",
        "{\"timestampSent\":9223372036854775807}"
      })
  void aSignedBodyThatIsNoEventIsRefusedWithoutQuotingIt(String body) throws Exception {
    assertThat(reason(at(SENT, SECRET).verify(bytes(body), signed(body))))
        .startsWith("The delivery was refused: its ")
        .doesNotContain("canary");
  }

  @Test
  void aVerifierNeedsASecretAndATolerance() {
    JacksonCodec codec = new JacksonCodec();
    assertThatThrownBy(() -> WebhookVerifier.of(codec, List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("createWebhook");
    assertThatThrownBy(() -> WebhookVerifier.of(codec, List.of(Secret.of(""))))
        .isInstanceOf(IllegalArgumentException.class);
    WebhookVerifier verifier = at(SENT, SECRET);
    assertThatThrownBy(() -> verifier.within(Duration.ZERO, Clock.systemUTC()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A tolerance is positive, not PT0S");
    assertThat(verifier.toString()).doesNotContain("canary");
  }
}
