package dev.countersign.signing;

/**
 * How a key signs, for the key kinds that Dfns accepts for key credentials
 * (docs.dfns.co/guides/developers/generate-a-key-pair).
 */
public enum SignatureAlgorithm {
  /** Ed25519, pure; the signature is 64 raw bytes (RFC 8032). */
  ED25519("Ed25519"),
  /** ECDSA on P-256 over SHA-256; the signature is a DER sequence of r and s. */
  ECDSA_P256_SHA256("ECDSA P-256 with SHA-256"),
  /** ECDSA on secp256k1 over SHA-256; the signature is a DER sequence of r and s. */
  ECDSA_SECP256K1_SHA256("ECDSA secp256k1 with SHA-256"),
  /** RSA (2048 bits and up), PKCS#1 v1.5 over SHA-256; the signature is as long as the modulus. */
  RSA_PKCS1_SHA256("RSA PKCS#1 v1.5 with SHA-256");

  private final String label;

  SignatureAlgorithm(String label) {
    this.label = label;
  }

  /** The name for people, such as {@code ECDSA P-256 with SHA-256}. */
  public String label() {
    return label;
  }
}
