package dev.countersign.simulator.wallets;

import com.fasterxml.jackson.databind.JsonNode;
import dev.countersign.simulator.call.Answer;
import dev.countersign.simulator.keys.Network;
import dev.countersign.simulator.state.Entity;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a request goes with its wallet's network: its kind, and on EVM networks its recipient.
 * Kinds whose network their name does not tell go with every network but those of EVM. Sei, which
 * is of EVM and of Cosmos, takes all.
 */
final class Fitting {

  private static final String SEI = "Sei";
  private static final String ADDRESS = "0x[0-9a-fA-F]{40}";

  private static final Set<String> ON_EVM = Set.of("Erc20", "Erc721", "Erc7984", "Evm", "Eip1559");

  /** What the networks' names begin with, by the kind of transfer. */
  private static final Map<String, String> ELSEWHERE =
      Map.ofEntries(
          Map.entry("Asa", "Algorand"),
          Map.entry("Cip56", "Canton"),
          Map.entry("Cis2", "Concordium"),
          Map.entry("Cis7", "Concordium"),
          Map.entry("Hip17", "Hedera"),
          Map.entry("Hts", "Hedera"),
          Map.entry("Snip2", "Starknet"),
          Map.entry("Snip3", "Starknet"),
          Map.entry("Spl", "Solana"),
          Map.entry("Spl2022", "Solana"),
          Map.entry("Tep74", "Ton"),
          Map.entry("Trc10", "Tron"),
          Map.entry("Trc20", "Tron"),
          Map.entry("Trc721", "Tron"),
          Map.entry("Xls33", "Xrp"));

  private Fitting() {}

  /** The refusal of a transfer that does not. */
  static Optional<Answer> transfer(Entity wallet, JsonNode body) {
    String name = wallet.text("network");
    String kind = body.path("kind").asText();
    boolean evm = Network.of(name).isEvm();
    if (!kind.equals(AssetId.NATIVE)
        && !(fits(kind, name) && name.startsWith(ELSEWHERE.getOrDefault(kind, "")))) {
      return invalid("kind: " + kind + " does not go with " + name);
    }
    return evm && !body.path("to").asText().matches(ADDRESS)
        ? invalid("to: must be an address of " + name + ": 0x and 40 hexadecimal digits")
        : Optional.empty();
  }

  /** The refusal of a transaction that does not; of most kinds it cannot be told. */
  static Optional<Answer> transaction(Entity wallet, JsonNode body) {
    String name = wallet.text("network");
    String kind = body.path("kind").asText();
    return ON_EVM.contains(kind) && !fits(kind, name)
        ? invalid("kind: " + kind + " does not go with " + name)
        : Optional.empty();
  }

  private static boolean fits(String kind, String network) {
    return network.startsWith(SEI) || ON_EVM.contains(kind) == Network.of(network).isEvm();
  }

  private static Optional<Answer> invalid(String fault) {
    return Optional.of(Answer.refused(400, "Validation error: " + fault));
  }
}
