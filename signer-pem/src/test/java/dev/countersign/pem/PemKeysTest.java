package dev.countersign.pem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.countersign.error.ConfigurationException;
import dev.countersign.signing.SignatureAlgorithm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.interfaces.RSAPublicKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PemKeysTest {

  private static final byte[] MESSAGE = PemText.bytes("message");

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void aNewKeySignsAndIsTheOneInTheFile(KeyKind kind) throws Exception {
    Path file = folder.resolve("new.pem");
    try (PemSigner made = PemKeys.generate(kind.algorithm(), file);
        PemSigner opened = PemSigner.open(file)) {
      assertThat(made.algorithm()).isEqualTo(kind.algorithm());
      assertThat(opened.publicKeyPem()).isEqualTo(made.publicKeyPem());
      assertThat(kind.verifies(made.publicKey(), MESSAGE, opened.sign(MESSAGE))).isTrue();
    }
    assertThat(Files.readString(file))
        .startsWith("-----BEGIN PRIVATE KEY-----\n")
        .endsWith("\n-----END PRIVATE KEY-----\n");
  }

  @Test
  void twoNewKeysAreNotTheSame() {
    try (PemSigner one = PemKeys.generate(SignatureAlgorithm.ED25519, folder.resolve("1.pem"));
        PemSigner two = PemKeys.generate(SignatureAlgorithm.ED25519, folder.resolve("2.pem"))) {
      assertThat(one.publicKeyPem()).isNotEqualTo(two.publicKeyPem());
    }
  }

  @Test
  void rsaKeysHave3072Bits() {
    try (PemSigner signer =
        PemKeys.generate(SignatureAlgorithm.RSA_PKCS1_SHA256, folder.resolve("rsa.pem"))) {
      assertThat(((RSAPublicKey) signer.publicKey()).getModulus().bitLength()).isEqualTo(3072);
    }
  }

  @Test
  void onlyTheOwnerCanReadTheFile() throws Exception {
    assumeTrue(folder.getFileSystem().supportedFileAttributeViews().contains("posix"));
    Path file = folder.resolve("new.pem");
    PemKeys.generate(SignatureAlgorithm.ED25519, file).close();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void aFileThatExistsIsLeftAsItIs() throws Exception {
    Path file = Files.writeString(folder.resolve("old.pem"), "old");
    assertThatThrownBy(() -> PemKeys.generate(SignatureAlgorithm.ED25519, file))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContainingAll(file.toString(), "exists already", "name another one");
    assertThat(file).hasContent("old");
  }

  @Test
  void aFolderThatIsMissingIsRefused() {
    Path file = folder.resolve("nowhere/new.pem");
    assertThatThrownBy(() -> PemKeys.generate(SignatureAlgorithm.ED25519, file))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContainingAll(file.toString(), "check that its folder exists");
  }
}
