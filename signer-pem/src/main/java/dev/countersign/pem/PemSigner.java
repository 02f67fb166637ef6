package dev.countersign.pem;

import dev.countersign.credential.SecretFile;
import dev.countersign.error.ConfigurationException;
import dev.countersign.error.SigningException;
import dev.countersign.signing.SignatureAlgorithm;
import dev.countersign.signing.Signer;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * A signer with a private key from a PEM file: Ed25519, ECDSA on P-256 or secp256k1, or RSA of 2048
 * bits and up.
 *
 * <p>It reads PKCS#8 (version 1 and 2, in the clear or encrypted), PKCS#1 and SEC1 (with or without
 * a block EC PARAMETERS, in the clear or encrypted the old way with DEK-Info), with certificates
 * and other text around the key. The public key is calculated from the private one; the key has
 * signed once, and the signature has been verified, before a signer is given out.
 *
 * <p>What it keeps of the private key is its own copy, which {@link #close()} overwrites. Reading
 * and signing leave short-lived objects that Java cannot overwrite. The key never prints.
 *
 * <p>Threads sign side by side. Closing waits for the signatures under way, a few milliseconds at
 * most; whoever comes later gets a {@link SigningException}.
 */
public final class PemSigner implements Signer {

  private final String source;
  private final SoftKey key;
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private final AtomicBoolean closed = new AtomicBoolean();

  PemSigner(String source, SoftKey key) {
    this.source = source;
    this.key = key;
  }

  /**
   * Opens the key in a file that is not encrypted.
   *
   * @param file of at most 1 MiB, which only its owner can read; if that is root, a group as well
   * @throws ConfigurationException if it cannot be used; the message says what was found and what
   *     to do
   */
  public static PemSigner open(Path file) {
    return open(keyFile(file), null);
  }

  /**
   * Opens the key in an encrypted file.
   *
   * @param file of at most 1 MiB, which only its owner can read; if that is root, a group as well
   * @param passphrase neither kept nor changed: whoever made it wipes it
   * @throws ConfigurationException if it cannot be used, also if it is not encrypted at all; the
   *     message says what was found and what to do
   */
  public static PemSigner open(Path file, char[] passphrase) {
    return open(keyFile(file), Objects.requireNonNull(passphrase, "passphrase"));
  }

  /**
   * Reads a key that is not encrypted, for those who keep it elsewhere than in a file.
   *
   * @param pem the text in ASCII; neither kept nor changed: whoever made it wipes it
   * @throws ConfigurationException if it cannot be used; the message says what was found and what
   *     to do
   */
  public static PemSigner read(byte[] pem) {
    return read("The PEM text", pem, null);
  }

  /**
   * Reads an encrypted key, for those who keep it elsewhere than in a file.
   *
   * @param pem the text in ASCII; neither kept nor changed: whoever made it wipes it
   * @param passphrase neither kept nor changed: whoever made it wipes it
   * @throws ConfigurationException if it cannot be used, also if it is not encrypted at all; the
   *     message says what was found and what to do
   */
  public static PemSigner read(byte[] pem, char[] passphrase) {
    return read("The PEM text", pem, Objects.requireNonNull(passphrase, "passphrase"));
  }

  private static SecretFile keyFile(Path file) {
    return PemSignerProvider.secretFile(
        "The key file", Objects.requireNonNull(file, "file"), SecretFile.Readers.OWNER_ONLY);
  }

  static PemSigner open(SecretFile file, char @Nullable [] passphrase) {
    byte[] pem = file.read();
    try {
      return read(file.name(), pem, passphrase);
    } finally {
      Arrays.fill(pem, (byte) 0);
    }
  }

  private static PemSigner read(String source, byte[] pem, char @Nullable [] passphrase) {
    Objects.requireNonNull(pem, "pem");
    return new PemSigner(source, PrivateKeyReader.read(source, pem, passphrase));
  }

  @Override
  public PublicKey publicKey() {
    return key.publicKey();
  }

  @Override
  public SignatureAlgorithm algorithm() {
    return key.algorithm();
  }

  @Override
  public byte[] sign(byte[] message) {
    Objects.requireNonNull(message, "message");
    lock.readLock().lock();
    try {
      if (closed.get()) {
        throw new SigningException(
            source + " was closed, and its key is wiped; open it again to sign with it");
      }
      return key.sign(message);
    } catch (GeneralSecurityException e) {
      throw new SigningException(source + " has a key that this Java does not sign with", e);
    } finally {
      lock.readLock().unlock();
    }
  }

  @Override
  public void close() {
    lock.writeLock().lock();
    try {
      closed.set(true);
      key.wipe();
    } finally {
      lock.writeLock().unlock();
    }
  }

  /** The algorithm and where the key came from. */
  @Override
  public String toString() {
    return "PemSigner(" + algorithm().label() + ", " + source + ")";
  }
}
