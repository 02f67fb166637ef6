package dev.countersign.pem;

import dev.countersign.error.ConfigurationException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.pkcs.EncryptedPrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.bc.BcPEMDecryptorProvider;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8DecryptorProviderBuilder;
import org.bouncycastle.operator.InputDecryptor;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.util.Strings;
import org.jspecify.annotations.Nullable;

/** A private key behind a passphrase, in either of the two ways that OpenSSL encrypts. */
final class EncryptedKey {

  /** Reads what came out of the decryption; a wrong passphrase can get as far as this. */
  @FunctionalInterface
  interface Structure {
    PrivateKeyInfo read(byte[] der) throws IOException;
  }

  @FunctionalInterface
  private interface Decryption {
    byte[] decrypt(char[] passphrase) throws IOException;
  }

  private static final Pattern DEK_INFO =
      Pattern.compile(
          "((?:AES-(?:128|192|256)|DES-EDE3|DES-EDE|DES|BF)-(?:CBC|CFB|OFB)),((?:[0-9A-Fa-f]{2})+)");

  private final String source;
  private final Decryption decryption;

  private EncryptedKey(String source, Decryption decryption) {
    this.source = source;
    this.decryption = decryption;
  }

  /** The encrypted key in a block, or nothing if the block is in the clear. */
  static Optional<EncryptedKey> in(String source, PemBlock block, byte[] der) {
    if (block.label().equals(KeyBlock.ENCRYPTED_PKCS8)) {
      EncryptedPrivateKeyInfo info = EncryptedPrivateKeyInfo.getInstance(der);
      return Optional.of(new EncryptedKey(source, passphrase -> pkcs8(source, info, passphrase)));
    }
    if (block.header("Proc-Type").isEmpty() && block.header("DEK-Info").isEmpty()) {
      return Optional.empty();
    }
    Matcher dekInfo = DEK_INFO.matcher(block.header("DEK-Info").orElse(""));
    if (!dekInfo.matches()) {
      throw cannotDecrypt(source);
    }
    String cipher = dekInfo.group(1);
    byte[] iv = HexFormat.of().parseHex(dekInfo.group(2));
    return Optional.of(
        new EncryptedKey(
            source,
            passphrase -> new BcPEMDecryptorProvider(passphrase).get(cipher).decrypt(der, iv)));
  }

  private static byte[] pkcs8(String source, EncryptedPrivateKeyInfo info, char[] passphrase)
      throws IOException {
    InputDecryptor decryptor;
    try {
      decryptor =
          new JceOpenSSLPKCS8DecryptorProviderBuilder()
              .setProvider(new BouncyCastleProvider())
              .build(passphrase)
              .get(info.getEncryptionAlgorithm());
    } catch (OperatorCreationException e) {
      throw cannotDecrypt(source);
    }
    try (InputStream clear =
        decryptor.getInputStream(new ByteArrayInputStream(info.getEncryptedData()))) {
      return clear.readAllBytes();
    }
  }

  /**
   * Decrypts the key and reads its structure.
   *
   * @param passphrase neither kept nor changed
   * @throws ConfigurationException if the passphrase is missing or wrong
   */
  PrivateKeyInfo open(char @Nullable [] passphrase, Structure structure) {
    if (passphrase == null) {
      throw new ConfigurationException(
          source
              + " is encrypted, and no passphrase is given; name the file or the environment variable"
              + " that holds it, as in pem:<file>?passphrase-file=<file> or ?passphrase-env=<name>");
    }
    Optional<PrivateKeyInfo> opened = attempt(passphrase, structure);
    if (opened.isEmpty() && !isAscii(passphrase)) {
      char[] bytes = utf8Bytes(passphrase);
      opened = attempt(bytes, structure);
      Arrays.fill(bytes, '\0');
    }
    return opened.orElseThrow(
        () ->
            new ConfigurationException(
                source
                    + " does not open with the passphrase that is given;"
                    + " check that it is this key's and complete, and that the file is undamaged"));
  }

  /** A wrong passphrase shows as wrong padding, or one time in 256 as a structure of no sense. */
  private Optional<PrivateKeyInfo> attempt(char[] passphrase, Structure structure) {
    byte[] der = new byte[0];
    try {
      der = decryption.decrypt(passphrase);
      return Optional.of(structure.read(der));
    } catch (IOException e) {
      return Optional.empty();
    } catch (RuntimeException e) {
      if (e instanceof ConfigurationException) {
        throw e;
      }
      return Optional.empty();
    } finally {
      Arrays.fill(der, (byte) 0);
    }
  }

  /**
   * The passphrase's UTF-8 bytes, each as one character: OpenSSL hashes those bytes, where some of
   * Bouncy Castle's older schemes take the low byte of each character.
   */
  private static char[] utf8Bytes(char[] passphrase) {
    byte[] utf8 = Strings.toUTF8ByteArray(passphrase);
    char[] bytes = new char[utf8.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (char) (utf8[i] & 0xFF);
    }
    Arrays.fill(utf8, (byte) 0);
    return bytes;
  }

  private static boolean isAscii(char[] passphrase) {
    for (char c : passphrase) {
      if (c > 0x7F) {
        return false;
      }
    }
    return true;
  }

  private static ConfigurationException cannotDecrypt(String source) {
    return new ConfigurationException(
        source
            + " is encrypted in a way that cannot be read here;"
            + " encrypt it anew with: openssl pkcs8 -topk8 -v2 aes256 -in <file> -out <new file>");
  }
}
