package dev.countersign.nativeimage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.countersign.pem.PemKeys;
import dev.countersign.signing.SignatureAlgorithm;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.crypto.util.PBKDF2Config;
import org.bouncycastle.crypto.util.PBKDFConfig;
import org.bouncycastle.crypto.util.ScryptConfig;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PKCS8Generator;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfoBuilder;
import org.bouncycastle.pkcs.jcajce.JcePKCSPBEOutputEncryptorBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClosedWorldTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(SignatureAlgorithm.class)
  void aKeyInTheClearSignsAndNothingIsLookedUpByItsName(SignatureAlgorithm algorithm)
      throws Exception {
    Path file = folder.resolve("key.pem");
    PemKeys.generate(algorithm, file).close();
    assertThat(run(file)).containsExactly("tried", "signed with key.pem");
  }

  @ParameterizedTest
  @ValueSource(strings = {"aes256-sha256", "aes128-sha1", "3des-sha256", "aes256-scrypt"})
  void anEncryptedKeySignsWithWhatTheMetadataNames(String kind) throws Exception {
    Path file = folder.resolve("encrypted.pem");
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, encrypted(kind));
    assertThat(run(file)).contains("signed with encrypted.pem");
  }

  @Test
  void whatTheMetadataNamesIsThere() throws IOException {
    List<String> missing = new ArrayList<>();
    for (String artifact : List.of("countersign-adapters-http", "countersign-signer-pem")) {
      JsonNode metadata = metadata(artifact);
      metadata.path("reflection").forEach(entry -> requireType(entry.path("type"), missing));
      metadata.findValues("typeReached").forEach(type -> requireType(type, missing));
      for (JsonNode entry : metadata.path("resources")) {
        String name = entry.path("glob").asText();
        if (getClass().getClassLoader().getResource(name) == null) {
          missing.add(name);
        }
      }
    }
    assertThat(missing).isEmpty();
  }

  private JsonNode metadata(String artifact) throws IOException {
    try (InputStream in =
        getClass().getClassLoader().getResourceAsStream(ClosedWorld.metadataOf(artifact))) {
      return new ObjectMapper().readTree(in);
    }
  }

  private static void requireType(JsonNode type, List<String> missing) {
    try {
      Class.forName(type.asText(), false, ClosedWorldTest.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      missing.add(type.asText());
    }
  }

  private List<String> run(Path file) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:off",
                "-Djava.system.class.loader=" + ClosedWorld.class.getName(),
                "-cp",
                System.getProperty("java.class.path"),
                ClosedProgram.class.getName(),
                file.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output.lines().toList();
  }

  private static String encrypted(String kind) throws Exception {
    PrivateKeyInfo key =
        PrivateKeyInfo.getInstance(
            KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPrivate().getEncoded());
    ASN1ObjectIdentifier cipher =
        kind.startsWith("3des")
            ? PKCS8Generator.DES3_CBC
            : kind.startsWith("aes128") ? PKCS8Generator.AES_128_CBC : PKCS8Generator.AES_256_CBC;
    byte[] der =
        new PKCS8EncryptedPrivateKeyInfoBuilder(key)
            .build(
                new JcePKCSPBEOutputEncryptorBuilder(derivation(kind), cipher)
                    .setProvider(new BouncyCastleProvider())
                    .setRandom(new SecureRandom())
                    .build(ClosedProgram.PASSPHRASE.toCharArray()))
            .getEncoded();
    return "-----BEGIN ENCRYPTED PRIVATE KEY-----\n"
        + Base64.getMimeEncoder().encodeToString(der)
        + "\n-----END ENCRYPTED PRIVATE KEY-----\n";
  }

  private static PBKDFConfig derivation(String kind) {
    if (kind.endsWith("scrypt")) {
      return new ScryptConfig.Builder(16_384, 8, 1).build();
    }
    return new PBKDF2Config.Builder()
        .withIterationCount(2_048)
        .withPRF(kind.endsWith("sha1") ? PBKDF2Config.PRF_SHA1 : PBKDF2Config.PRF_SHA256)
        .build();
  }
}
