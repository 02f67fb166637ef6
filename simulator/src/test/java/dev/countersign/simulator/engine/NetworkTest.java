package dev.countersign.simulator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Fees, functions and validators of networks. */
final class NetworkTest {

  private static final String CUSTOM =
      """
      {"kind":"Custom","name":"ours",
       "validator":{"url":"https://v.example","oauth2":{"domain":"d","audience":"a",
         "clientId":"c","clientSecret":"very-secret"}},
       "ledger":{"url":"https://l.example","oauth2":{"domain":"d","audience":"a",
         "clientId":"c","clientSecret":"very-secret"}}}""";

  private final World world = new World();
  private final TestClient admin = world.admin;

  @ParameterizedTest
  @CsvSource({
    "EthereumSepolia,Eip1559,/maxFeePerGas",
    "Bitcoin,Bitcoin,/feeRate",
    "Litecoin,Bitcoin,/feeRate",
    "SolanaDevnet,Solana,/computeUnitPrice"
  })
  void whatIsFasterCostsMore(String network, String kind, String price) {
    Response fees = admin.get("/networks/fees?network=" + network);

    assertThat(fees.text("/kind")).isEqualTo(kind);
    assertThat(new BigInteger(fees.text("/slow" + price)))
        .isLessThan(new BigInteger(fees.text("/standard" + price)));
    assertThat(new BigInteger(fees.text("/standard" + price)))
        .isLessThan(new BigInteger(fees.text("/fast" + price)));
    assertThat(admin.get("/networks/fees?network=" + network).body()).isEqualTo(fees.body());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?network=", "?network=Nowhere", "?network=Canton"})
  void feesAreOfANetworkThatHasThem(String query) {
    assertThat(admin.get("/networks/fees" + query).status()).isEqualTo(400);
  }

  private Response called(String mutability, String outputs) {
    return admin.send(
        "POST",
        "/networks/EthereumSepolia/call-function",
        "{\"contract\":\"0xabc\",\"abi\":{\"type\":\"function\",\"name\":\"f\",\"stateMutability\":\""
            + mutability
            + "\",\"inputs\":[],\"outputs\":["
            + outputs
            + "]}}",
        Map.of());
  }

  @Test
  void aFunctionGivesTheZeroOfEachOfItsOutputs() {
    Response answer =
        called(
            "view",
            "{\"name\":\"\",\"type\":\"uint256\"},{\"name\":\"\",\"type\":\"bool\"},"
                + "{\"name\":\"\",\"type\":\"address[]\"},{\"name\":\"t\",\"type\":\"tuple\","
                + "\"components\":[{\"name\":\"s\",\"type\":\"string\"}]}");

    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    assertThat(answer.body()).hasToString("[\"0\",false,[],{\"s\":\"\"}]");
  }

  @Test
  void aFunctionThatChangesSomethingIsNotCalled() {
    assertThat(called("nonpayable", "").status()).isEqualTo(400);
  }

  @Test
  void aValidatorIsMadeChangedAndDeleted() {
    String validators = "/networks/canton/validators";
    Response made = admin.post(validators, CUSTOM);
    assertThat(made.status()).as(made.toString()).isEqualTo(200);
    assertThat(made.toString()).doesNotContain("very-secret");
    assertThat(made.text("/network")).isEqualTo("Canton");
    String path = validators + "/" + made.text("/id");

    assertThat(admin.put(path, "{\"name\":\"theirs\"}").text("/name")).isEqualTo("theirs");
    assertThat(admin.get(path).text("/name")).isEqualTo("theirs");
    assertThat(admin.get(validators).body().path("items")).hasSize(1);
    assertThat(admin.delete(path).text("/id")).isEqualTo(made.text("/id"));
    assertThat(admin.get(path).status()).isEqualTo(404);
    assertThat(admin.get(validators).body().path("items")).isEmpty();
  }

  @Test
  void aValidatorIsFoundOnItsNetworkOnly() {
    String id = admin.post("/networks/canton/validators", "{\"kind\":\"Shared\"}").text("/id");

    assertThat(admin.get("/networks/canton-testnet/validators/" + id).status()).isEqualTo(404);
    assertThat(admin.get("/networks/canton-testnet/validators").body().path("items")).isEmpty();
    assertThat(admin.get("/networks/solana/validators").status()).isEqualTo(400);
    assertThat(admin.post("/networks/solana/validators", "{\"kind\":\"Shared\"}").status())
        .isEqualTo(400);
    assertThat(
            admin
                .put(
                    "/networks/canton/validators/" + id,
                    CUSTOM.replace("\"kind\":\"Custom\",\"name\":\"ours\",", ""))
                .status())
        .isEqualTo(400);
  }

  @Test
  void validatorsNeedPermissions() {
    TestClient backend = world.serviceAccount("backend", "Networks:Canton:Validators:Read");
    String validators = "/networks/canton/validators";
    String path = validators + "/" + admin.post(validators, "{\"kind\":\"Shared\"}").text("/id");

    assertThat(backend.get(path).status()).isEqualTo(200);
    assertThat(backend.post(validators, "{\"kind\":\"Shared\"}").status()).isEqualTo(403);
    assertThat(backend.put(path, "{}").status()).isEqualTo(403);
    assertThat(backend.delete(path).status()).isEqualTo(403);
  }
}
