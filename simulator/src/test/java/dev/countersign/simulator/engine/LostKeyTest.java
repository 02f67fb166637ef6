package dev.countersign.simulator.engine;

import static dev.countersign.simulator.engine.Policies.always;
import static dev.countersign.simulator.engine.Policies.anyone;
import static dev.countersign.simulator.engine.Policies.ask;
import static dev.countersign.simulator.engine.Policies.create;
import static dev.countersign.simulator.engine.Policies.group;
import static dev.countersign.simulator.engine.Policies.signing;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A request whose key is gone when its turn comes is not signed, so that nothing moves. */
final class LostKeyTest {

  private static final String TO = "0x00000000000000000000000000000000000000Aa";

  private final World world = new World();
  private final TestClient admin = world.admin;
  private final String wallet =
      "/wallets/"
          + admin
              .post("/wallets", "{\"network\":\"EthereumSepolia\",\"delayDelegation\":true}")
              .text("/id");
  private final String key = "/keys/" + admin.get(wallet).text("/signingKey/id");

  private Response requested(String kind) {
    String body =
        switch (kind) {
          case "transfers" -> "{\"kind\":\"Native\",\"to\":\"" + TO + "\",\"amount\":\"1\"}";
          case "transactions" -> "{\"kind\":\"Evm\",\"to\":\"" + TO + "\",\"value\":\"1\"}";
          default -> "{\"kind\":\"Message\",\"message\":\"0x00\"}";
        };
    Response response = admin.post(wallet + "/" + kind, body);
    assertThat(response.status()).as(response.toString()).isEqualTo(200);
    return response;
  }

  private void failed(String kind, Response request) {
    world.organisation.clock().advance(Duration.ofMinutes(1));
    Response end = admin.get(wallet + "/" + kind + "/" + request.text("/id"));
    assertThat(end.text("/status")).as(end.toString()).isEqualTo("Failed");
    assertThat(end.text("/reason")).startsWith("the key ");
    assertThat(end.body().has("txHash")).isFalse();
    assertThat(end.body().has("signature")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"transfers", "transactions", "signatures"})
  void aDeletedKeySignsNothingThatWasAskedForBefore(String kind) {
    Response request = requested(kind);
    assertThat(admin.delete(key).status()).isEqualTo(200);

    failed(kind, request);
  }

  @ParameterizedTest
  @ValueSource(strings = {"transfers", "transactions", "signatures"})
  void anExportedKeySignsNothingThatWasAskedForBefore(String kind) {
    Response request = requested(kind);
    assertThat(
            admin
                .post(
                    key + "/export",
                    "{\"encryptionKey\":\"AAAA\",\"supportedSchemes\":["
                        + "{\"protocol\":\"CGGMP24\",\"curve\":\"secp256k1\"}]}")
                .status())
        .isEqualTo(200);

    failed(kind, request);
  }

  @ParameterizedTest
  @ValueSource(strings = {"transfers", "transactions", "signatures"})
  void whatIsApprovedTooLateIsNotSigned(String kind) {
    create(admin, signing(always(), ask(group(1, anyone()))));
    Response held = requested(kind);
    assertThat(held.text("/status")).isEqualTo("Pending");
    assertThat(admin.delete(key).status()).isEqualTo(200);

    Response decided =
        world
            .admin("ada")
            .post(
                "/v2/policy-approvals/" + held.text("/approvalId") + "/decisions",
                "{\"value\":\"Approved\"}");

    assertThat(decided.text("/status")).isEqualTo("Approved");
    failed(kind, held);
  }

  @Test
  void whatTheOrganisationAskedForIsNotSignedWithAnEndUsersKey() {
    Response request = requested("transfers");
    TestClient carol = world.endUser("carol");
    assertThat(
            admin
                .post(key + "/delegate", "{\"delegateTo\":\"" + carol.identity.userId() + "\"}")
                .status())
        .isEqualTo(200);

    failed("transfers", request);
  }

  @Test
  void aReplacementIsNotSignedEitherAndTheTransferGoesItsWay() {
    Response transfer = requested("transfers");
    world.organisation.clock().advance(Duration.ofMillis(200));
    Response cancellation =
        admin.post(wallet + "/transfers/" + transfer.text("/id") + "/cancel", "{}");
    assertThat(cancellation.status()).as(cancellation.toString()).isEqualTo(200);
    assertThat(admin.delete(key).status()).isEqualTo(200);

    failed("transactions", cancellation);
    assertThat(admin.get(wallet + "/transfers/" + transfer.text("/id")).text("/status"))
        .as("it was signed before")
        .isEqualTo("Confirmed");
  }
}
