package dev.countersign.simulator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys come and go as shares, and derive. */
final class KeySharesTest {

  private static final String SHARES =
      "\"encryptedKeyShares\":[{\"signerId\":\"a\",\"encryptedKeyShare\":\"x\"},"
          + "{\"signerId\":\"b\",\"encryptedKeyShare\":\"y\"}]";
  private static final String IMPORT =
      "{\"curve\":\"secp256k1\",\"protocol\":\"CGGMP24\",\"minSigners\":2," + SHARES + "}";
  private static final String EXPORT =
      "{\"encryptionKey\":\"AAAA\",\"supportedSchemes\":["
          + "{\"protocol\":\"FROST\",\"curve\":\"ed25519\"},"
          + "{\"protocol\":\"CGGMP24\",\"curve\":\"secp256k1\"}]}";
  private static final String HASH = "{\"kind\":\"Hash\",\"hash\":\"0x" + "ab".repeat(32) + "\"}";

  private final World world = new World();
  private final TestClient admin = world.admin;

  @ParameterizedTest
  @CsvSource({
    "CGGMP24,secp256k1,ECDSA",
    "CGGMP21,secp256k1,ECDSA",
    "FROST,ed25519,EdDSA",
    "FROST_BITCOIN,secp256k1,Schnorr",
    "GLOW20_DH,secp256k1,DH"
  })
  void anImportedKeyHasTheSchemeOfItsProtocol(String protocol, String curve, String scheme) {
    Response key =
        admin.post("/keys/import", IMPORT.replace("CGGMP24", protocol).replace("secp256k1", curve));

    assertThat(key.status()).as(key.toString()).isEqualTo(200);
    assertThat(key.text("/scheme")).isEqualTo(scheme);
    assertThat(key.body().path("imported").asBoolean()).isTrue();
    assertThat(admin.get("/keys/" + key.text("/id")).status()).isEqualTo(200);
  }

