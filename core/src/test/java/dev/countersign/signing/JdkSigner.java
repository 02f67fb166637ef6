package dev.countersign.signing;

import dev.countersign.error.SigningException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The smallest signer there can be, as an example of how to write one: an Ed25519 key. */
public final class JdkSigner implements Signer {

  private final PublicKey publicKey;
  private final AtomicReference<@Nullable PrivateKey> privateKey;

  /** Signs with the private half. */
  public JdkSigner(KeyPair pair) {
    this.publicKey = pair.getPublic();
    this.privateKey = new AtomicReference<>(pair.getPrivate());
  }

  /** A signer with a new key. */
  public static JdkSigner generate() {
    try {
      return new JdkSigner(KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java makes no Ed25519 key", e);
    }
  }

  @Override
  public PublicKey publicKey() {
    return publicKey;
  }

  @Override
  public SignatureAlgorithm algorithm() {
    return SignatureAlgorithm.ED25519;
  }

  @Override
  public byte[] sign(byte[] message) {
    PrivateKey key = privateKey.get();
    if (key == null) {
      throw new SigningException("This signer was closed");
    }
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(key);
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new SigningException("The key does not sign", e);
    }
  }

  @Override
  public void close() {
    privateKey.set(null);
  }
}
