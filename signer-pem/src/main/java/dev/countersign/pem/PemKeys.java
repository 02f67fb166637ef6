package dev.countersign.pem;

import dev.countersign.error.ConfigurationException;
import dev.countersign.signing.SignatureAlgorithm;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.generators.ECKeyPairGenerator;
import org.bouncycastle.crypto.params.ECKeyGenerationParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** New key files, for where OpenSSL is not at hand. */
public final class PemKeys {

  /** Bits. */
  private static final int RSA_SIZE = 3072;

  private PemKeys() {}

  /**
   * Makes a key, writes it to a new file as PKCS#8 in the clear, and opens that file.
   *
   * <p>On a POSIX file system nobody but the owner can read the file, from the moment it exists;
   * elsewhere it inherits what its folder grants. RSA keys have 3072 bits.
   *
   * @param file does not exist yet; its folder does
   * @return a signer that the caller closes; its {@link PemSigner#publicKeyPem()} is what Dfns
   *     wants
   * @throws ConfigurationException if the file exists already, or cannot be written
   */
  public static PemSigner generate(SignatureAlgorithm algorithm, Path file) {
    byte[] der = pkcs8(algorithm);
    byte[] base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encode(der);
    try {
      write(file, base64);
    } catch (FileAlreadyExistsException e) {
      throw new ConfigurationException(
          "The key file "
              + file.toAbsolutePath()
              + " exists already and is left as it is; name another one, or move it away first");
    } catch (IOException e) {
      throw new ConfigurationException(
          "The key file "
              + file.toAbsolutePath()
              + " cannot be written; check that its folder exists and may be written to",
          e);
    } finally {
      Arrays.fill(der, (byte) 0);
      Arrays.fill(base64, (byte) 0);
    }
    return PemSigner.open(file);
  }

  private static byte[] pkcs8(SignatureAlgorithm algorithm) {
    try {
      return switch (algorithm) {
        case ED25519 -> ed25519();
        case ECDSA_P256_SHA256 -> ec(EcCurve.P256);
        case ECDSA_SECP256K1_SHA256 -> ec(EcCurve.SECP256K1);
        case RSA_PKCS1_SHA256 -> rsa();
      };
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("This Java makes no keys for " + algorithm.label(), e);
    }
  }

  private static byte[] ed25519() throws IOException {
    byte[] seed = new byte[Ed25519.SECRET_KEY_SIZE];
    Ed25519.generatePrivateKey(new SecureRandom(), seed);
    try {
      return new PrivateKeyInfo(
              new AlgorithmIdentifier(EdECObjectIdentifiers.id_Ed25519), new DEROctetString(seed))
          .getEncoded();
    } finally {
      Arrays.fill(seed, (byte) 0);
    }
  }

  private static byte[] ec(EcCurve curve) throws IOException {
    ECKeyPairGenerator generator = new ECKeyPairGenerator();
    generator.init(new ECKeyGenerationParameters(curve.domain(), new SecureRandom()));
    AsymmetricCipherKeyPair pair = generator.generateKeyPair();
    ECPrivateKeyParameters key = (ECPrivateKeyParameters) pair.getPrivate();
    ECPublicKeyParameters point = (ECPublicKeyParameters) pair.getPublic();
    return new PrivateKeyInfo(
            new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, curve.id()),
            new ECPrivateKey(
                curve.domain().getN().bitLength(),
                key.getD(),
                new DERBitString(point.getQ().getEncoded(false)),
                null))
        .getEncoded();
  }

  private static byte[] rsa() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(RSA_SIZE);
    return generator.generateKeyPair().getPrivate().getEncoded();
  }

  private static void write(Path file, byte[] base64) throws IOException {
    boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    FileAttribute<?>[] ownerOnly =
        posix
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
            }
            : new FileAttribute<?>[0];
    Files.createFile(file, ownerOnly);
    try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.WRITE)) {
      out.write("-----BEGIN PRIVATE KEY-----\n".getBytes(StandardCharsets.US_ASCII));
      out.write(base64);
      out.write("\n-----END PRIVATE KEY-----\n".getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      Files.deleteIfExists(file);
      throw e;
    }
  }
}
