package dev.countersign.simulator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Keys and wallets are given away once, whole, and only if they were made for it. */
final class DelegationTest {

  private static final String TRANSFER =
      "{\"kind\":\"Native\",\"to\":\"0x00000000000000000000000000000000000000Aa\",\"amount\":\"1\"}";
  private static final String MESSAGE = "{\"kind\":\"Message\",\"message\":\"0x00\"}";

  private final World world = new World();
  private final TestClient admin = world.admin;
  private final TestClient owner = world.endUser("owner");
  private final String user = owner.identity.userId();

  private Response wallet(String more) {
    Response wallet = admin.post("/wallets", "{\"network\":\"EthereumSepolia\"" + more + "}");
    assertThat(wallet.status()).as(wallet.toString()).isEqualTo(200);
    return wallet;
  }

  private Response delayed() {
    return wallet(",\"delayDelegation\":true");
  }

  private static String to(String field, String userId) {
    return "{\"" + field + "\":\"" + userId + "\"}";
  }

  private static String key(Response wallet) {
    return "/keys/" + wallet.text("/signingKey/id");
  }

  private static String path(Response wallet) {
    return "/wallets/" + wallet.text("/id");
  }

  @Test
  void aDelegatedKeyTakesItsWalletsWithIt() {
    Response first = delayed();
    Response second =
        admin.post(
            "/wallets",
            "{\"network\":\"Polygon\",\"signingKey\":{\"id\":\""
                + first.text("/signingKey/id")
                + "\"}}");
    assertThat(admin.post(key(first) + "/signatures", MESSAGE).status()).isEqualTo(200);

    Response delegated = admin.post(key(first) + "/delegate", to("delegateTo", user));

    assertThat(delegated.status()).as(delegated.toString()).isEqualTo(200);
    assertThat(delegated.text("/status")).isEqualTo("Delegated");
    for (Response wallet : new Response[] {first, second}) {
      Response now = admin.get(path(wallet));
      assertThat(now.text("/signingKey/delegatedTo")).isEqualTo(user);
      assertThat(now.body().path("custodial").asBoolean()).isFalse();
      assertThat(admin.post(path(wallet) + "/transfers", TRANSFER).status()).isEqualTo(403);
      assertThat(admin.post(path(wallet) + "/signatures", MESSAGE).status()).isEqualTo(403);
    }
    assertThat(admin.get(key(first)).body().path("custodial").asBoolean()).isFalse();
    assertThat(admin.post(key(first) + "/signatures", MESSAGE).status()).isEqualTo(403);
    assertThat(admin.get("/wallets?ownerId=" + user).body().path("items")).hasSize(2);
    assertThat(admin.get("/keys?owner=" + user).body().path("items")).hasSize(1);
    assertThat(admin.get("/keys?owner=owner").body().path("items")).hasSize(1);
    assertThat(admin.get("/keys?owner=nobody").body().path("items")).isEmpty();
  }

  @Test
  void anEndUserUsesWhatItWasGivenAndNoPolicyStandsOverIt() {
    Response wallet = delayed();
    Policies.create(admin, Policies.signing(Policies.always(), Policies.block()));
    assertThat(owner.get(path(wallet)).status()).isEqualTo(404);

    admin.post(path(wallet) + "/delegate", to("userId", user));

    assertThat(owner.get(path(wallet)).status()).isEqualTo(200);
    assertThat(owner.get("/wallets").body().path("items")).hasSize(1);
    assertThat(owner.post(path(wallet) + "/transfers", TRANSFER).text("/status"))
        .isEqualTo("Executing");
    assertThat(owner.post(key(wallet) + "/signatures", MESSAGE).text("/status"))
        .isEqualTo("Executing");
    assertThat(owner.get(path(wallet("")) + "/transfers").status()).isEqualTo(404);
  }

