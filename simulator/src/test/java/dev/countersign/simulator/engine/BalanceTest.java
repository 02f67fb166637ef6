package dev.countersign.simulator.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.databind.JsonNode;
import dev.countersign.simulator.Balances;
import dev.countersign.simulator.control.Asset;
import dev.countersign.simulator.control.Switches;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Wallets have what came in less what went out, and where that is counted they pay no more. */
final class BalanceTest {

  private static final String FROM = "0x00000000000000000000000000000000000000Aa";
  private static final String TOKEN = "0x00000000000000000000000000000000000000Cc";

  private final World world =
      new World(Switches.defaults().toBuilder().balances(Switches.Balances.COUNTED).build());
  private final TestClient admin = world.admin;
  private final Balances balances = world.organisation.balances();
  private final String wallet = wallet("EthereumSepolia").text("/id");

  private Response wallet(String network) {
    return admin.post("/wallets", "{\"network\":\"" + network + "\"}");
  }

  private Response transfer(String more, String to, long amount) {
    Response made =
        admin.post(
            "/wallets/" + wallet + "/transfers",
            "{" + more + ",\"to\":\"" + to + "\",\"amount\":\"" + amount + "\"}");
    assertThat(made.status()).as(made.toString()).isEqualTo(200);
    return made;
  }

  private Response pay(String to, long amount) {
    return transfer("\"kind\":\"Native\"", to, amount);
  }

  private Response now(Response transfer) {
    return admin.get("/wallets/" + wallet + "/transfers/" + transfer.text("/id"));
  }

  private void pass() {
    world.organisation.clock().advance(Duration.ofSeconds(1));
  }

  private void deposit(long amount) {
    balances.deposit(wallet, "native", BigInteger.valueOf(amount), FROM);
  }

  private long balance() {
    return balances.of(wallet, "native").longValueExact();
  }

  @Test
  void aDepositIsInBalanceHistoryAndEvents() {
    String hook =
        "/webhooks/"
            + admin
                .post(
                    "/webhooks",
                    "{\"url\":\"https://hook.example\","
                        + "\"events\":[\"wallet.blockchainevent.detected\"]}")
                .text("/id");
    String hash = balances.deposit(wallet, "native:eth", BigInteger.TEN.pow(18), FROM);

    Response assets = admin.get("/wallets/" + wallet + "/assets?netWorth=true");
    assertThat(assets.text("/assets/0/kind")).isEqualTo("Native");
    assertThat(assets.text("/assets/0/balance")).isEqualTo("1000000000000000000");
    assertThat(assets.text("/assets/0/symbol")).isEqualTo("ETH");
    assertThat(assets.body().at("/assets/0/quotes/USD").decimalValue())
        .isEqualByComparingTo("2500");
    assertThat(assets.body().at("/netWorth/USD").decimalValue()).isEqualByComparingTo("2500");
    Response history = admin.get("/wallets/" + wallet + "/history");
    assertThat(history.text("/items/0/direction")).isEqualTo("In");
    assertThat(history.text("/items/0/from")).isEqualTo(FROM);
    assertThat(history.text("/items/0/txHash")).isEqualTo(hash);
    JsonNode event = admin.get(hook + "/events").body().at("/items/0/data/blockchainEvent");
    assertThat(event).isEqualTo(history.body().at("/items/0"));
    assertThat(admin.get("/wallets/" + wallet + "/assets").body().has("netWorth")).isFalse();
  }

  @Test
  void aPaymentBeyondTheBalanceFailsAndSaysWhy() {
    deposit(10);
    Response failed = pay(FROM, 11);
    Response paid = pay(FROM, 10);
    pass();

    assertThat(now(failed).text("/status")).isEqualTo("Failed");
    assertThat(now(failed).text("/reason"))
        .isEqualTo("insufficient balance: the wallet has 10 of native:eth, not 11");
    assertThat(now(failed).body().has("txHash")).isFalse();
    assertThat(now(paid).text("/status")).isEqualTo("Confirmed");
    assertThat(balance()).isZero();
    assertThat(admin.get("/wallets/" + wallet + "/assets").body().path("assets")).isEmpty();
  }

  @Test
  void whatWasSentIsNotSpentTwiceBeforeItIsConfirmed() {
    deposit(10);
    Response first = pay(FROM, 6);
    Response second = pay(FROM, 6);
    pass();

    assertThat(now(first).text("/status")).isEqualTo("Confirmed");
    assertThat(now(second).text("/status")).isEqualTo("Failed");
    assertThat(balance()).isEqualTo(4);
  }

  @Test
  void aWalletOfTheOrganisationIsPaid() {
    Response other = wallet("EthereumSepolia");
    deposit(10);
    pay(other.text("/address").toUpperCase(Locale.ROOT).replace("0X", "0x"), 4);
    assertThat(balances.of(other.text("/id"), "native")).isEqualTo(BigInteger.ZERO);
    pass();

    assertThat(balances.of(other.text("/id"), "native")).isEqualTo(BigInteger.valueOf(4));
    assertThat(balance()).isEqualTo(6);
  }

