package dev.countersign.hsm;

import dev.countersign.signing.SignatureAlgorithm;
import java.util.Arrays;
import java.util.Optional;

/** The kinds of key that Dfns accepts and SunPKCS11 signs with. */
enum KeyKind {
  RSA(SignatureAlgorithm.RSA_PKCS1_SHA256, "SHA256withRSA", "300d06092a864886f70d0101010500", ""),
  P256(
      SignatureAlgorithm.ECDSA_P256_SHA256,
      "SHA256withECDSA",
      "301306072a8648ce3d020106082a8648ce3d030107",
      "06082a8648ce3d030107"),
  SECP256K1(
      SignatureAlgorithm.ECDSA_SECP256K1_SHA256,
      "SHA256withECDSA",
      "301006072a8648ce3d020106052b8104000a",
      "06052b8104000a");

  private final SignatureAlgorithm algorithm;
  private final String signature;
  private final String identifier;
  private final String parameters;

  KeyKind(SignatureAlgorithm algorithm, String signature, String identifier, String parameters) {
    this.algorithm = algorithm;
    this.signature = signature;
    this.identifier = identifier;
    this.parameters = parameters;
  }

  SignatureAlgorithm algorithm() {
    return algorithm;
  }

  /** The name of the algorithm as Java has it. */
  String signature() {
    return signature;
  }

  /** The kind whose AlgorithmIdentifier this is, in hexadecimal digits of its DER. */
  static Optional<KeyKind> ofIdentifier(String hex) {
    return Arrays.stream(values()).filter(kind -> kind.identifier.equals(hex)).findFirst();
  }

  /** The kind whose CKA_EC_PARAMS this is, in hexadecimal digits of its DER. */
  static Optional<KeyKind> ofParameters(String hex) {
    return Arrays.stream(values())
        .filter(kind -> !kind.parameters.isEmpty() && kind.parameters.equals(hex))
        .findFirst();
  }
}
