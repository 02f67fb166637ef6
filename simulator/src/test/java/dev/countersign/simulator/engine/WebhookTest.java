package dev.countersign.simulator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Webhooks: five at most, and a secret that is told once. */
final class WebhookTest {

  private static final String HOOK = "{\"url\":\"https://hook.example/x\",\"events\":[\"*\"]}";

  private final World world = new World();
  private final TestClient admin = world.admin;

  private Response webhook() {
    Response made = admin.post("/webhooks", HOOK);
    assertThat(made.status()).as(made.toString()).isEqualTo(200);
    return made;
  }

  @Test
  void theSecretIsToldOnce() {
    Response made = webhook();
    String secret = made.text("/secret");
    String path = "/webhooks/" + made.text("/id");

    assertThat(secret).matches("whs-[a-z0-9]{5}-[a-z0-9]{5}-[a-z0-9]{16}");
    assertThat(made.text("/status")).isEqualTo("Enabled");
    assertThat(admin.get(path).toString()).doesNotContain(secret);
    assertThat(admin.get("/webhooks").toString()).doesNotContain(secret);
    assertThat(admin.put(path, "{\"description\":\"d\"}").toString()).doesNotContain(secret);
    assertThat(admin.delete(path).toString()).doesNotContain(secret);
    assertThat(world.organisation.decisions().toString()).doesNotContain(secret);
    assertThat(webhook().text("/secret")).isNotEqualTo(secret);
  }

  @Test
  void aWebhookIsChangedFieldByField() {
    String path = "/webhooks/" + webhook().text("/id");

    Response changed = admin.put(path, "{\"status\":\"Disabled\",\"events\":[\"wallet.created\"]}");

    assertThat(changed.text("/status")).isEqualTo("Disabled");
    assertThat(changed.text("/url")).isEqualTo("https://hook.example/x");
    assertThat(changed.body().path("events")).hasSize(1);
    assertThat(admin.get(path).body()).isEqualTo(changed.body());
  }

  @Test
  void anOrganisationHasFiveWebhooksAtMost() {
    String last = "";
    for (int i = 0; i < 5; i++) {
      last = webhook().text("/id");
    }

    assertThat(admin.post("/webhooks", HOOK).status()).isEqualTo(412);
    admin.delete("/webhooks/" + last);
    assertThat(admin.post("/webhooks", HOOK).status()).isEqualTo(200);
    assertThat(admin.get("/webhooks").body().path("items")).hasSize(5);
  }

  @Test
  void aDeletedWebhookIsGone() {
    String path = "/webhooks/" + webhook().text("/id");

    assertThat(admin.delete(path).body()).hasToString("{\"deleted\":true}");

    assertThat(admin.get(path).status()).isEqualTo(404);
    assertThat(admin.get(path + "/events").status()).isEqualTo(404);
    assertThat(admin.delete(path).status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"url\":\"hook\",\"events\":[\"*\"]}",
        "{\"url\":\"ftp://hook.example\",\"events\":[\"*\"]}",
        "{\"url\":\"https://a b\",\"events\":[\"*\"]}",
        "{\"url\":\"https:///x\",\"events\":[\"*\"]}",
        "{\"url\":\"https://hook.example\",\"events\":[]}",
        "{\"url\":\"https://hook.example\",\"events\":[\"wallet.sold\"]}",
        "{\"url\":\"https://hook.example\",\"events\":[\"*\"],\"secret\":\"mine\"}",
        "{\"events\":[\"*\"]}"
      })
  void aWebhookThatCannotBeIsRefused(String body) {
    assertThat(admin.post("/webhooks", body).status()).isEqualTo(400);
    assertThat(admin.get("/webhooks").body().path("items")).isEmpty();
  }

  @Test
  void aPingOfAnotherMachineSaysThatNothingIsSentAndIsNotKept() {
    String path = "/webhooks/" + webhook().text("/id");

    Response ping = admin.post(path + "/ping", "{}");

    assertThat(ping.text("/error")).contains("not sent");
    assertThat(admin.get(path + "/events").body().path("items")).isEmpty();
  }

  @Test
  void eachOperationNeedsItsPermission() {
    String path = "/webhooks/" + webhook().text("/id");
    TestClient reader = world.serviceAccount("reader", "Webhooks:Read");

    assertThat(reader.get(path).status()).isEqualTo(200);
    assertThat(reader.post("/webhooks", HOOK).status()).isEqualTo(403);
    assertThat(reader.put(path, "{}").status()).isEqualTo(403);
    assertThat(reader.delete(path).status()).isEqualTo(403);
    assertThat(reader.post(path + "/ping", "{}").status()).isEqualTo(403);
    assertThat(reader.get(path + "/events").status()).isEqualTo(403);
  }
}
