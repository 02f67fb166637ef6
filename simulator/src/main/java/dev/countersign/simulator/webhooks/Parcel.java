package dev.countersign.simulator.webhooks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.state.Entity;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * One delivery as it leaves: the address, the bytes, and their signature. Immutable; it does not
 * hold the secret, and prints neither bytes nor signature.
 */
public final class Parcel {

  /** The header with the signature (docs.dfns.co/guides/developers/webhooks). */
  public static final String HEADER = "X-DFNS-WEBHOOK-SIGNATURE";

  private static final String HMAC = "HmacSHA256";

  private final String eventId;
  private final String webhookId;
  private final String kind;
  private final URI address;
  private final byte[] body;
  private final String signature;

  private Parcel(
      String eventId, String webhookId, String kind, URI address, byte[] body, String signature) {
    this.eventId = eventId;
    this.webhookId = webhookId;
    this.kind = kind;
    this.address = address;
    this.body = body;
    this.signature = signature;
  }

  /** An event for a webhook: serialised once, so that what is signed is what is sent. */
  static Parcel of(Entity webhook, ObjectNode event) {
    byte[] body = Json.bytes(event);
    return new Parcel(
        event.path("id").asText(),
        webhook.id(),
        event.path("kind").asText(),
        URI.create(webhook.text("url")),
        body,
        "sha256=" + hmac(webhook.hiddenText("secret"), body));
  }

  /** The event's identifier, another one for each attempt. */
  public String eventId() {
    return eventId;
  }

  /** The webhook's identifier. */
  public String webhookId() {
    return webhookId;
  }

  /** The event's kind, such as {@code wallet.created}. */
  public String kind() {
    return kind;
  }

  /** Where it goes. */
  public URI address() {
    return address;
  }

  /** The body's bytes. Not a copy: do not change them. */
  public byte[] body() {
    return body;
  }

  /** The value of {@link #HEADER}. */
  public String signature() {
    return signature;
  }

  /** Webhook, event and kind. */
  @Override
  public String toString() {
    return webhookId + " " + eventId + " " + kind;
  }

  private static String hmac(String secret, byte[] body) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), HMAC));
      return HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java runtime has no HMAC-SHA-256", e);
    }
  }
}
