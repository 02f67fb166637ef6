package dev.countersign.simulator.policies;

import dev.countersign.simulator.control.Asset;
import dev.countersign.simulator.control.Prices;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What leaves a wallet, as far as it can be inferred: limits and whitelists trigger for what
 * cannot.
 *
 * @param network the network
 * @param tid the asset's identifier there, such as {@code native:eth}; empty if unknown
 * @param amount in smallest units; null if unknown
 * @param recipient the address it goes to; null if unknown
 */
public record Spend(
    String network, String tid, @Nullable BigInteger amount, @Nullable String recipient) {

  /** No other network's addresses look so: those of Aptos, Sui and Starknet are longer. */
  private static final Pattern EVM = Pattern.compile("0x[0-9a-fA-F]{40}");

  /** Checks the components. */
  public Spend {
    Objects.requireNonNull(network, "network");
    Objects.requireNonNull(tid, "tid");
  }

  /** Nothing can be inferred. */
  public static Spend unknown(String network) {
    return new Spend(network, "", null, null);
  }

  /** Whether it is known that nothing leaves the wallet, as with most calls of contracts. */
  boolean isOfNoValue() {
    return amount != null && amount.signum() == 0;
  }

  /** Whether it goes to an address; only those of EVM networks may be spelled in two ways. */
  boolean isTo(String address) {
    return recipient != null
        && (EVM.matcher(recipient).matches()
            ? recipient.equalsIgnoreCase(address)
            : recipient.equals(address));
  }

  /** The value in US dollars; nothing for an unknown or zero amount or an asset without a price. */
  public Optional<BigDecimal> usd(Prices prices) {
    Optional<Asset> asset = prices.find(network, tid);
    return amount == null || isOfNoValue() ? Optional.empty() : asset.map(it -> it.value(amount));
  }
}
