package dev.countersign.simulator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.json.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is an end user's is that end user's alone, and nothing else is. */
final class EndUserTest {

  private static final String HASH = "{\"kind\":\"Hash\",\"hash\":\"0x" + "ab".repeat(32) + "\"}";

  private final World world = new World();
  private final TestClient ada = world.endUser("ada");
  private final TestClient eve = world.endUser("eve");
  private final String custodial = wallet("{\"network\":\"EthereumSepolia\"}");
  private final String delegated =
      wallet("{\"network\":\"EthereumSepolia\",\"delegateTo\":\"" + ada.identity.userId() + "\"}");

  private String wallet(String body) {
    return world.admin.post("/wallets", body).text("/id");
  }

  private void permit(TestClient client, String... operations) {
    ObjectNode body =
        Json.object().put("name", client.identity.userId() + String.join(" ", operations));
    body.set("operations", Json.texts(List.of(operations)));
    String permission = world.admin.post("/permissions", body.toString()).text("/id");
    Response assigned =
        world.admin.post(
            "/permissions/" + permission + "/assignments",
            Json.object().put("identityId", client.identity.userId()).toString());
    assertThat(assigned.status()).as(assigned.toString()).isEqualTo(200);
  }

  private String key(String wallet) {
    return world.admin.get("/wallets/" + wallet).text("/signingKey/id");
  }

  @Test
  void anEndUserSeesOnlyWhatIsDelegated() {
    assertThat(ada.get("/wallets").body().path("items")).hasSize(1);
    assertThat(ada.get("/wallets/" + delegated).status()).isEqualTo(200);
    assertThat(ada.get("/wallets/" + custodial).status()).isEqualTo(404);
    assertThat(ada.get("/keys").body().path("items")).hasSize(1);
    assertThat(ada.get("/keys/" + key(custodial)).status()).isEqualTo(404);
    assertThat(ada.post("/keys/" + key(delegated) + "/signatures", HASH).status()).isEqualTo(200);
    assertThat(ada.post("/keys/" + key(custodial) + "/signatures", HASH).status()).isEqualTo(404);
    assertThat(eve.get("/wallets").body().path("items")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/auth/users", "/auth/service-accounts", "/v2/policies", "/v2/policy-approvals"})
  void anEndUserSeesNothingOfTheOrganisation(String path) {
    permit(ada, "Auth:Users:Read", "Auth:ServiceAccounts:Read", "Policies:Read");

    assertThat(ada.get(path).status()).isEqualTo(403);
  }

  @Test
  void aDelegatedKeyMakesNoWalletForAnybodyElse() {
    permit(eve, "Wallets:Create", "Keys:Reuse", "Keys:Create");
    permit(ada, "Wallets:Create", "Keys:Reuse", "Keys:Create");
    String reuse = "{\"network\":\"Ethereum\",\"signingKey\":{\"id\":\"" + key(delegated) + "\"}}";

    assertThat(world.admin.post("/wallets", reuse).status()).isEqualTo(403);
    assertThat(eve.post("/wallets", reuse).status()).isEqualTo(404);
    Response own = ada.post("/wallets", reuse);
    assertThat(own.status()).as(own.toString()).isEqualTo(200);
    assertThat(own.text("/signingKey/delegatedTo")).isEqualTo(ada.identity.userId());
  }

  @Test
  void aPersonalAccessTokenOfAnEndUserSeesNoMoreThanThatUser() {
    permit(ada, "Auth:Pats:Create");
    TestKey key = TestKey.fresh();
    Response created =
        ada.post(
            "/auth/pats", Json.object().put("name", "ci").put("publicKey", key.pem()).toString());
    assertThat(created.status()).as(created.toString()).isEqualTo(200);
    TestClient pat =
        ada.withCredential(created.text("/credId"), key).bearing(created.text("/accessToken"));

    assertThat(pat.get("/wallets").body().path("items")).hasSize(1);
    assertThat(pat.get("/wallets/" + custodial).status()).isEqualTo(404);
    assertThat(pat.post("/keys/" + key(delegated) + "/signatures", HASH).status()).isEqualTo(200);
    assertThat(
            pat.post(
                    "/auth/pats",
                    Json.object().put("name", "x").put("publicKey", key.pem()).toString())
                .status())
        .isEqualTo(403);
  }
}
