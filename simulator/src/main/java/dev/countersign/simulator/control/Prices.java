package dev.countersign.simulator.control;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The assets of one organisation's world and what they cost, for policies that limit amounts. An
 * asset that is not here has no price, so those policies trigger. Safe for use by several threads
 * at once.
 *
 * <p>The native assets of the larger networks are there from the start, with the same price on test
 * networks.
 */
public final class Prices {

  private static final Map<String, Asset> NATIVE = natives();

  private final Executor alone;
  private final AtomicReference<Map<String, Asset>> set = new AtomicReference<>(Map.of());

  /**
   * The prices from the start.
   *
   * @param alone makes a change at once, while nothing else is done
   */
  public Prices(Executor alone) {
    this.alone = alone;
  }

  /**
   * Sets an asset.
   *
   * @param network the network, such as {@code EthereumSepolia}
   * @param tid the asset's identifier there, such as {@code native:eth} or {@code erc20:0x…}; its
   *     case does not matter
   * @throws IllegalArgumentException if no network can have that name
   */
  public void set(String network, String tid, Asset asset) {
    if (!network.matches("[A-Za-z0-9]+")) {
      throw new IllegalArgumentException(
          "A network has a name of letters and digits such as EthereumSepolia, not " + network);
    }
    alone.execute(
        () ->
            set.updateAndGet(
                now -> {
                  Map<String, Asset> more = new TreeMap<>(now);
                  more.put(key(network, tid), asset);
                  return Collections.unmodifiableMap(more);
                }));
  }

  /** The assets that were set, by network and identifier with a space between them. */
  public Map<String, Asset> all() {
    return set.get();
  }

  /** Sets these assets and no others. */
  public void restore(Map<String, Asset> assets) {
    set.set(Collections.unmodifiableMap(new TreeMap<>(assets)));
  }

  /** An asset by its network and identifier, if it has a price. */
  public Optional<Asset> find(String network, String tid) {
    Asset asset = set.get().get(key(network, tid));
    if (asset == null && tid.startsWith("native:")) {
      asset = nativeOf(network).orElse(null);
    }
    return Optional.ofNullable(asset);
  }

  /** The native asset of a network, if it has a price. */
  public Optional<Asset> nativeOf(String network) {
    return NATIVE.entrySet().stream()
        .filter(entry -> network.startsWith(entry.getKey()))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  private static String key(String network, String tid) {
    return network + " " + tid.toLowerCase(Locale.ROOT);
  }

  /** By the beginning of the network's name, longer ones first. */
  private static Map<String, Asset> natives() {
    Map<String, Asset> assets = new LinkedHashMap<>();
    assets.put("EthereumClassic", asset("ETC", 18, "20"));
    for (String network :
        new String[] {"Ethereum", "Arbitrum", "Base", "Optimism", "Ink", "Bob", "Robinhood"}) {
      assets.put(network, asset("ETH", 18, "2500"));
    }
    assets.put("BitcoinCash", asset("BCH", 8, "400"));
    assets.put("Bitcoin", asset("BTC", 8, "60000"));
    assets.put("Litecoin", asset("LTC", 8, "80"));
    assets.put("Dogecoin", asset("DOGE", 8, "0.2"));
    assets.put("Polygon", asset("POL", 18, "0.5"));
    assets.put("Bsc", asset("BNB", 18, "600"));
    assets.put("Avalanche", asset("AVAX", 18, "30"));
    assets.put("Solana", asset("SOL", 9, "150"));
    assets.put("Tron", asset("TRX", 6, "0.2"));
    assets.put("Xrp", asset("XRP", 6, "0.5"));
    assets.put("Stellar", asset("XLM", 7, "0.1"));
    assets.put("Algorand", asset("ALGO", 6, "0.2"));
    assets.put("Cardano", asset("ADA", 6, "0.4"));
    assets.put("Polkadot", asset("DOT", 10, "5"));
    assets.put("CosmosHub", asset("ATOM", 6, "6"));
    assets.put("Near", asset("NEAR", 24, "5"));
    assets.put("Aptos", asset("APT", 8, "8"));
    assets.put("Sui", asset("SUI", 9, "2"));
    assets.put("Ton", asset("TON", 9, "5"));
    assets.put("Tezos", asset("XTZ", 6, "1"));
    return assets;
  }

  private static Asset asset(String symbol, int decimals, String usd) {
    return new Asset(symbol, decimals, new BigDecimal(usd));
  }
}