  @Test
  void noPolicyStandsOverAnEndUsersKeyEither() {
    String key =
        admin
            .post(
                "/keys",
                "{\"scheme\":\"ECDSA\",\"curve\":\"secp256k1\",\"delegateTo\":\"" + user + "\"}")
            .text("/id");
    Policies.create(admin, Policies.signing(Policies.always(), Policies.block()));

    Response signature = owner.post("/keys/" + key + "/signatures", MESSAGE);

    assertThat(signature.text("/status")).as(signature.toString()).isEqualTo("Executing");
  }

  @Test
  void aDelegatedWalletTakesItsKeyWithIt() {
    Response wallet = delayed();

    assertThat(admin.post(path(wallet) + "/delegate", to("userId", user)).text("/status"))
        .isEqualTo("Delegated");

    assertThat(admin.post(key(wallet) + "/signatures", MESSAGE).status()).isEqualTo(403);
    assertThat(admin.delete(key(wallet)).status()).isEqualTo(403);
  }

  @Test
  void delegationCannotBeRepeatedOrUndone() {
    Response wallet = delayed();
    admin.post(path(wallet) + "/delegate", to("userId", user));
    String other = world.endUser("other").identity.userId();

    assertThat(admin.post(path(wallet) + "/delegate", to("userId", other)).status()).isEqualTo(403);
    assertThat(admin.post(key(wallet) + "/delegate", to("delegateTo", other)).status())
        .isEqualTo(403);
    assertThat(admin.get(path(wallet)).text("/signingKey/delegatedTo")).isEqualTo(user);
  }

  @Test
  void whatWasNotMadeForItIsNotDelegated() {
    Response treasury = wallet("");

    assertThat(admin.post(path(treasury) + "/delegate", to("userId", user)).status())
        .isEqualTo(412);
    assertThat(admin.post(key(treasury) + "/delegate", to("delegateTo", user)).status())
        .isEqualTo(412);
    assertThat(admin.post(path(treasury) + "/transfers", TRANSFER).status()).isNotEqualTo(403);
  }

  @Test
  void onlyEndUsersGetKeys() {
    Response wallet = delayed();
    String employee = world.human("employee").identity.userId();
    String machine = world.serviceAccount("machine").identity.userId();

    assertThat(admin.post(path(wallet) + "/delegate", to("userId", "us-none")).status())
        .isEqualTo(404);
    assertThat(admin.post(path(wallet) + "/delegate", to("userId", machine)).status())
        .isEqualTo(400);
    assertThat(admin.post(path(wallet) + "/delegate", to("userId", employee)).status())
        .isEqualTo(400);
    assertThat(
            admin
                .post("/wallets", "{\"network\":\"Solana\",\"delegateTo\":\"" + machine + "\"}")
                .status())
        .isEqualTo(400);
    assertThat(admin.get(path(wallet)).body().path("custodial").asBoolean()).isTrue();
  }

  @Test
  void anArchivedWalletIsNotDelegated() {
    Response wallet = delayed();
    admin.delete(key(wallet));

    assertThat(admin.post(path(wallet) + "/delegate", to("userId", user)).status()).isEqualTo(422);
    assertThat(admin.post(key(wallet) + "/delegate", to("delegateTo", user)).status())
        .isEqualTo(422);
  }

  @Test
  void theOrganisationMakesNoFurtherWalletOfADelegatedKey() {
    Response wallet = wallet(",\"delegateTo\":\"" + user + "\"");

    assertThat(
            admin
                .post(
                    "/wallets",
                    "{\"network\":\"Polygon\",\"signingKey\":{\"id\":\""
                        + wallet.text("/signingKey/id")
                        + "\"}}")
                .status())
        .isEqualTo(403);
  }

  @Test
  void delegatingNeedsItsPermission() {
    Response wallet = delayed();
    TestClient backend = world.serviceAccount("backend", "Wallets:Create", "Keys:Create");

    assertThat(backend.post(path(wallet) + "/delegate", to("userId", user)).status())
        .isEqualTo(403);
    TestClient other = world.serviceAccount("other", "Keys:Delegate");
    assertThat(other.post(path(wallet) + "/delegate", to("userId", user)).status()).isEqualTo(200);
  }
}