  @Test
  void aCancelledPaymentComesBackAndOneSpedUpIsPaidOnce() {
    deposit(10);
    Response cancelled = pay(FROM, 4);
    world.organisation.clock().advance(Duration.ofMillis(200));
    assertThat(balance()).isEqualTo(6);
    admin.post("/wallets/" + wallet + "/transfers/" + cancelled.text("/id") + "/cancel", "{}");
    pass();
    assertThat(now(cancelled).text("/status")).isEqualTo("Failed");
    assertThat(balance()).isEqualTo(10);

    Response spedUp = pay(FROM, 4);
    world.organisation.clock().advance(Duration.ofMillis(200));
    admin.post("/wallets/" + wallet + "/transfers/" + spedUp.text("/id") + "/speed-up", "{}");
    pass();
    assertThat(balance()).isEqualTo(6);
  }

  @Test
  void anAbortedPaymentNeverLeft() {
    deposit(10);
    Response aborted = pay(FROM, 4);
    admin.put("/wallets/" + wallet + "/transfers/" + aborted.text("/id") + "/abort", null);
    pass();

    assertThat(balance()).isEqualTo(10);
  }

  @Test
  void aPlainTransactionPaysToo() {
    deposit(10);
    String body = "{\"kind\":\"Evm\",\"to\":\"" + FROM + "\",\"value\":\"%s\"}";
    String path = "/wallets/" + wallet + "/transactions";
    Response paid = admin.post(path, body.formatted(7));
    Response failed = admin.post(path, body.formatted(7));
    pass();

    assertThat(admin.get(path + "/" + paid.text("/id")).text("/status")).isEqualTo("Confirmed");
    assertThat(admin.get(path + "/" + failed.text("/id")).text("/status")).isEqualTo("Failed");
    assertThat(balance()).isEqualTo(3);
  }

  @Test
  void tokensHaveBalancesOfTheirOwn() {
    world
        .organisation
        .prices()
        .set("EthereumSepolia", "erc20:" + TOKEN, new Asset("USDC", 6, BigDecimal.ONE));
    balances.deposit(wallet, "erc20:" + TOKEN, BigInteger.valueOf(5_000_000), FROM);
    transfer(
        "\"kind\":\"Erc20\",\"contract\":\"" + TOKEN.toLowerCase(Locale.ROOT) + "\"",
        FROM,
        2_000_000);
    pass();

    Response assets = admin.get("/wallets/" + wallet + "/assets?netWorth=true");
    assertThat(assets.body().path("assets")).hasSize(1);
    assertThat(assets.text("/assets/0/kind")).isEqualTo("Erc20");
    assertThat(assets.text("/assets/0/contract")).isEqualToIgnoringCase(TOKEN);
    assertThat(assets.text("/assets/0/balance")).isEqualTo("3000000");
    assertThat(assets.body().at("/netWorth/USD").decimalValue()).isEqualByComparingTo("3");
    assertThat(balance()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "Solana,   spl:Mint",
    "Stellar,  sep41:USDC:Issuer",
    "XrpLedger, iou:USD:Issuer",
    "Canton,   cip56:Id:Admin",
    "Tron,     trc10:1000001",
    "Algorand, asa:123",
    "Aptos,    aip21:0x1",
    "Ton,      tep74:Master",
  })
  void everyFungibleKindIsShownAsTheDescriptionHasIt(String network, String asset) {
    String id = wallet(network).text("/id");
    balances.set(id, asset, BigInteger.valueOf(5));

    Response assets = admin.get("/wallets/" + id + "/assets");
    assertThat(assets.text("/assets/0/balance")).isEqualTo("5");
    assertThat(admin.get("/wallets/" + id + "/history").body().path("items")).isEmpty();
  }

  @Test
  void unlessBalancesAreCountedEveryWalletHasEnough() {
    World plenty = new World();
    String rich = plenty.admin.post("/wallets", "{\"network\":\"EthereumSepolia\"}").text("/id");
    Response paid =
        plenty.admin.post(
            "/wallets/" + rich + "/transfers",
            "{\"kind\":\"Native\",\"to\":\"" + FROM + "\",\"amount\":\"7\"}");
    plenty.organisation.clock().advance(Duration.ofSeconds(1));

    assertThat(
            plenty.admin.get("/wallets/" + rich + "/transfers/" + paid.text("/id")).text("/status"))
        .isEqualTo("Confirmed");
    assertThat(plenty.organisation.balances().of(rich, "native")).isEqualTo(BigInteger.valueOf(-7));
    assertThat(plenty.admin.get("/wallets/" + rich + "/assets").body().path("assets")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "gold", "erc20", "erc20:", "iou:USD", "spl:a:b"})
  void anAssetThatCannotBeIsRefused(String asset) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> balances.set(wallet, asset, BigInteger.ONE))
        .withMessageContaining("An asset");
  }

  @Test
  void nothingIsDepositedIntoNothing() {
    assertThatIllegalArgumentException().isThrownBy(() -> deposit(0));
    assertThatIllegalStateException()
        .isThrownBy(() -> balances.deposit("wa-none", "native", BigInteger.ONE, FROM));
  }
}
