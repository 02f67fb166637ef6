package dev.countersign.pem;

import dev.countersign.error.ConfigurationException;
import java.util.List;

/** Picks the block with the private key, or says why there is none to pick. */
final class KeyBlock {

  static final String PKCS8 = "PRIVATE KEY";
  static final String ENCRYPTED_PKCS8 = "ENCRYPTED PRIVATE KEY";
  static final String PKCS1 = "RSA PRIVATE KEY";
  static final String SEC1 = "EC PRIVATE KEY";
  static final String EC_PARAMETERS = "EC PARAMETERS";

  private static final String MAKE_ONE =
      "make one that Dfns takes, such as with: openssl genpkey -algorithm Ed25519 -out <file>";
  private static final int DER_SEQUENCE = 0x30;

  private KeyBlock() {}

  /** The one private key among the blocks of a PEM text. */
  static PemBlock only(String source, byte[] pem, List<PemBlock> blocks) {
    List<PemBlock> keys = blocks.stream().filter(PemBlock::isPrivateKey).toList();
    if (keys.isEmpty()) {
      throw none(source, pem, blocks);
    }
    if (keys.size() > 1) {
      throw new ConfigurationException(
          source
              + " has "
              + keys.size()
              + " private keys, and which to sign with would be a guess; keep one in a file of its own");
    }
    PemBlock key = keys.get(0);
    return switch (key.label()) {
      case PKCS8, ENCRYPTED_PKCS8, PKCS1, SEC1 -> key;
      case "OPENSSH PRIVATE KEY" ->
          throw new ConfigurationException(
              source
                  + " has a key in OpenSSH's own format; an RSA or EC key can be rewritten in place"
                  + " with: ssh-keygen -p -m PKCS8 -f <file>, and of another kind "
                  + MAKE_ONE);
      case "DSA PRIVATE KEY" -> throw unsupported(source, "DSA");
      default -> throw unsupported(source, key.label());
    };
  }

  /** What to say of a key that is well-formed and of no use here. */
  static ConfigurationException unsupported(String source, String kind) {
    return new ConfigurationException(
        source
            + " has a key of a kind that cannot be used ("
            + kind
            + "), because Dfns takes Ed25519, P-256, secp256k1 and RSA; "
            + MAKE_ONE);
  }

  private static ConfigurationException none(String source, byte[] pem, List<PemBlock> blocks) {
    if (!blocks.isEmpty()) {
      List<String> labels = blocks.stream().map(PemBlock::label).distinct().toList();
      return new ConfigurationException(
          source
              + " has no private key, only "
              + String.join(", ", labels)
              + "; name the file that the private key was written to when it was generated");
    }
    if (isBlank(pem)) {
      return new ConfigurationException(source + " is empty; " + MAKE_ONE);
    }
    if (pem[0] == DER_SEQUENCE) {
      return new ConfigurationException(
          source
              + " is binary (DER or PKCS#12), not PEM; rewrite it with:"
              + " openssl pkey -inform DER -in <file> -out <new file>, or for PKCS#12 with:"
              + " openssl pkcs12 -in <file> -nocerts -out <new file>");
    }
    return new ConfigurationException(
        source + " has no line -----BEGIN … PRIVATE KEY-----, so it is not a PEM key; " + MAKE_ONE);
  }

  private static boolean isBlank(byte[] pem) {
    for (byte b : pem) {
      if (!PemScanner.isSpace(b)) {
        return false;
      }
    }
    return true;
  }
}
