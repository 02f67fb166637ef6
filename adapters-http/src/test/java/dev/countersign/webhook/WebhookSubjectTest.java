package dev.countersign.webhook;

import static dev.countersign.webhook.Signed.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.api.webhooks.WebhookEvent;
import dev.countersign.http.JacksonCodec;
import dev.countersign.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebhookSubjectTest {

  private static WebhookSubject subject(String data) {
    return WebhookSubject.of(
        WebhookEvent.of(
            (JsonObject)
                new JacksonCodec()
                    .parse(bytes("{\"kind\":\"later.invented\",\"data\":" + data + "}"))));
  }

  @ParameterizedTest
  @CsvSource({
    "transferRequest, Transfer",
    "transactionRequest, Transaction",
    "signatureRequest, Signature",
    "approval, Approval",
    "policyEvaluation, Evaluation",
    "offer, WalletOffer",
    "blockchainEvent, OnChain",
    "vaultEvent, Vault",
    "wallet, OfWallet",
    "laterInvented, Other"
  })
  void theSubjectIsWhatTheDataHolds(String member, String subject) {
    assertThat(subject("{\"" + member + "\":{\"id\":\"id-1\"}}").getClass().getSimpleName())
        .isEqualTo(subject);
  }

  @Test
  void aSubjectIsAViewThatLosesNothing() {
    assertThat(subject("{\"transferRequest\":{\"id\":\"xfr-1\",\"later\":1.50}}"))
        .isInstanceOfSatisfying(
            WebhookSubject.Transfer.class,
            it -> {
              assertThat(it.transfer().id()).isEqualTo("xfr-1");
              assertThat(it.transfer().json().get("later")).hasToString("1.50");
            });
    assertThat(subject("{\"later\":[1]}")).hasToString("Other[data={\"later\":[1]}]");
    assertThat(subject("7")).hasToString("Other[data=7]");
  }

  @Test
  void modifiedTagsAreBesideTheWallet() {
    assertThat(subject("{\"wallet\":{\"id\":\"wa-1\"},\"tagsAdded\":[\"a\"],\"tagsRemoved\":7}"))
        .isInstanceOfSatisfying(
            WebhookSubject.OfWallet.class,
            it -> {
              assertThat(it.tagsAdded()).containsExactly("a");
              assertThat(it.tagsRemoved()).isEmpty();
            });
  }
}
