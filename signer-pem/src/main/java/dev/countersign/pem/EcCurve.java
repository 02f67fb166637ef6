package dev.countersign.pem;

import dev.countersign.signing.SignatureAlgorithm;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.jcajce.provider.asymmetric.ec.KeyFactorySpi;

/** The elliptic curves that Dfns accepts for ECDSA key credentials. */
@SuppressWarnings(
    "ImmutableEnumChecker") // Bouncy Castle's constants are immutable, and do not say so
enum EcCurve {
  P256(SECObjectIdentifiers.secp256r1, SignatureAlgorithm.ECDSA_P256_SHA256, true),
  /** The JDK dropped this curve with version 16. */
  SECP256K1(SECObjectIdentifiers.secp256k1, SignatureAlgorithm.ECDSA_SECP256K1_SHA256, false);

  /** Bytes of a private scalar, on either curve. */
  static final int SCALAR_SIZE = 32;

  private final ASN1ObjectIdentifier id;
  private final SignatureAlgorithm algorithm;
  private final boolean knownToJdk;
  private final ECDomainParameters domain;

  EcCurve(ASN1ObjectIdentifier id, SignatureAlgorithm algorithm, boolean knownToJdk) {
    this.id = id;
    this.algorithm = algorithm;
    this.knownToJdk = knownToJdk;
    this.domain = new ECDomainParameters(CustomNamedCurves.getByOID(id));
  }

  static Optional<EcCurve> of(ASN1ObjectIdentifier id) {
    return Arrays.stream(values()).filter(curve -> curve.id.equals(id)).findFirst();
  }

  ASN1ObjectIdentifier id() {
    return id;
  }

  SignatureAlgorithm algorithm() {
    return algorithm;
  }

  ECDomainParameters domain() {
    return domain;
  }

  /** A public key as the rest of the program sees it, from its SubjectPublicKeyInfo. */
  PublicKey publicKey(byte[] spki) throws GeneralSecurityException {
    if (knownToJdk) {
      return KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(spki));
    }
    try {
      // not over Bouncy Castle's provider, which first finds all that it has by its name
      return new KeyFactorySpi.EC().generatePublic(SubjectPublicKeyInfo.getInstance(spki));
    } catch (IOException e) {
      throw new InvalidKeySpecException("Not a public key on this curve", e);
    }
  }
}
