package dev.countersign.pem;

import dev.countersign.error.ConfigurationException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.jspecify.annotations.Nullable;

/** Turns a PEM text into the key it holds: decrypted if need be, and seen to sign. */
final class PrivateKeyReader {

  private static final byte[] PROBE = "countersign".getBytes(StandardCharsets.US_ASCII);

  /** Algorithms that are mistaken for those that Dfns takes. */
  private static final Map<String, String> UNSUPPORTED =
      Map.of(
          "1.2.840.113549.1.1.10", "RSA restricted to PSS",
          "1.2.840.113549.1.1.7", "RSA restricted to OAEP",
          "1.2.840.113549.1.3.1", "Diffie-Hellman",
          "1.2.840.10040.4.1", "DSA",
          "1.3.101.110", "X25519",
          "1.3.101.111", "X448",
          "1.3.101.113", "Ed448");

  private final String source;
  private final List<PemBlock> blocks;
  private final PemBlock block;

  private PrivateKeyReader(String source, List<PemBlock> blocks, PemBlock block) {
    this.source = source;
    this.blocks = blocks;
    this.block = block;
  }

  /**
   * Reads the one private key of a PEM text.
   *
   * @param source what the text is called in messages
   * @param pem neither kept nor changed
   * @param passphrase neither kept nor changed; null if there is none
   * @throws ConfigurationException with a sentence that says what was found and what to do; it has
   *     no cause, because what a parser complains about may be part of a key
   */
  static SoftKey read(String source, byte[] pem, char @Nullable [] passphrase) {
    List<PemBlock> blocks = PemScanner.scan(source, pem);
    PemBlock block = KeyBlock.only(source, pem, blocks);
    byte[] der = block.decode();
    try {
      return new PrivateKeyReader(source, blocks, block).read(der, passphrase);
    } catch (IOException | GeneralSecurityException e) {
      throw malformed(source, block);
    } catch (RuntimeException e) {
      // Bouncy Castle says with many unchecked exceptions that a structure is not what it should be
      throw e instanceof ConfigurationException ? e : malformed(source, block);
    } finally {
      Arrays.fill(der, (byte) 0);
    }
  }

  private SoftKey read(byte[] der, char @Nullable [] passphrase)
      throws IOException, GeneralSecurityException {
    Optional<EncryptedKey> encrypted = EncryptedKey.in(source, block, der);
    if (encrypted.isEmpty() && passphrase != null) {
      throw new ConfigurationException(
          source
              + " is not encrypted, yet a passphrase is given for it;"
              + " encrypt it, such as with: openssl pkcs8 -topk8 -in <file> -out <new file>,"
              + " or leave the passphrase out");
    }
    PrivateKeyInfo info =
        encrypted.isPresent() ? encrypted.get().open(passphrase, this::structure) : structure(der);
    SoftKey key = key(info);
    requireSigning(key);
    return key;
  }

  /** Whatever the format, as PKCS#8. */
  private PrivateKeyInfo structure(byte[] der) throws IOException {
    return switch (block.label()) {
      case KeyBlock.PKCS1 ->
          new PrivateKeyInfo(
              new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE),
              RSAPrivateKey.getInstance(der));
      case KeyBlock.SEC1 -> {
        ECPrivateKey key = ECPrivateKey.getInstance(der);
        // read late by Bouncy Castle: another structure would pass for a key without a curve
        key.getPrivateKey();
        yield new PrivateKeyInfo(
            new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, curve(key)), key);
      }
      default -> PrivateKeyInfo.getInstance(der);
    };
  }

  /** The curve that a SEC1 key names, else the one in the block before it. */
  private ASN1Encodable curve(ECPrivateKey key) throws IOException {
    if (key.getParametersObject() != null) {
      return key.getParametersObject();
    }
    for (PemBlock other : blocks) {
      if (other.label().equals(KeyBlock.EC_PARAMETERS)) {
        return ASN1Primitive.fromByteArray(other.decode());
      }
    }
    throw new ConfigurationException(
        source
            + " has an EC key that does not say on which curve it is;"
            + " put the block EC PARAMETERS before it, as openssl ecparam -name <curve> writes it");
  }

  private SoftKey key(PrivateKeyInfo info) throws IOException, GeneralSecurityException {
    ASN1ObjectIdentifier algorithm = info.getPrivateKeyAlgorithm().getAlgorithm();
    if (algorithm.equals(EdECObjectIdentifiers.id_Ed25519)) {
      return Ed25519Key.of(source, info);
    }
    if (algorithm.equals(X9ObjectIdentifiers.id_ecPublicKey)) {
      return EcKey.of(source, info);
    }
    if (algorithm.equals(PKCSObjectIdentifiers.rsaEncryption)) {
      return RsaKey.of(source, info);
    }
    throw KeyBlock.unsupported(
        source, UNSUPPORTED.getOrDefault(algorithm.getId(), "algorithm " + algorithm.getId()));
  }

  /** A key whose parts do not belong together shows it with its first signature. */
  private void requireSigning(SoftKey key) throws GeneralSecurityException {
    boolean signs;
    try {
      signs = key.verifies(PROBE, key.sign(PROBE));
    } catch (GeneralSecurityException e) {
      signs = false;
    }
    if (!signs) {
      key.wipe();
      throw new ConfigurationException(
          source
              + " has a key whose signature does not verify: its parts do not belong together;"
              + " take the file as it was generated, or make a new key");
    }
  }

  private static ConfigurationException malformed(String source, PemBlock block) {
    return new ConfigurationException(
        source
            + " has a block "
            + block.label()
            + " with something else in it than its label says;"
            + " take the file as it was generated");
  }
}
