package dev.countersign.webhook;

import dev.countersign.api.webhooks.WebhookEvent;
import dev.countersign.call.CheckReturnValue;
import dev.countersign.credential.Secret;
import dev.countersign.error.ProtocolException;
import dev.countersign.json.JsonCodec;
import dev.countersign.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Tells deliveries of Dfns from others by their signature, HMAC-SHA-256 over the bytes as they
 * arrived, and fresh ones from old. Immutable and safe for use by several threads at once.
 *
 * <p>Give it the body before anything has parsed it: JSON that was read and written again is other
 * bytes (docs.dfns.co/guides/developers/webhooks).
 */
public final class WebhookVerifier {

  /** The header with the signature. */
  public static final String HEADER = "X-DFNS-WEBHOOK-SIGNATURE";

  /** How far the time of sending may be from now unless told otherwise: 5 minutes. */
  public static final Duration DEFAULT_TOLERANCE = Duration.ofMinutes(5);

  private static final String SCHEME = "sha256=";
  private static final int HEX_LENGTH = 64;

  private final JsonCodec codec;
  private final Supplier<List<Secret>> secrets;
  private final Duration tolerance;
  private final Clock clock;

  private WebhookVerifier(
      JsonCodec codec, Supplier<List<Secret>> secrets, Duration tolerance, Clock clock) {
    this.codec = Objects.requireNonNull(codec, "codec");
    this.secrets = Objects.requireNonNull(secrets, "secrets");
    this.tolerance = tolerance;
    this.clock = Objects.requireNonNull(clock, "clock");
  }

  /**
   * Verifies with the secrets of one or more webhooks, {@code whs-…}: several while one webhook
   * replaces another, as a secret cannot be changed.
   *
   * @throws IllegalArgumentException if there is none, or one is empty
   */
  public static WebhookVerifier of(JsonCodec codec, List<Secret> secrets) {
    List<Secret> copy = List.copyOf(secrets);
    if (copy.isEmpty() || copy.stream().anyMatch(secret -> secret.reveal().isEmpty())) {
      throw new IllegalArgumentException(
          "A webhook is verified with the secret that createWebhook answered, which is not empty");
    }
    return of(codec, () -> copy);
  }

  /** The same with secrets that may be others while the program runs; asked for each delivery. */
  public static WebhookVerifier of(JsonCodec codec, Supplier<List<Secret>> secrets) {
    return new WebhookVerifier(codec, secrets, DEFAULT_TOLERANCE, Clock.systemUTC());
  }

  /**
   * The same with another tolerance, or another clock.
   *
   * @throws IllegalArgumentException unless the tolerance is positive
   */
  public WebhookVerifier within(Duration tolerance, Clock clock) {
    if (tolerance.isNegative() || tolerance.isZero()) {
      throw new IllegalArgumentException("A tolerance is positive, not " + tolerance);
    }
    return new WebhookVerifier(codec, secrets, tolerance, clock);
  }

  /**
   * Judges one delivery.
   *
   * @param body the bytes of the body as they arrived; not kept and not changed
   * @param signature the value of {@link #HEADER}, or null if there was none
   * @return if it is genuine, an event whose {@code id}, {@code kind}, {@code timestampSent} and
   *     {@code retryOf} can be read; the rest may be of later kinds
   */
  @CheckReturnValue
  public Delivery verify(byte[] body, @Nullable String signature) {
    if (signature == null) {
      return refused("it has no header " + HEADER);
    }
    if (!signature.startsWith(SCHEME)) {
      return refused("its " + HEADER + " does not begin with " + SCHEME);
    }
    String hex = signature.substring(SCHEME.length());
    if (hex.length() != HEX_LENGTH) {
      return refused("its signature has " + hex.length() + " digits instead of " + HEX_LENGTH);
    }
    byte[] given;
    try {
      given = HexFormat.of().parseHex(hex);
    } catch (IllegalArgumentException e) {
      return refused("its signature is not hexadecimal");
    }
    return isSigned(body, given)
        ? read(body)
        : refused(
            "its signature is of other bytes or by another secret; it covers the body as it arrived,"
                + " not JSON that was read and written again");
  }

  /**
   * Judges one delivery by all headers of the name, of which there is to be one.
   *
   * @param signatures the values of every {@link #HEADER} that arrived
   */
  @CheckReturnValue
  public Delivery judge(byte[] body, List<String> signatures) {
    return signatures.size() > 1
        ? refused("it has " + signatures.size() + " headers " + HEADER + " instead of one")
        : verify(body, signatures.isEmpty() ? null : signatures.get(0));
  }

  /** Tries every secret, so that the time tells nothing of which it was. */
  private boolean isSigned(byte[] body, byte[] given) {
    boolean signed = false;
    for (Secret secret : secrets.get()) {
      signed |= MessageDigest.isEqual(hmac(secret, body), given);
    }
    return signed;
  }

  private static byte[] hmac(Secret secret, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      byte[] key = secret.reveal().getBytes(StandardCharsets.UTF_8);
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(body);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has HmacSHA256", e);
    }
  }

  private Delivery read(byte[] body) {
    try {
      if (!(codec.parse(body) instanceof JsonObject json)) {
        return refused("its body is JSON but no object");
      }
      WebhookEvent event = WebhookEvent.of(json);
      Instant sent = Instant.ofEpochSecond(event.timestampSent());
      Duration away = Duration.between(sent, clock.instant());
      if (away.abs().compareTo(tolerance) >= 0) {
        return refused(
            "it was sent at "
                + sent
                + ", "
                + (away.isNegative() ? "which is yet to come" : "which is too long ago")
                + "; see that the clocks agree to "
                + tolerance);
      }
      return new Delivery.Genuine(named(event));
    } catch (ProtocolException e) {
      return refused("its body cannot be read: " + e.getMessage());
    } catch (DateTimeException | ArithmeticException e) {
      return refused("its timestampSent is no time");
    }
  }

  /** Makes sure of what duplicates are known by; throws ProtocolException without it. */
  private static WebhookEvent named(WebhookEvent event) {
    Objects.requireNonNull(event.id());
    Objects.requireNonNull(event.kind());
    Objects.requireNonNull(event.retryOf());
    return event;
  }

  private static Delivery refused(String why) {
    return new Delivery.Refused("The delivery was refused: " + why);
  }

  /** The tolerance; no secret. */
  @Override
  public String toString() {
    return "WebhookVerifier(" + tolerance + ")";
  }
}
