package dev.countersign.simulator.keys;

import com.fasterxml.jackson.databind.JsonNode;
import dev.countersign.simulator.crypto.Keccak;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The bytes that a key signs for a request: the message itself with Ed25519, a digest of 32 bytes
 * with secp256k1.
 */
final class SignedData {

  private static final int DIGEST = 32;
  private static final byte AUTHORIZATION = 0x05;

  private SignedData() {}

  /** Whether a kind of signature request is simulated. */
  static boolean knows(String kind) {
    return switch (kind) {
      case "Hash", "Message", "Eip191", "Eip712", "Eip7702", "Transaction" -> true;
      default -> false;
    };
  }

  /** What is wrong with a request of a known kind, in a sentence that names the field. */
  static Optional<String> fault(JsonNode body, boolean edwards) {
    String kind = body.path("kind").asText();
    if (kind.startsWith("Eip")) {
      if (edwards) {
        return Optional.of("kind: " + kind + " does not go with EdDSA");
      }
      if (kind.equals("Eip712")) {
        return faultOfTypedData(body);
      }
      if (kind.equals("Eip7702")) {
        return faultOfAuthorization(body);
      }
    }
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
    return Optional.empty();
  }

  private static Optional<String> faultOfTypedData(JsonNode body) {
    try {
      TypedData.digest(body);
      return Optional.empty();
    } catch (IllegalArgumentException fault) {
      return Optional.ofNullable(fault.getMessage());
    }
  }

  private static Optional<String> faultOfAuthorization(JsonNode body) {
    if (!body.path("address").asText().matches("0x[0-9a-fA-F]{40}")) {
      return Optional.of("address: must be an address of Ethereum");
    }
    return Stream.of("nonce", "chainId")
        .filter(field -> !body.path(field).canConvertToLong() || body.path(field).asLong() < 0)
        .findFirst()
        .map(field -> field + ": must be a number of at most 63 bits that is not negative");
  }

  /** The bytes for a request without fault. */
  static byte[] of(JsonNode body, boolean edwards) {
    String kind = body.path("kind").asText();
    if (kind.equals("Eip712")) {
      return TypedData.digest(body);
    }
    if (kind.equals("Eip7702")) {
      return authorization(body);
    }
    byte[] bytes =
        hex(body.path("hash").asText())
            .or(() -> hex(body.path("message").asText()))
            .or(() -> hex(body.path("transaction").asText()))
            .orElseThrow();
    if (edwards || kind.equals("Hash")) {
      return bytes;
    }
    if (kind.equals("Transaction")) {
      return isEvm(body) ? Keccak.digest(bytes) : sha256(bytes);
    }
    return kind.equals("Eip191") || isEvm(body) ? eip191(bytes) : sha256(bytes);
  }

  /** The digest of an authorization to run code (EIP-7702). */
  private static byte[] authorization(JsonNode body) {
    byte[] list =
        Rlp.list(
            List.of(
                Rlp.number(body.path("chainId").bigIntegerValue()),
                HexFormat.of().parseHex(body.path("address").asText().substring(2)),
                Rlp.number(body.path("nonce").bigIntegerValue())));
    byte[] all = new byte[list.length + 1];
    all[0] = AUTHORIZATION;
    System.arraycopy(list, 0, all, 1, list.length);
    return Keccak.digest(all);
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
