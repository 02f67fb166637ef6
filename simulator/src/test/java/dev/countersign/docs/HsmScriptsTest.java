package dev.countersign.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * {@code bin/softhsm} and {@code bin/hsm-certificate}: what they make, and what they never show.
 */
class HsmScriptsTest {

  private static final String TOOL =
      "pkcs11-tool --module /usr/lib/softhsm/libsofthsm2.so --token-label dfns ";

  /** A token for those tests that change nothing. */
  @TempDir private static Path shared;

  @TempDir private Path folder;

  private Shell shell;

  @BeforeAll
  static void makeToken() throws IOException, InterruptedException {
    Shell.assumeThereAre("softhsm2-util", "pkcs11-tool", "openssl");
    try (Shell once = Shell.in(shared)) {
      Shell.Result made = once.run("bin/softhsm --key p256 token > environment");
      assertThat(made.status()).as(made.output()).isZero();
    }
  }

  @BeforeEach
  void open() throws IOException {
    shell = Shell.in(folder);
  }

  @AfterEach
  void close() throws IOException {
    shell.close();
  }

  private String run(String script) throws IOException, InterruptedException {
    Shell.Result result = shell.run(script);
    assertThat(result.status()).as(result.output()).isZero();
    return result.output();
  }

  private String refused(String script) throws IOException, InterruptedException {
    Shell.Result result = shell.run(script);
    assertThat(result.status()).as(result.output()).isNotZero();
    return result.output();
  }

  /** A script over the token that all share. */
  private static String made(String script) {
    return ". " + shared + "/environment; export PIN=$(cat " + shared + "/token/pin); " + script;
  }

  @ParameterizedTest
  @CsvSource({"rsa2048, RSA", "p256, prime256v1", "secp256k1, secp256k1"})
  void aTokenHasAKeyThatStaysThereAndItsCertificate(String kind, String type)
      throws IOException, InterruptedException {
    String objects =
        run(
            "eval \"$(bin/softhsm --key "
                + kind
                + " token)\"; export PIN=$(cat token/pin); "
                + TOOL
                + "--login --pin env:PIN -O; "
                + TOOL
                + "--read-object --type cert --id 01 -o c.der; openssl x509 -inform DER -in c.der -noout -text");

    assertThat(objects)
        .contains("never extractable")
        .contains("Certificate Object")
        .containsIgnoringCase(type);
    assertThat(objects.split("label: +api-key")).as("private, public, certificate").hasSize(4);
  }

  @Test
  void theCertificateIsOverTheKeyOfTheToken() throws IOException, InterruptedException {
    String keys =
        run(
            made(
                TOOL
                    + "--read-object --type pubkey --id 01 -o p.der >/dev/null 2>&1; "
                    + TOOL
                    + "--read-object --type cert --id 01 -o c.der >/dev/null 2>&1; "
                    + "openssl pkey -pubin -inform DER -in p.der; "
                    + "openssl x509 -inform DER -in c.der -noout -pubkey"));

    String half = keys.substring(0, keys.length() / 2);
    assertThat(half).startsWith("-----BEGIN PUBLIC KEY").isEqualTo(keys.substring(half.length()));
  }

