package dev.countersign.simulator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.control.Switches;
import dev.countersign.simulator.crypto.Base64Url;
import dev.countersign.simulator.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A service account changes its key while its token stays. */
final class CredentialRotationTest {

  private final World world = new World();
  private final TestClient backend =
      world.serviceAccount("backend", "Wallets:Create", "Keys:Create", "Wallets:Read");

  private static Response register(TestClient client, TestKey proof, TestKey key, String credId) {
    Response challenge =
        client.unsigned("POST", "/auth/credentials/init", Json.object().put("kind", "Key"));
    assertThat(challenge.status()).as(challenge.toString()).isEqualTo(200);
    String clientData =
        "{\"type\":\"key.create\",\"challenge\":\"" + challenge.text("/challenge") + "\"}";
    byte[] signed =
        Json.object()
            .put("clientDataHash", TestKey.sha256(clientData))
            .put("publicKey", key.pem())
            .toString()
            .getBytes(StandardCharsets.UTF_8);
    ObjectNode attestation =
        Json.object()
            .put("publicKey", key.pem())
            .put("signature", HexFormat.of().formatHex(proof.sign(signed)));
    ObjectNode body =
        Json.object()
            .put("challengeIdentifier", challenge.text("/challengeIdentifier"))
            .put("credentialName", "next")
            .put("credentialKind", "Key");
    body.putObject("credentialInfo")
        .put("credId", credId)
        .put("clientData", Base64Url.encode(clientData))
        .put("attestationData", Base64Url.encode(attestation.toString()));
    return client.post("/auth/credentials", body.toString());
  }

  @ParameterizedTest
  @EnumSource
  void theNewKeySignsBesideTheOldUntilThatIsDeactivated(TestKey.Kind kind) {
    TestKey next = TestKey.fresh(kind);

    Response created = register(backend, next, next, "next-key");

    assertThat(created.status()).as(created.toString()).isEqualTo(200);
    TestClient rotated = backend.withCredential("next-key", next);
    assertThat(backend.challenge("POST", "/wallets", "").body().at("/allowCredentials/key"))
        .hasSize(2);
    assertThat(rotated.post("/wallets", "{\"network\":\"Solana\"}").status()).isEqualTo(200);
    assertThat(backend.post("/wallets", "{\"network\":\"Solana\"}").status()).isEqualTo(200);
    String old = backend.get("/auth/credentials").text("/items/0/credentialUuid");
    assertThat(
            rotated
                .put("/auth/credentials/deactivate", "{\"credentialUuid\":\"" + old + "\"}")
                .status())
        .isEqualTo(200);
    Response challenge = backend.challenge("POST", "/wallets", "");
    assertThat(challenge.body().at("/allowCredentials/key")).hasSize(1);
    assertThat(backend.answer(challenge.body()).status()).isEqualTo(401);
    assertThat(
            rotated
                .put("/auth/credentials/activate", "{\"credentialUuid\":\"" + old + "\"}")
                .status())
        .isEqualTo(200);
    assertThat(backend.post("/wallets", "{\"network\":\"Solana\"}").status()).isEqualTo(200);
    assertThat(rotated.delete("/auth/credentials/" + old).status()).isEqualTo(200);
    assertThat(rotated.get("/auth/credentials").body().path("items")).hasSize(1);
  }

  @Test
  void aKeyWhosePrivateHalfIsNotThereIsRefused() {
    Response response = register(backend, backend.key, TestKey.fresh(), "next-key");

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.reason()).isEqualTo("the signature does not verify");
  }

  @Test
  void aCredentialIdIsTakenOnce() {
    TestKey next = TestKey.fresh();

    assertThat(register(backend, next, next, backend.credentialId).status()).isEqualTo(409);
  }

  @Test
  void anothersCredentialIsOutOfReach() {
    String theirs = world.admin.get("/auth/credentials").text("/items/0/credentialUuid");

    assertThat(
            backend
                .put("/auth/credentials/deactivate", "{\"credentialUuid\":\"" + theirs + "\"}")
                .status())
        .isEqualTo(404);
    assertThat(backend.delete("/auth/credentials/" + theirs).status()).isEqualTo(404);
  }

  @Test
  void aServiceAccountDoesNotRotateItsKeyIfSwitched() {
    World strict =
        new World(Switches.defaults().toBuilder().serviceAccountsRotateKeys(false).build());
    TestClient client = strict.serviceAccount("backend");

    assertThat(client.get("/auth/credentials").status()).isEqualTo(403);
    assertThat(strict.admin.get("/auth/credentials").status()).isEqualTo(200);
  }
}
