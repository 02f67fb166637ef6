package dev.countersign.bench;

import dev.countersign.simulator.LoadedScenario;
import dev.countersign.simulator.Scenario;
import dev.countersign.simulator.Simulator;
import dev.countersign.simulator.door.HttpSimulator;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.wire.SimRequest;
import dev.countersign.simulator.wire.SimResponse;
import java.util.Map;

/** A program that serves a simulator with a wallet. */
public final class ServedWallet {

  private static final String SCENARIO =
      """
      name: bench
      serviceAccounts:
        - name: backend
          key: generate
          operations: [Wallets:Read, Wallets:Create, Wallets:Transfers:Create, Wallets:Transfers:Read]
      wallets:
        - name: treasury
          network: EthereumSepolia
          tags: [hot]
      """;

  private ServedWallet() {}

  /** Takes nothing; prints the wallet's address and the token that may read it. */
  public static void main(String[] args) {
    Simulator simulator = Simulator.builder().empty().build();
    LoadedScenario loaded = simulator.load(Scenario.parse("bench.yaml", SCENARIO));
    String token = loaded.identity("backend").token();
    SimResponse wallets =
        simulator.handle(
            SimRequest.single(
                "GET", "/wallets", Map.of("Authorization", "Bearer " + token), new byte[0]));
    String wallet = Json.parse(wallets.body()).orElseThrow().at("/items/0/id").asText();
    HttpSimulator server = HttpSimulator.start(simulator);
    System.out.println(server.url().resolve("/wallets/" + wallet) + " " + token);
  }
}
