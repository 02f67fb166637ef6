package dev.countersign.pem;

import dev.countersign.error.ConfigurationException;
import dev.countersign.signing.SignatureAlgorithm;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** An Ed25519 key: its 32 bytes of seed, and the public point calculated from them. */
final class Ed25519Key implements SoftKey {

  private final byte[] seed;
  private final byte[] point;
  private final PublicKey publicKey;

  private Ed25519Key(byte[] seed, byte[] point, PublicKey publicKey) {
    this.seed = seed;
    this.point = point;
    this.publicKey = publicKey;
  }

  /** The key in a PKCS#8 structure (RFC 8410). */
  static Ed25519Key of(String source, PrivateKeyInfo info)
      throws IOException, GeneralSecurityException {
    byte[] seed = ASN1OctetString.getInstance(info.parsePrivateKey()).getOctets().clone();
    if (seed.length != Ed25519.SECRET_KEY_SIZE) {
      throw new ConfigurationException(
          source
              + " has an Ed25519 key of "
              + seed.length
              + " bytes where there must be "
              + Ed25519.SECRET_KEY_SIZE
              + "; take the file as it was generated");
    }
    byte[] point = new byte[Ed25519.PUBLIC_KEY_SIZE];
    Ed25519.generatePublicKey(seed, 0, point, 0);
    EmbeddedPublicKey.require(source, info, point);
    return new Ed25519Key(seed, point, publicKey(point));
  }

  private static PublicKey publicKey(byte[] point) throws IOException, GeneralSecurityException {
    byte[] spki =
        new SubjectPublicKeyInfo(new AlgorithmIdentifier(EdECObjectIdentifiers.id_Ed25519), point)
            .getEncoded();
    return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(spki));
  }

  @Override
  public SignatureAlgorithm algorithm() {
    return SignatureAlgorithm.ED25519;
  }

  @Override
  public PublicKey publicKey() {
    return publicKey;
  }

  @Override
  public byte[] sign(byte[] message) {
    byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
    Ed25519.sign(seed, 0, point, 0, message, 0, message.length, signature, 0);
    return signature;
  }

  @Override
  public boolean verifies(byte[] message, byte[] signature) {
    return signature.length == Ed25519.SIGNATURE_SIZE
        && Ed25519.verify(signature, 0, point, 0, message, 0, message.length);
  }

  @Override
  public void wipe() {
    Arrays.fill(seed, (byte) 0);
  }
}