  @Test
  void anImportedKeySignsWithAKeyPairOfItsOwn() {
    Response first = admin.post("/keys/import", IMPORT);
    Response second = admin.post("/keys/import", IMPORT);
    assertThat(first.text("/publicKey")).isNotEqualTo(second.text("/publicKey"));

    String signatures = "/keys/" + first.text("/id") + "/signatures";
    Response signature = admin.post(signatures, HASH);
    world.organisation.clock().advance(Duration.ofSeconds(1));

    assertThat(admin.get(signatures + "/" + signature.text("/id")).text("/status"))
        .isEqualTo("Signed");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "secp256k1|ed25519",
        "\"minSigners\":2|\"minSigners\":3",
        "\"minSigners\":2|\"minSigners\":0",
        "\"signerId\":\"b\"|\"signerId\":\"a\"",
        "\"encryptedKeyShare\":\"y\"|\"encryptedKeyShare\":\"\"",
        "CGGMP24|FROST"
      })
  void sharesThatMakeNoKeyAreRefused(String right, String wrong) {
    Response response = admin.post("/keys/import", IMPORT.replace(right, wrong));

    assertThat(response.status()).as(response.toString()).isEqualTo(400);
    assertThat(response.toString()).doesNotContain("\"x\"");
    assertThat(admin.get("/keys").body().path("items")).isEmpty();
  }

  @Test
  void aWalletIsImportedWithItsKey() {
    Response wallet =
        admin.post(
            "/wallets/import",
            IMPORT.replace("}]}", "}],\"network\":\"EthereumSepolia\",\"name\":\"old\"}"));

    assertThat(wallet.status()).as(wallet.toString()).isEqualTo(200);
    assertThat(wallet.text("/name")).isEqualTo("old");
    assertThat(
            admin.get("/keys/" + wallet.text("/signingKey/id")).body().path("imported").asBoolean())
        .isTrue();
    assertThat(
            admin
                .post("/wallets/import", IMPORT.replace("}]}", "}],\"network\":\"Solana\"}"))
                .status())
        .isEqualTo(400);
    assertThat(
            admin
                .post(
                    "/wallets/import",
                    IMPORT
                        .replace("}]}", "}],\"network\":\"EthereumSepolia\"}")
                        .replace("CGGMP24", "GLOW20_DH"))
                .status())
        .isEqualTo(400);
  }

  @Test
  void anExportedKeySignsNoMore() {
    Response wallet = admin.post("/wallets", "{\"network\":\"EthereumSepolia\"}");
    String key = "/keys/" + wallet.text("/signingKey/id");

    Response exported = admin.post(key + "/export", EXPORT);

    assertThat(exported.status()).as(exported.toString()).isEqualTo(200);
    assertThat(exported.text("/protocol")).isEqualTo("CGGMP24");
    assertThat(exported.text("/publicKey")).isEqualTo(wallet.text("/signingKey/publicKey"));
    assertThat(exported.body().path("encryptedKeyShares").size())
        .isGreaterThanOrEqualTo(exported.body().path("minSigners").asInt());
    Response details = admin.get(key);
    assertThat(details.body().path("exported").asBoolean()).isTrue();
    assertThat(details.text("/dateExported")).isNotEmpty();
    assertThat(admin.post(key + "/signatures", HASH).status()).isEqualTo(412);
    String path = "/wallets/" + wallet.text("/id");
    assertThat(admin.post(path + "/signatures", HASH).status()).isEqualTo(412);
    assertThat(
            admin
                .post(path + "/transfers", "{\"kind\":\"Native\",\"to\":\"x\",\"amount\":\"1\"}")
                .status())
        .isEqualTo(412);
    assertThat(admin.post(path + "/transactions", "{\"kind\":\"Evm\",\"value\":\"1\"}").status())
        .isEqualTo(412);
  }

  @Test
  void exportingAWalletExportsItsKey() {
    Response wallet = admin.post("/wallets", "{\"network\":\"Solana\"}");

    assertThat(admin.post("/wallets/" + wallet.text("/id") + "/export", EXPORT).text("/protocol"))
        .isEqualTo("FROST");
    assertThat(
            admin.get("/keys/" + wallet.text("/signingKey/id")).body().path("exported").asBoolean())
        .isTrue();
  }

  @Test
  void aKeyThatTheReceiverDoesNotSupportStays() {
    Response key = admin.post("/keys", "{\"scheme\":\"Schnorr\",\"curve\":\"secp256k1\"}");
    String path = "/keys/" + key.text("/id");

    assertThat(admin.post(path + "/export", EXPORT).status()).isEqualTo(400);
    assertThat(admin.post(path + "/export", EXPORT.replace("AAAA", "")).status()).isEqualTo(400);
    assertThat(admin.get(path).body().path("exported").asBoolean()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Keys:Create", "Keys:Read", "Wallets:Create"})
  void importAndExportNeedPermissionsOfTheirOwn(String only) {
    TestClient backend = world.serviceAccount("backend", only);
    Response wallet = admin.post("/wallets", "{\"network\":\"Solana\"}");

    assertThat(backend.post("/keys/import", IMPORT).status()).isEqualTo(403);
    assertThat(backend.post("/wallets/import", IMPORT).status()).isEqualTo(403);
    assertThat(backend.post("/keys/" + wallet.text("/signingKey/id") + "/export", EXPORT).status())
        .isEqualTo(403);
    assertThat(backend.post("/wallets/" + wallet.text("/id") + "/export", EXPORT).status())
        .isEqualTo(403);
  }

  private Response derived(String key, String domain, String seed) {
    return admin.post(
        "/keys/" + key + "/derive", "{\"domain\":\"" + domain + "\",\"seed\":\"" + seed + "\"}");
  }

  private String dhKey() {
    return admin.post("/keys", "{\"scheme\":\"DH\",\"curve\":\"secp256k1\"}").text("/id");
  }

  @Test
  void theSameKeyDomainAndSeedGiveTheSameOutput() {
    String key = dhKey();
    String output = derived(key, "0x01", "0xaa").text("/output");

    assertThat(output).matches("0x[0-9a-f]{64}");
    assertThat(derived(key, "01", "0xAA").text("/output")).isEqualTo(output);
    assertThat(derived(key, "0x02", "0xaa").text("/output")).isNotEqualTo(output);
    assertThat(derived(key, "0x01", "0xab").text("/output")).isNotEqualTo(output);
    assertThat(derived(dhKey(), "0x01", "0xaa").text("/output")).isNotEqualTo(output);
  }

  @Test
  void onlyDiffieHellmanKeysDeriveAndTheySignNothing() {
    String ecdsa =
        admin.post("/keys", "{\"scheme\":\"ECDSA\",\"curve\":\"secp256k1\"}").text("/id");
    String dh = dhKey();

    assertThat(derived(ecdsa, "0x01", "0xaa").status()).isEqualTo(400);
    assertThat(derived(dh, "one", "0xaa").status()).isEqualTo(400);
    assertThat(derived(dh, "0x01", "0xa").status()).isEqualTo(400);
    assertThat(admin.post("/keys/" + dh + "/signatures", HASH).status()).isEqualTo(400);
    assertThat(admin.post("/keys", "{\"scheme\":\"DH\",\"curve\":\"ed25519\"}").status())
        .isEqualTo(400);
    assertThat(
            admin
                .post(
                    "/wallets",
                    "{\"network\":\"EthereumSepolia\",\"signingKey\":{\"id\":\"" + dh + "\"}}")
                .status())
        .isEqualTo(400);
    assertThat(
            admin
                .post(
                    "/wallets", "{\"network\":\"Solana\",\"signingKey\":{\"curve\":\"secp256k1\"}}")
                .status())
        .isEqualTo(400);
    assertThat(
            world
                .serviceAccount("b", "Keys:Read")
                .post("/keys/" + dh + "/derive", "{\"domain\":\"0x01\",\"seed\":\"0x01\"}")
                .status())
        .isEqualTo(403);
  }
}
