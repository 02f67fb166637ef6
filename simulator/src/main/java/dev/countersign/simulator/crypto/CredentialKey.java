package dev.countersign.simulator.crypto;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.crypto.Signer;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.signers.DSADigestSigner;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.bouncycastle.crypto.signers.RSADigestSigner;
import org.bouncycastle.crypto.util.PublicKeyFactory;

/**
 * The public key of a credential: Ed25519, a curve of ECDSA, or RSA. Immutable.
 *
 * <p>A signature is 64 bytes for Ed25519, DER over SHA-256 for ECDSA, and PKCS#1 v1.5 over SHA-256
 * for RSA.
 */
public final class CredentialKey {

  private static final int RSA_MINIMUM = 2048;

  private final AsymmetricKeyParameter key;

  private CredentialKey(AsymmetricKeyParameter key) {
    this.key = key;
  }

  /**
   * Reads a PEM text: {@code PUBLIC KEY} (SPKI) or {@code RSA PUBLIC KEY} (PKCS#1), with line
   * breaks or with {@code \n} in their place.
   *
   * @return the key, or nothing if it is none that a credential may have
   */
  public static Optional<CredentialKey> parse(String pem) {
    String text = pem.replace("\\n", "\n").replace("\\r", "").strip();
    boolean pkcs1 = text.startsWith("-----BEGIN RSA PUBLIC KEY-----");
    if (!pkcs1 && !text.startsWith("-----BEGIN PUBLIC KEY-----")) {
      return Optional.empty();
    }
    try {
      byte[] der = Base64.getMimeDecoder().decode(text.replaceAll("-----[A-Z ]+-----", ""));
      AsymmetricKeyParameter key = pkcs1 ? rsa(der) : PublicKeyFactory.createKey(der);
      return supported(key) ? Optional.of(new CredentialKey(key)) : Optional.empty();
    } catch (IOException | RuntimeException e) {
      // Bouncy Castle throws many kinds for bytes that are no key
      return Optional.empty();
    }
  }

  /** Whether a signature over a message was made with this key's other half. */
  public boolean verifies(byte[] message, byte[] signature) {
    try {
      Signer verifier = verifier();
      verifier.init(false, key);
      verifier.update(message, 0, message.length);
      return verifier.verifySignature(signature);
    } catch (RuntimeException e) {
      // Bouncy Castle throws many kinds for bytes that are no signature
      return false;
    }
  }

  /** The fingerprint that the API shows: {@code SHA256:} and base64 of the PEM's digest. */
  public static String fingerprint(String pem) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(pem.getBytes(StandardCharsets.UTF_8));
      return "SHA256:" + Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("This Java runtime has no SHA-256", e);
    }
  }

  private Signer verifier() {
    if (key instanceof Ed25519PublicKeyParameters) {
      return new Ed25519Signer();
    }
    return key instanceof ECPublicKeyParameters
        ? new DSADigestSigner(new ECDSASigner(), new SHA256Digest())
        : new RSADigestSigner(new SHA256Digest());
  }

  private static AsymmetricKeyParameter rsa(byte[] pkcs1) {
    RSAPublicKey key = RSAPublicKey.getInstance(pkcs1);
    return new RSAKeyParameters(false, key.getModulus(), key.getPublicExponent());
  }

  private static boolean supported(AsymmetricKeyParameter key) {
    return key instanceof Ed25519PublicKeyParameters
        || key instanceof ECPublicKeyParameters
        || (key instanceof RSAKeyParameters rsa && rsa.getModulus().bitLength() >= RSA_MINIMUM);
  }
}
