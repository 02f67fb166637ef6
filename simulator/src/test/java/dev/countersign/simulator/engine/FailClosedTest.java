package dev.countersign.simulator.engine;

import static dev.countersign.simulator.engine.Policies.block;
import static dev.countersign.simulator.engine.Policies.create;
import static dev.countersign.simulator.engine.Policies.rule;
import static dev.countersign.simulator.engine.Policies.signing;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a rule cannot judge triggers it: now, in its time frame, and wherever the money goes. */
final class FailClosedTest {

  private static final String FRIEND = "0x00000000000000000000000000000000000000Aa";
  private static final String MOVE = "0x" + "0a".repeat(32);
  private static final String VELOCITY =
      rule("TransactionAmountVelocity", "{\"limit\":1000,\"currency\":\"USD\",\"timeframe\":10}");

  private final World world = new World();
  private final TestClient admin = world.admin;

  private String wallet(String network) {
    return "/wallets/" + admin.post("/wallets", "{\"network\":\"" + network + "\"}").text("/id");
  }

  private String send(String wallet, String to, String amount) {
    return status(
        admin.post(
            wallet + "/transfers",
            "{\"kind\":\"Native\",\"to\":\"" + to + "\",\"amount\":\"" + amount + "\"}"));
  }

  private static String status(Response response) {
    assertThat(response.status()).as(response.toString()).isEqualTo(200);
    return response.text("/status");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/transfers|{'kind':'Erc721','contract':'0x00000000000000000000000000000000000000Cc','to':'0x00000000000000000000000000000000000000Aa','tokenId':'1'}",
        "/transactions|{'kind':'Evm','to':'0x00000000000000000000000000000000000000Aa','data':'0xa9059cbb'}",
        "/signatures|{'kind':'Message','message':'0x00'}"
      })
  void anAmountThatIsNotKnownTriggersAVelocityAsLongAsItIsInTheWindow(String request) {
    String[] parts = request.replace('\'', '"').split("\\|");
    String wallet = wallet("EthereumSepolia");
    assertThat(status(admin.post(wallet + parts[0], parts[1]))).isEqualTo("Executing");
    create(admin, signing(VELOCITY, block()));

    assertThat(send(wallet, FRIEND, "1")).isEqualTo("Rejected");
    assertThat(send(wallet("EthereumSepolia"), FRIEND, "1")).isEqualTo("Executing");
    world.organisation.clock().advance(Duration.ofMinutes(10));
    assertThat(send(wallet, FRIEND, "1")).isEqualTo("Executing");
  }

  @Test
  void whatMovesNoValueIsOnNoWhitelist() {
    create(
        admin,
        signing(
            rule("TransactionRecipientWhitelist", "{\"addresses\":[\"" + FRIEND + "\"]}"),
            block()));
    String wallet = wallet("EthereumSepolia");

    assertThat(send(wallet, FRIEND, "1")).isEqualTo("Executing");
    assertThat(send(wallet, FRIEND, "0")).isEqualTo("Rejected");
  }

  @Test
  void whatMovesNoValueIsWithinNoNominalLimit() {
    create(
        admin,
        signing(
            rule(
                "TransactionAmountLimitNominal",
                "{\"assets\":[{\"network\":\"EthereumSepolia\",\"tid\":\"native:eth\",\"limit\":\"5\"}]}"),
            block()));
    String wallet = wallet("EthereumSepolia");

    assertThat(send(wallet, FRIEND, "1")).isEqualTo("Executing");
    assertThat(send(wallet, FRIEND, "0")).isEqualTo("Rejected");
  }

  @ParameterizedTest
  @CsvSource({"Aptos", "Sui", "Iota"})
  void anAddressThatIsNoneOfAnEvmNetworkIsOnAWhitelistOnlyAsItIsSpelled(String network) {
    create(
        admin,
        signing(
            rule("TransactionRecipientWhitelist", "{\"addresses\":[\"" + MOVE + "\"]}"), block()));
    String wallet = wallet(network);

    assertThat(send(wallet, MOVE, "1")).isEqualTo("Executing");
    assertThat(send(wallet, "0x" + "0A".repeat(32), "1")).isEqualTo("Rejected");
  }

  @Test
  void anAssetIsLimitedOnceInARule() {
    Response response =
        admin.post(
            "/v2/policies",
            signing(
                rule(
                    "TransactionAmountLimitNominal",
                    "{\"assets\":[{\"network\":\"Ethereum\",\"tid\":\"native:eth\",\"limit\":\"5\"},"
                        + "{\"network\":\"Ethereum\",\"tid\":\"native:eth\",\"limit\":\"6\"}]}"),
                block()));

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.message()).startsWith("Validation error: rule.configuration.assets: ");
  }
}
