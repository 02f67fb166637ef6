package dev.countersign.simulator.crypto;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.bouncycastle.asn1.sec.SECNamedCurves;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;

/**
 * Turns the public keys of authenticators, COSE for ES256, EdDSA (Ed25519) or RS256, into PEM (RFC
 * 9052, RFC 9053).
 */
final class CoseKey {

  /** ECDSA over P-256 with SHA-256. */
  static final int ES256 = -7;

  private static final int EDDSA = -8;
  private static final int RS256 = -257;

  private static final String TYPE = "1";
  private static final String ALGORITHM = "3";
  private static final String CURVE = "-1";
  private static final String X = "-2";
  private static final String Y = "-3";
  private static final String MODULUS = "-1";
  private static final String EXPONENT = "-2";

  private static final X9ECParameters P256 = SECNamedCurves.getByName("secp256r1");
  private static final Base64.Encoder LINES =
      Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
  private static final int SIZE = 32;

  private CoseKey() {}

  /** The algorithm of a key. */
  static int algorithm(JsonNode cose) {
    return cose.path(ALGORITHM).asInt();
  }

  /** The key as SPKI in PEM; nothing if it is none of the three kinds. */
  static Optional<String> pem(JsonNode cose) {
    try {
      return key(cose).map(CoseKey::pem);
    } catch (RuntimeException e) {
      // Bouncy Castle throws many kinds for points that are not on the curve and the like
      return Optional.empty();
    }
  }

  private static Optional<AsymmetricKeyParameter> key(JsonNode cose) {
    return switch (algorithm(cose)) {
      case ES256 -> is(cose, 2, 1) ? Optional.of(p256(cose)) : Optional.empty();
      case EDDSA -> is(cose, 1, 6) ? Optional.of(ed25519(cose)) : Optional.empty();
      case RS256 -> cose.path(TYPE).asInt() == 3 ? Optional.of(rsa(cose)) : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static boolean is(JsonNode cose, int type, int curve) {
    return cose.path(TYPE).asInt() == type
        && cose.path(CURVE).asInt() == curve
        && Cbor.bytes(cose, X).length == SIZE;
  }

  private static AsymmetricKeyParameter p256(JsonNode cose) {
    return new ECPublicKeyParameters(
        P256.getCurve()
            .createPoint(
                new BigInteger(1, Cbor.bytes(cose, X)), new BigInteger(1, Cbor.bytes(cose, Y))),
        new ECNamedDomainParameters(SECObjectIdentifiers.secp256r1, P256));
  }

  private static AsymmetricKeyParameter ed25519(JsonNode cose) {
    return new Ed25519PublicKeyParameters(Cbor.bytes(cose, X), 0);
  }

  private static AsymmetricKeyParameter rsa(JsonNode cose) {
    return new RSAKeyParameters(
        false,
        new BigInteger(1, Cbor.bytes(cose, MODULUS)),
        new BigInteger(1, Cbor.bytes(cose, EXPONENT)));
  }

  private static String pem(AsymmetricKeyParameter key) {
    try {
      byte[] der = SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(key).getEncoded();
      return "-----BEGIN PUBLIC KEY-----\n"
          + LINES.encodeToString(der)
          + "\n-----END PUBLIC KEY-----\n";
    } catch (IOException e) {
      throw new IllegalArgumentException("The key cannot be encoded", e);
    }
  }
}