  @Test
  void nobodyButTheOwnerReadsWhatIsThere() throws IOException, InterruptedException {
    run("umask 0; bin/softhsm --key p256 token");

    for (String name : new String[] {"token", "token/tokens"}) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name))))
          .isEqualTo("rwx------");
    }
    for (String name : new String[] {"token/pin", "token/softhsm2.conf"}) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name))))
          .isEqualTo("rw-------");
    }
  }

  /** Every program that the scripts start writes down the list of processes first. */
  @Test
  void noPinIsInTheListOfProcessesNorPrinted() throws IOException, InterruptedException {
    Path spies = Files.createDirectory(folder.resolve("spies"));
    for (String program : new String[] {"pkcs11-tool", "openssl", "mkdir", "awk", "cat"}) {
      Path spy = spies.resolve(program);
      Files.writeString(
          spy,
          "#!/bin/sh\nps axww -o pid,args >> '"
              + folder.resolve("seen")
              + "'\necho \"$@\" >> '"
              + folder.resolve("started")
              + "'\nPATH=${PATH#*:} exec "
              + program
              + " \"$@\"\n");
      Files.setPosixFilePermissions(spy, PosixFilePermissions.fromString("rwx------"));
    }
    Shell watched = new Shell(folder, Map.of("PATH", spies + ":" + System.getenv("PATH")));

    Shell.Result made = watched.run("bin/softhsm --key p256 token");
    assertThat(made.status()).as(made.output()).isZero();
    Shell.Result again = watched.run(made.output() + "bin/hsm-certificate \"$DFNS_SIGNER\"");
    assertThat(again.status()).as(again.output()).isZero();

    String pin = Files.readString(folder.resolve("token/pin")).strip();
    assertThat(pin).hasSize(32);
    assertThat(Files.readString(folder.resolve("seen")))
        .contains("--init-pin", "--keypairgen", "--write-object")
        .doesNotContain(pin);
    assertThat(Files.readString(folder.resolve("started")))
        .contains("--init-pin", "--keypairgen", "--write-object")
        .doesNotContain(pin)
        .doesNotContainPattern("-pin(=| )(?!env:|--)");
    assertThat(made.output() + again.output()).doesNotContain(pin);
  }

  @Test
  void aSecondCertificateIsNotWritten() throws IOException, InterruptedException {
    assertThat(run(made("bin/hsm-certificate \"$DFNS_SIGNER\""))).contains("nothing to do");
  }

  /** As the signer reads it: a wrong PIN would be a try less. */
  @Test
  void aPinFileWithTheLineEndOfWindowsHasTheSamePin() throws IOException, InterruptedException {
    assertThat(
            run(
                made(
                    "printf '%s\\r\\n' \"$PIN\" > crlf; bin/hsm-certificate"
                        + " \"pkcs11:token=dfns;manufacturer=SoftHSM%20project;model=SoftHSM%20v2;object=api-key"
                        + "?module-name=softhsm2&pin-source=file:$PWD/crlf\"")))
        .contains("nothing to do");
  }

  @Test
  void aCertificateIsMadeForAKeyByItsIdAndWithThePinFromTheEnvironment()
      throws IOException, InterruptedException {
    String output =
        run(
            made(
                TOOL
                    + "--login --pin env:PIN --keypairgen --key-type EC:secp256k1 --label 'näxt & key' --id 0a7f"
                    + " --sensitive >/dev/null; "
                    + "uri='pkcs11:token=dfns;id=%0A%7f?module-name=softhsm2&pin-source=env:PIN&pool-size=3'; "
                    + "bin/hsm-certificate \"$uri\"; bin/hsm-certificate \"$uri\"; "
                    + "bin/hsm-certificate 'pkcs11:token=dfns;object=n%C3%A4xt%20%26%20key?module-name=softhsm2&pin-source=env:PIN'"));

    assertThat(output.lines())
        .containsExactly(
            "The key 'näxt & key' (id 0a7f) has a certificate now",
            "The key 'näxt & key' (id 0a7f) has a certificate already: nothing to do",
            "The key 'näxt & key' (id 0a7f) has a certificate already: nothing to do");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "token=dfns;object=nope?module-name=softhsm2&pin-source=file:TOKEN/pin | 0 private keys match",
        "token=nope;object=api-key?module-name=softhsm2&pin-source=file:TOKEN/pin | 0 tokens match",
        "manufacturer=nobody;object=api-key?module-name=softhsm2&pin-source=file:TOKEN/pin | 0 tokens match",
        "model=none;object=api-key?module-name=softhsm2&pin-source=file:TOKEN/pin | 0 tokens match",
        "token=dfns?pin-source=file:TOKEN/pin | no module-path",
        "token=dfns?module-path=/nowhere.so&pin-source=file:TOKEN/pin | no PKCS#11 library at",
        "token=dfns?module-name=softhsm2 | add pin-source",
        "token=dfns?module-name=softhsm2&pin-source=env:NOT_SET | NOT_SET",
        "token=dfns?module-name=softhsm2&pin-source=file:/nowhere | cannot be read",
        "token=dfns?module-name=softhsm2&pin-value=1234 | use pin-source",
        "token=dfns?module-name=other&pin-source=env:PIN | module-name 'other'"
      })
  void whatCannotBeDoneIsSaid(String uri, String why) throws IOException, InterruptedException {
    String said =
        refused(
            made("bin/hsm-certificate 'pkcs11:" + uri.replace("TOKEN", shared + "/token") + "'"));

    assertThat(said).contains(why).doesNotContain("1234");
  }

  @Test
  void aWrongPinIsSaidAndNotShown() throws IOException, InterruptedException {
    String said =
        refused(
            made(
                "export PIN=canary-pin; "
                    + "bin/hsm-certificate 'pkcs11:token=dfns?module-name=softhsm2&pin-source=env:PIN'"));

    assertThat(said).contains("is the PIN right?").doesNotContain("canary");
  }

  @Test
  void aDirectoryThatIsThereIsNotTouched() throws IOException, InterruptedException {
    assertThat(refused("mkdir token; bin/softhsm token")).contains("exists already");
    assertThat(folder.resolve("token")).isEmptyDirectory();
    assertThat(refused("bin/softhsm --key ed25519 other")).contains("no kind of key 'ed25519'");
    assertThat(folder.resolve("other")).doesNotExist();
  }
}
