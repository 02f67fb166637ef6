package dev.countersign.simulator.control;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Objects;

/**
 * What the simulator knows of an asset.
 *
 * @param symbol its symbol, such as {@code ETH}
 * @param decimals how many decimals its smallest unit has
 * @param usd the price of one whole unit in US dollars
 */
public record Asset(String symbol, int decimals, BigDecimal usd) {

  /** Checks the components. */
  public Asset {
    Objects.requireNonNull(symbol, "symbol");
    if (decimals < 0 || decimals > 36) {
      throw new IllegalArgumentException("An asset has 0 to 36 decimals, not " + decimals);
    }
    if (usd.signum() < 0) {
      throw new IllegalArgumentException("An asset's price is not negative: " + usd);
    }
  }

  /** What an amount in smallest units is worth in US dollars. */
  public BigDecimal value(BigInteger amount) {
    return new BigDecimal(amount, decimals).multiply(usd);
  }
}
