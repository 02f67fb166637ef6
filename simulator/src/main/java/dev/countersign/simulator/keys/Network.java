package dev.countersign.simulator.keys;

import dev.countersign.simulator.crypto.Keccak;
import dev.countersign.simulator.crypto.WalletKey;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/**
 * A network as far as keys and addresses depend on it.
 *
 * @param name its name, such as {@code EthereumSepolia}
 */
public record Network(String name) {

  private static final List<String> EDWARDS =
      List.of(
          "Algorand",
          "Aptos",
          "Canton",
          "Cardano",
          "Concordium",
          "Hedera",
          "Ion",
          "Iota",
          "KeyEdDSA",
          "Kusama",
          "Near",
          "Paseo",
          "Polkadot",
          "Polymesh",
          "Solana",
          "Stellar",
          "Sui",
          "Tezos",
          "Ton",
          "Westend");
  private static final List<String> STARK = List.of("Starknet", "KeyECDSAStark");
  private static final List<String> EVM =
      List.of(
          "Adi",
          "Arbitrum",
          "Arc",
          "Areum",
          "Avalanche",
          "Base",
          "Berachain",
          "Besu",
          "Bob",
          "Bsc",
          "Celo",
          "Codex",
          "Ethereum",
          "Fantom",
          "Flare",
          "FlowEvm",
          "Ink",
          "Optimism",
          "Plasma",
          "Plume",
          "Polygon",
          "Race",
          "Rayls",
          "Robinhood",
          "Sonic",
          "Tempo",
          "Tsc",
          "Xdc",
          "XLayer");
  private static final String BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

  /** The network of a name; an unknown one has secp256k1 keys. */
  public static Network of(String name) {
    return new Network(name);
  }

  /** Whether its addresses are those of Ethereum. */
  public boolean isEvm() {
    return isIn(EVM);
  }

  /** The curve of its keys unless asked otherwise. */
  public String curve() {
    if (isIn(STARK)) {
      return "stark";
    }
    return isIn(EDWARDS) ? "ed25519" : "secp256k1";
  }

  /** The scheme of its keys unless asked otherwise. */
  public String scheme() {
    return curve().equals("ed25519") ? "EdDSA" : "ECDSA";
  }

  /**
   * The address of a key: the real one on EVM networks and Solana; elsewhere the digest of the
   * public key, which no real network would accept.
   */
  public String address(WalletKey key) {
    if (isEvm()) {
      return checksummed(HexFormat.of().formatHex(Keccak.digest(key.coordinates()), 12, 32));
    }
    if (name.startsWith("Solana")) {
      return base58(key.publicKey());
    }
    return "sim1" + HexFormat.of().formatHex(Keccak.digest(key.publicKey()), 0, 20);
  }

  private boolean isIn(List<String> prefixes) {
    return prefixes.stream().anyMatch(name::startsWith);
  }

  /** The mixed case of EIP-55. */
  private static String checksummed(String hex) {
    byte[] digest = Keccak.digest(hex.getBytes(StandardCharsets.US_ASCII));
    StringBuilder address = new StringBuilder("0x");
    for (int i = 0; i < hex.length(); i++) {
      int nibble = (digest[i / 2] >> (i % 2 == 0 ? 4 : 0)) & 0xf;
      address.append(nibble >= 8 ? Character.toUpperCase(hex.charAt(i)) : hex.charAt(i));
    }
    return address.toString();
  }

  private static String base58(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    BigInteger rest = new BigInteger(1, bytes);
    BigInteger base = BigInteger.valueOf(BASE58.length());
    while (rest.signum() > 0) {
      BigInteger[] division = rest.divideAndRemainder(base);
      text.append(BASE58.charAt(division[1].intValue()));
      rest = division[0];
    }
    for (int i = 0; i < bytes.length && bytes[i] == 0; i++) {
      text.append(BASE58.charAt(0));
    }
    return text.reverse().toString();
  }
}
