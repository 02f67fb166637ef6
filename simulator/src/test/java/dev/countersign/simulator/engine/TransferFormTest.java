package dev.countersign.simulator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What cannot be sent from a wallet's network is refused before anything is taken up. */
final class TransferFormTest {

  private static final String EVM = "0x00000000000000000000000000000000000000Aa";

  private final World world = new World();
  private final TestClient admin = world.admin;

  private Response sent(String network, String list, String body) {
    String wallet = admin.post("/wallets", "{\"network\":\"" + network + "\"}").text("/id");
    return admin.post("/wallets/" + wallet + list, body.replace('\'', '"').replace("EVM", EVM));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "EthereumSepolia|to|{'kind':'Native','to':'somebody','amount':'1'}",
        "EthereumSepolia|to|{'kind':'Native','to':'0xAa','amount':'1'}",
        "Polygon|to|{'kind':'Native','to':'11111111111111111111111111111111','amount':'1'}",
        "Solana|kind|{'kind':'Erc20','contract':'EVM','to':'EVM','amount':'1'}",
        "Solana|kind|{'kind':'Erc721','contract':'EVM','to':'EVM','tokenId':'1'}",
        "EthereumSepolia|kind|{'kind':'Spl','mint':'m','to':'t','amount':'1'}",
        "EthereumSepolia|kind|{'kind':'Trc20','contract':'c','to':'t','amount':'1'}",
      })
  void aTransferThatDoesNotGoWithTheNetworkIsRefused(String network, String field, String body) {
    Response response = sent(network, "/transfers", body);

    assertThat(response.status()).as(response.toString()).isEqualTo(400);
    assertThat(response.message()).startsWith("Validation error: " + field + ": ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Solana|{'kind':'Evm','to':'EVM','value':'1'}",
        "Solana|{'kind':'Eip1559','to':'EVM','value':'1'}",
        "Bitcoin|{'kind':'Evm','to':'EVM','value':'1'}",
      })
  void anEvmTransactionIsRefusedElsewhere(String network, String body) {
    Response response = sent(network, "/transactions", body);

    assertThat(response.status()).as(response.toString()).isEqualTo(400);
    assertThat(response.message()).startsWith("Validation error: kind: ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Base|/transfers|{'kind':'Native','to':'EVM','amount':'1'}",
        "Base|/transfers|{'kind':'Erc20','contract':'EVM','to':'EVM','amount':'1'}",
        "Solana|/transfers|{'kind':'Spl','mint':'m','to':'t','amount':'1'}",
        "Tron|/transfers|{'kind':'Trc20','contract':'c','to':'t','amount':'1'}",
        "SeiPacific1|/transfers|{'kind':'Erc20','contract':'EVM','to':'EVM','amount':'1'}",
        "SeiPacific1|/transfers|{'kind':'Native','to':'sei1x','amount':'1'}",
        "SeiPacific1|/transactions|{'kind':'SignDocDirect','signDoc':'00'}",
        "SeiPacific1|/transactions|{'kind':'Evm','to':'EVM','value':'1'}",
        "Aptos|/transfers|{'kind':'Native','to':'0x1','amount':'1'}",
        "Base|/transactions|{'kind':'Evm','to':'EVM','value':'1'}",
      })
  void whatGoesWithItIsTakenUp(String network, String list, String body) {
    Response response = sent(network, list, body);

    assertThat(response.status()).as(response.toString()).isEqualTo(200);
  }
}
