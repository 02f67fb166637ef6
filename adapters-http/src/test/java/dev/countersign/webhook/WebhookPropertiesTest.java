package dev.countersign.webhook;

import static dev.countersign.webhook.Signed.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.api.webhooks.WebhookEvent;
import dev.countersign.http.JacksonCodec;
import dev.countersign.json.JsonObject;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever arrives is judged; nothing is thrown, and nothing of it is repeated. */
class WebhookPropertiesTest {

  private static final WebhookVerifier VERIFIER = Signed.verifier();
  private static final byte[] BODY = bytes(Signed.event("whe-1", ""));

  @Provide
  Arbitrary<String> headers() {
    String right = Signed.signature(BODY);
    return Arbitraries.oneOf(
        Arbitraries.strings(),
        Arbitraries.strings().map(text -> "sha256=" + text),
        Arbitraries.strings()
            .withChars("0123456789abcdefABCDEFxyz-+ ")
            .ofLength(64)
            .map(text -> "sha256=" + text),
        Arbitraries.integers().between(0, right.length() - 1).map(end -> right.substring(0, end)),
        Arbitraries.strings().ofMinLength(1).map(more -> right + more));
  }

  @Property(tries = 1000)
  void noHeaderButTheRightOneIsBelieved(@ForAll("headers") String header) {
    Delivery delivery = VERIFIER.verify(BODY, header);

    assertThat(delivery).isInstanceOf(Delivery.Refused.class);
    String reason = ((Delivery.Refused) delivery).reason();
    assertThat(reason).startsWith("The delivery was refused: it").hasSizeLessThan(200);
    if (header.length() > 20) {
      assertThat(reason).doesNotContain(header);
    }
  }

  @Property(tries = 1000)
  void anyBytesWithTheRightSignatureAreReadOrRefused(@ForAll byte[] body) {
    assertThat(VERIFIER.verify(body, Signed.signature(body))).isInstanceOf(Delivery.Refused.class);
  }

  @Provide
  Arbitrary<String> values() {
    return Arbitraries.oneOf(
        Arbitraries.of(
            "null", "7", "-1.5e400", "true", "[]", "{}", "\"x\"", "[[[]]]", "{\"id\":7}", "1e99"),
        Arbitraries.longs().map(String::valueOf),
        Arbitraries.strings().alpha().map(text -> "\"" + text + "\""));
  }

  @Property(tries = 1000)
  void anyMembersAreReadOrRefused(
      @ForAll("values") String id,
      @ForAll("values") String kind,
      @ForAll("values") String sent,
      @ForAll("values") String retryOf,
      @ForAll("values") String data) {
    String body =
        "{\"id\":%s,\"kind\":%s,\"timestampSent\":%s,\"retryOf\":%s,\"data\":%s}"
            .formatted(
                id, kind, sent.equals("7") ? Signed.SENT.getEpochSecond() : sent, retryOf, data);

    if (VERIFIER.verify(bytes(body), Signed.signature(bytes(body)))
        instanceof Delivery.Genuine genuine) {
      assertThat(genuine.event().id()).isNotNull();
      assertThat(WebhookSubject.of(genuine.event())).isNotNull();
    }
  }

  @Property(tries = 1000)
  void anyDataHasASubject(
      @ForAll("values") String value, @ForAll("members") String member, @ForAll boolean nested) {
    String data = nested ? "{\"" + member + "\":" + value + "}" : value;
    WebhookEvent event =
        WebhookEvent.of((JsonObject) new JacksonCodec().parse(bytes("{\"data\":" + data + "}")));

    assertThat(WebhookSubject.of(event)).isNotNull();
  }

  @Provide
  Arbitrary<String> members() {
    return Arbitraries.of(
        List.of(
            "wallet",
            "transferRequest",
            "transactionRequest",
            "signatureRequest",
            "approval",
            "policyEvaluation",
            "offer",
            "blockchainEvent",
            "vaultEvent",
            "later"));
  }
}
