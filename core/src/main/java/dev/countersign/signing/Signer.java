package dev.countersign.signing;

import dev.countersign.error.SigningException;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.util.Base64;

/**
 * A private key that signs bytes. It knows nothing of Dfns.
 *
 * <p>Implementations are safe for use by several threads at once, never print key material, and are
 * closed by whoever opened them.
 */
public interface Signer extends AutoCloseable {

  /** The public half. Its {@link PublicKey#getEncoded() encoding} is a SubjectPublicKeyInfo. */
  PublicKey publicKey();

  /** How this key signs. */
  SignatureAlgorithm algorithm();

  /**
   * Signs a message. May block, for example on a hardware module.
   *
   * @param message the bytes to sign, not a hash of them; not kept and not changed
   * @return a new array in the format that {@link #algorithm()} describes
   * @throws SigningException if the key cannot sign, is gone, or this signer is closed
   */
  byte[] sign(byte[] message);

  /** Lets go of the key, wiping what was copied of it. Closing twice is allowed. */
  @Override
  void close();

  /**
   * The public half as the PEM text ({@code BEGIN PUBLIC KEY}, lines of 64, final newline) that the
   * Dfns dashboard and {@code POST /auth/service-accounts} take.
   */
  default String publicKeyPem() {
    String base64 =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
            .encodeToString(publicKey().getEncoded());
    return "-----BEGIN PUBLIC KEY-----\n" + base64 + "\n-----END PUBLIC KEY-----\n";
  }
}
