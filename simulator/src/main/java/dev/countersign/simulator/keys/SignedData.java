package dev.countersign.simulator.keys;

import com.fasterxml.jackson.databind.JsonNode;
import dev.countersign.simulator.crypto.Keccak;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The bytes that a key signs for a request: the message itself with Ed25519, a digest of 32 bytes
 * with secp256k1.
 */
final class SignedData {

  private static final int DIGEST = 32;

  private SignedData() {}

  /** Whether a kind of signature request is simulated. */
  static boolean knows(String kind) {
    return switch (kind) {
      case "Hash", "Message", "Eip191", "Transaction" -> true;
      default -> false;
    };
  }

  /** What is wrong with a request of a known kind, in a sentence that names the field. */
  static Optional<String> fault(JsonNode body, boolean edwards) {
    String kind = body.path("kind").asText();
    String field =
        switch (kind) {
          case "Hash" -> "hash";
          case "Transaction" -> "transaction";
          default -> "message";
        };
    Optional<byte[]> bytes = hex(body.path(field).asText());
    if (bytes.isEmpty()) {
      return Optional.of(field + ": must be hexadecimal");
    }
    if (kind.equals("Hash") && !edwards && bytes.get().length != DIGEST) {
      return Optional.of(field + ": must be " + DIGEST + " bytes");
    }
    if (kind.equals("Eip191") && edwards) {
      return Optional.of("kind: Eip191 does not go with EdDSA");
    }
    return Optional.empty();
  }

  /** The bytes for a request without fault. */
  static byte[] of(JsonNode body, boolean edwards) {
    byte[] bytes =
        hex(body.path("hash").asText())
            .or(() -> hex(body.path("message").asText()))
            .or(() -> hex(body.path("transaction").asText()))
            .orElseThrow();
    String kind = body.path("kind").asText();
    if (edwards || kind.equals("Hash")) {
      return bytes;
    }
    if (kind.equals("Transaction")) {
      return isEvm(body) ? Keccak.digest(bytes) : sha256(bytes);
    }
    return kind.equals("Eip191") || isEvm(body) ? eip191(bytes) : sha256(bytes);
  }

  /** The digest of a personal message (EIP-191, version 0x45). */
  private static byte[] eip191(byte[] message) {
    byte[] prefix =
        ("\u0019Ethereum Signed Message:\n" + message.length).getBytes(StandardCharsets.UTF_8);
    byte[] all = new byte[prefix.length + message.length];
    System.arraycopy(prefix, 0, all, 0, prefix.length);
    System.arraycopy(message, 0, all, prefix.length, message.length);
    return Keccak.digest(all);
  }

  private static boolean isEvm(JsonNode body) {
    return body.path("blockchainKind").asText().equals("Evm")
        || Network.of(body.path("network").asText()).isEvm();
  }

  private static Optional<byte[]> hex(String text) {
    String digits = text.startsWith("0x") ? text.substring(2) : text;
    try {
      return digits.isEmpty() ? Optional.empty() : Optional.of(HexFormat.of().parseHex(digits));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("This Java runtime has no SHA-256", e);
    }
  }
}
