package dev.countersign.simulator.networks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.call.Answer;
import dev.countersign.simulator.call.Behaviour;
import dev.countersign.simulator.call.Call;
import dev.countersign.simulator.json.Json;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Fees, contracts and validators of networks. */
public final class Networks {

  /** What seconds a block takes. */
  private static final int BLOCK = 12;

  private static final List<String> BITCOINS = List.of("Bitcoin", "Dogecoin", "Litecoin");
  private static final List<String> SPEEDS = List.of("slow", "standard", "fast");
  private static final BigInteger GWEI = BigInteger.TEN.pow(9);

  private Networks() {}

  /** By the operation's name. */
  public static Map<String, Behaviour> behaviours() {
    Map<String, Behaviour> all = new HashMap<>(Validators.behaviours());
    all.put("getFees", Networks::fees);
    all.put("callFunction", FunctionCalls::call);
    return all;
  }

  /** Fees that belong to the network: the same each time, and higher for what is faster. */
  private static Answer fees(Call call) {
    String network = call.query("network");
    if (network.isEmpty()) {
      return Answer.refused(400, "Validation error: network: required parameter is missing");
    }
    int base = 1 + (call.tenant().derive("fees of " + network)[0] & 0x3f);
    ObjectNode fees = Json.object().put("network", network);
    fees.put("blockNumber", call.now().getEpochSecond() / BLOCK);
    if (BITCOINS.stream().anyMatch(network::startsWith)) {
      fees.put("kind", "Bitcoin");
      SPEEDS.forEach(
          speed ->
              fees.putObject(speed)
                  .put("feeRate", String.valueOf(base * faster(speed)))
                  .put("blockHorizon", 12 / faster(speed)));
    } else if (network.startsWith("Solana")) {
      fees.put("kind", "Solana");
      SPEEDS.forEach(
          speed ->
              fees.putObject(speed)
                  .put("computeUnitPrice", String.valueOf(1000 * base * faster(speed))));
    } else {
      fees.put("kind", "Eip1559").put("baseFeePerGas", gwei(base));
      SPEEDS.forEach(
          speed ->
              fees.putObject(speed)
                  .put("maxPriorityFeePerGas", gwei(faster(speed)))
                  .put("maxFeePerGas", gwei(2 * base + faster(speed))));
    }
    return Answer.ok(fees);
  }

  private static int faster(String speed) {
    return 1 + SPEEDS.indexOf(speed);
  }

  private static String gwei(int amount) {
    return GWEI.multiply(BigInteger.valueOf(amount)).toString();
  }
}
