package dev.countersign.webhook;

import dev.countersign.credential.Secret;
import dev.countersign.http.JacksonCodec;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Deliveries as Dfns signs them. */
public final class Signed {

  public static final String SECRET = "whs-canary-secret-1";
  public static final Instant SENT = Instant.parse("2026-01-02T03:04:05Z");
  public static final Clock CLOCK = Clock.fixed(SENT, ZoneOffset.UTC);

  private Signed() {}

  public static String event(String id, String more) {
    return ("{\"id\":\"%s\",\"kind\":\"wallet.transfer.confirmed\",\"date\":\"2026-01-02T03:04:05Z\","
            + "\"data\":{\"transferRequest\":{\"id\":\"xfr-1\",\"memo\":\"canary-body\"}},"
            + "\"timestampSent\":%d%s}")
        .formatted(id, SENT.getEpochSecond(), more);
  }

  public static String signature(byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return "sha256=" + HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  public static WebhookVerifier verifier() {
    return WebhookVerifier.of(new JacksonCodec(), List.of(Secret.of(SECRET)))
        .within(WebhookVerifier.DEFAULT_TOLERANCE, CLOCK);
  }

  public static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
