package dev.countersign.simulator.engine;

import static dev.countersign.fuzz.Fuzz.require;

import dev.countersign.fuzz.Fuzz;
import dev.countersign.fuzz.FuzzTarget;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.spec.Operation;
import dev.countersign.simulator.wire.SimRequest;
import dev.countersign.simulator.wire.SimResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The simulator answers any request, and never with a fault of its own. An input is a request as
 * HTTP/1.1 has it, without a version; if its first byte is odd, its body is signed and sent with a
 * user action. {@code ^} stands for the admin's token, {@code ~} for the path of the wallet.
 */
public final class RequestFuzz extends FuzzTarget {

  private static final String FAULT = "a fault of the simulator";

  /** What a server reads of a request before its body. */
  private static final int LONGEST_HEAD = 8192;

  private static final Stage STAGE = new Stage();

  public static Stream<byte[]> seeds() {
    List<String> seeds = new ArrayList<>();
    for (Operation operation : STAGE.engine.description().operations()) {
      String first = operation.method().equals("GET") ? "\0" : "\1";
      seeds.add(
          first
              + operation.method()
              + " "
              + operation.path().replace("{walletId}", "~").replaceAll("\\{[A-Za-z]+}", "x-1")
              + "\nAuthorization: Bearer ^\nContent-Type: application/json\n\n{}");
    }
    seeds.add(
        "\0POST /auth/action\nContent-Type: application/json\n\n{\"challengeIdentifier\":\"^\"}");
    seeds.add(
        "\1POST /wallets\n\n{\"network\":\"EthereumSepolia\",\"name\":\"a\",\"tags\":[\"x\"]}");
    seeds.add(
        "\1POST /wallets/~/transfers\n\n{\"kind\":\"Native\",\"to\":\"0x000000000000000000000000000000000000dEaD\",\"amount\":\"1\",\"externalId\":\"x\"}");
    seeds.add(
        "\1POST /wallets/~/transactions\n\n{\"kind\":\"Evm\",\"to\":\"0x000000000000000000000000000000000000dEaD\",\"value\":\"1\",\"data\":\"0x\"}");
    seeds.add("\1POST /keys\n\n{\"scheme\":\"ECDSA\",\"curve\":\"secp256k1\"}");
    seeds.add("\1POST /wallets/~/signatures\n\n{\"kind\":\"Message\",\"message\":\"0x00\"}");
    seeds.add(
        "\1POST /wallets/~/signatures\n\n{\"kind\":\"Eip712\",\"types\":{\"A\":[{\"name\":\"x\",\"type\":\"uint8[2]\"}]},\"domain\":{\"name\":\"d\"},\"message\":{\"x\":[1,2]}}");
    seeds.add("\1POST /permissions\n\n{\"name\":\"p\",\"operations\":[\"Wallets:Read\"]}");
    seeds.add(
        "\1POST /v2/policies\n\n{\"name\":\"p\",\"activityKind\":\"Wallets:Sign\",\"rule\":{\"kind\":\"TransactionAmountLimit\",\"configuration\":{\"limit\":1,\"currency\":\"USD\"}},\"action\":{\"kind\":\"Block\"}}");
    seeds.add("\1POST /webhooks\n\n{\"url\":\"http://localhost:1/x\",\"events\":[\"*\"]}");
    seeds.add("\0GET /wallets?limit=%31&paginationToken=a%zz\nAuthorization: Bearer ^\n\n");
    return Fuzz.seeds(seeds.toArray(String[]::new));
  }

  @Override
  protected void fed(byte[] input) throws Exception {
    STAGE.tenant.restore(STAGE.begin);
    String wallet =
        STAGE
            .tenant
            .table(dev.countersign.simulator.state.Tables.WALLETS)
            .all()
            .findFirst()
            .orElseThrow()
            .id();
    String text = Fuzz.latin(Fuzz.rest(input)).replace("^", STAGE.token()).replace("~", wallet);
    int end = text.indexOf("\n\n");
    if ((end < 0 ? text.length() : end) > LONGEST_HEAD) {
      return;
    }
    String[] head = (end < 0 ? text : text.substring(0, end)).split("\n", -1);
    byte[] body = (end < 0 ? "" : text.substring(end + 2)).getBytes(StandardCharsets.ISO_8859_1);
    String[] line = head[0].split(" ", 2);
    String target = line.length < 2 || !line[1].startsWith("/") ? "/" + head[0] : line[1];
    Map<String, String> headers = new LinkedHashMap<>();
    for (String header : Arrays.copyOfRange(head, 1, head.length)) {
      String[] both = header.split(": ", 2);
      headers.put(both[0], both.length < 2 ? "" : both[1]);
    }
    STAGE.engine.decisions().clear();
    List<SimResponse> responses = new ArrayList<>();
    Fuzz.bounded(
        body.length,
        20_000,
        () ->
            responses.add(
                Fuzz.choice(input, 2) == 0
                    ? STAGE.engine.handle(SimRequest.single(line[0], target, headers, body))
                    : STAGE.signed(line[0], target, "application/json", body, body)));
    // what this takes is not the simulator's
    responses.forEach(response -> judge(response, text));
  }

  private static void judge(SimResponse response, String asked) {
    List<String> decisions = new ArrayList<>(STAGE.tenant.decisions().lines());
    decisions.addAll(STAGE.engine.decisions().lines());
    for (String decision : decisions) {
      // unless the request says so itself; its answer is then still none of 500
      require(asked.contains(FAULT) || !decision.contains(FAULT), decision);
      Fuzz.requireAbsent(STAGE.token(), decision);
    }
    require(
        response.status() >= 200 && response.status() < 600 && response.status() != 500,
        "It was answered with " + response.status());
    if (response.status() >= 400) {
      require(
          Json.parse(response.body()).filter(it -> it.has("error")).isPresent(),
          "A refusal is an error as Dfns words it");
      Fuzz.requireAbsent(STAGE.token(), Fuzz.latin(response.body()));
    }
  }
}
