package dev.countersign.simulator.crypto;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Base64url: written without padding, read with or without it. */
public final class Base64Url {

  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
  private static final Base64.Decoder DECODER = Base64.getUrlDecoder();

  private Base64Url() {}

  /** Bytes as text. */
  public static String encode(byte[] bytes) {
    return ENCODER.encodeToString(bytes);
  }

  /** The UTF-8 bytes of a text as text. */
  public static String encode(String text) {
    return encode(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The bytes of a text, if it is base64url. */
  public static Optional<byte[]> decode(String text) {
    try {
      return Optional.of(DECODER.decode(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
