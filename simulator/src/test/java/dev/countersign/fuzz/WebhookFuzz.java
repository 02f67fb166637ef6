package dev.countersign.fuzz;

import static dev.countersign.fuzz.Fuzz.require;

import dev.countersign.credential.Secret;
import dev.countersign.http.JacksonCodec;
import dev.countersign.webhook.Delivery;
import dev.countersign.webhook.MemoryDeliveryLog;
import dev.countersign.webhook.Reception;
import dev.countersign.webhook.WebhookReceiver;
import dev.countersign.webhook.WebhookSubject;
import dev.countersign.webhook.WebhookVerifier;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A delivery is genuine only with a signature by the secret, and is refused otherwise; the first
 * line of an input is the header, the rest the body.
 */
public final class WebhookFuzz extends FuzzTarget {

  private static final Secret SECRET = Secret.of("whs-" + Fuzz.CANARY);
  private static final Clock CLOCK =
      Clock.fixed(Instant.ofEpochSecond(1_767_225_600), ZoneOffset.UTC);
  private static final WebhookVerifier VERIFIER =
      WebhookVerifier.of(new JacksonCodec(), List.of(Secret.of("whs-other"), SECRET))
          .within(Duration.ofMinutes(5), CLOCK);

  static Stream<byte[]> seeds() {
    return Fuzz.seeds(
        "\n{\"id\":\"whe-1\",\"kind\":\"wallet.created\",\"timestampSent\":1767225600,\"date\":\"2026-01-01T00:00:00Z\",\"data\":{\"wallet\":{\"id\":\"wa-1\"}}}",
        "\n{\"id\":\"whe-2\",\"retryOf\":\"whe-1\",\"kind\":\"wallet.transfer.confirmed\",\"timestampSent\":1767225601,\"data\":{\"transferRequest\":{\"id\":\"xfr-1\",\"walletId\":\"wa-1\",\"status\":\"Confirmed\"}}}",
        "\n{\"id\":\"whe-3\",\"kind\":\"policy.approval.resolved\",\"timestampSent\":1767225601,\"data\":{\"approval\":{\"id\":\"ap-1\",\"status\":\"Denied\"}}}",
        "\n{\"id\":1,\"kind\":null,\"timestampSent\":1e18}",
        "sha256=" + "0".repeat(64) + "\n{}",
        "sha1=00\n[]");
  }

  @Override
  protected void fed(byte[] input) throws Exception {
    int line = 0;
    while (line < input.length && input[line] != '\n') {
      line++;
    }
    String header = Fuzz.latin(Arrays.copyOf(input, line));
    byte[] body = Arrays.copyOfRange(input, Math.min(line + 1, input.length), input.length);
    String signature = "sha256=" + HexFormat.of().formatHex(hmac(body));
    if (!header.equalsIgnoreCase(signature)) {
      refused(VERIFIER.judge(body, List.of(header)), header);
    }
    refused(VERIFIER.judge(body, List.of(signature, header)), signature);
    refused(VERIFIER.judge(body, List.of()), signature);
    Fuzz.bounded(body.length, 3_000, () -> signed(body, signature));
  }

  private static void refused(Delivery delivery, String header) {
    require(delivery instanceof Delivery.Refused, "Only what is signed is genuine");
    shown(delivery, header);
  }

  private static void signed(byte[] body, String signature) {
    Delivery delivery = VERIFIER.judge(body, List.of(signature));
    shown(delivery instanceof Delivery.Refused ? delivery : "", signature);
    WebhookReceiver receiver =
        WebhookReceiver.of(
                VERIFIER,
                MemoryDeliveryLog.create(),
                event -> require(WebhookSubject.of(event) != null, "An event is about something"))
            .withClock(CLOCK);
    Reception first = receiver.receive(body, List.of(signature));
    boolean genuine = delivery instanceof Delivery.Genuine;
    require(
        first.status() == (genuine ? 200 : 401),
        "What is genuine is handled and all else refused, not answered with " + first.status());
    shown(first, signature);
    if (genuine) {
      Reception second = receiver.receive(body, List.of(signature));
      require(second.status() == 200, "A duplicate is accepted");
      require(second.reason().endsWith(" was handled before"), "A duplicate is not handled again");
    }
  }

  private static void shown(Object judged, String signature) {
    Fuzz.requireNoCanary(judged);
    if (signature.length() >= 20) {
      Fuzz.requireAbsent(signature.substring(7), judged);
    }
  }

  private static byte[] hmac(byte[] body) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(SECRET.reveal().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    return mac.doFinal(body);
  }
}
