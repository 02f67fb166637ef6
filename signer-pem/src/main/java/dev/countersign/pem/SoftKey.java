package dev.countersign.pem;

import dev.countersign.signing.SignatureAlgorithm;
import java.security.GeneralSecurityException;
import java.security.PublicKey;

/**
 * A private key of one kind, in this process's memory.
 *
 * <p>It may be used by several threads at once, but not after or during {@link #wipe()}: the {@link
 * PemSigner} around it sees to that.
 */
interface SoftKey {

  SignatureAlgorithm algorithm();

  /** The public half, calculated from the private one. */
  PublicKey publicKey();

  /** Signs a message, in the format that {@link #algorithm()} describes. */
  byte[] sign(byte[] message) throws GeneralSecurityException;

  /** Whether a signature of a message is by this key. */
  boolean verifies(byte[] message, byte[] signature) throws GeneralSecurityException;

  /** Overwrites the private half with zeros. */
  void wipe();
}
