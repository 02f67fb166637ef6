package dev.countersign.hsm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.error.ConfigurationException;
import dev.countersign.signing.SignerUri;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Provider;
import java.security.Security;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Exactly one token and one key that can sign; everything else is a sentence of its own. */
class ChoosingTest {

  private static final byte[] MESSAGE = "message".getBytes(StandardCharsets.UTF_8);

  private static SoftHsm hsm;
  private static TestToken token;
  private static TestToken twin;

  @BeforeAll
  static void makeKeys() {
    hsm = SoftHsm.require();
    token = hsm.token("choosing", "canary-pässwörd-密");
    token.with(TestKey.P256, "good").with(TestKey.RSA4096, "large");
    token.key(TestKey.P256, "bare", "bare");
    token.key(TestKey.P256, "same", "same-1").certified("same-1", "same-1");
    token.key(TestKey.SECP256K1, "same", "same-2").certified("same-2", "same-2");
    token.key(TestKey.P256, "asking", "asking", "--always-auth");
    token.key(TestKey.P256, "mixed up", "mixed up").certified("mixed up", "good");
    token.key(TestKey.P256, "other kind", "other kind").certified("other kind", "same-2");
    token
        .key(TestKey.P256, "twice", "twice")
        .certified("twice", "twice")
        .certified("twice", "good");
    token.key(TestKey.P256, "id 1", "shared").key(TestKey.P256, "id 2", "shared");
    for (String type : new String[] {"EC:edwards25519", "EC:secp384r1", "rsa:1024"}) {
      token.tool("--keypairgen", "--key-type", type, "--label", type, "--id", SoftHsm.hex(type));
    }
    token.certified("rsa:1024", "rsa:1024");
    twin = hsm.labelled(token.label(), token.pin());
  }

  /** With the serial number, since there are two tokens of the label. */
  private static String path(String attributes) {
    return "pkcs11:serial=" + serial(token) + (attributes.isEmpty() ? "" : ";" + attributes);
  }

  private static String serial(TestToken of) {
    Cryptoki module = LoadedModules.ofThisProcess().load(token.module());
    return module.slots().stream()
        .map(module::tokenInfo)
        .filter(info -> info.label().equals(of.label()))
        .map(TokenInfo::serial)
        .filter(serial -> of.folder().toString().replace("-", "").endsWith(serial))
        .findFirst()
        .orElseThrow();
  }

  private static HsmSigner open(String path) {
    return open(path, "file:" + token.pinFile());
  }

  private static HsmSigner open(String path, String pinSource) {
    return new HsmSignerProvider(Map.of("TOKEN_PIN", token.pin())::get, Clock.systemUTC())
        .open(
            SignerUri.parse(path + "?module-path=" + token.module() + "&pin-source=" + pinSource));
  }

  private static AbstractThrowableAssert<?, ?> assertRefused(String attributes) {
    return assertThatThrownBy(() -> open(path(attributes)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageNotContaining(token.pin());
  }

  private static void assertSigns(HsmSigner signer) throws Exception {
    try (signer) {
      assertThat(TestKey.verifies(signer.publicKey(), MESSAGE, signer.sign(MESSAGE))).isTrue();
    }
  }

  @Test
  void aKeyIsFoundByItsLabelItsIdOrBoth() throws Exception {
    assertSigns(open(path("object=good")));
    assertSigns(open(path("id=%67%6f%6F%64")));
    assertSigns(open(path("id=good;object=good;type=private")));
    assertSigns(open(path("object=same;id=same-2")));
  }

  @Test
  void aTokenIsFoundByItsSlot() throws Exception {
    Cryptoki module = LoadedModules.ofThisProcess().load(token.module());
    long slot =
        module.slots().stream()
            .filter(s -> module.tokenInfo(s).serial().equals(serial(token)))
            .findFirst()
            .orElseThrow();
    assertSigns(open("pkcs11:slot-id=" + slot + ";token=" + token.label() + ";object=good"));
    assertThatThrownBy(() -> open("pkcs11:slot-id=" + slot + ";serial=0000;object=good"))
        .hasMessageContaining("No token matches");
  }

  @Test
  void aModuleIsFoundByItsNameAndThePinInTheEnvironment() throws Exception {
    try (HsmSigner signer =
        new HsmSignerProvider(Map.of("TOKEN_PIN", token.pin())::get, Clock.systemUTC())
            .open(
                SignerUri.parse(
                    path("object=good") + "?module-name=softhsm2&pin-source=env:TOKEN_PIN"))) {
      assertThat(signer).asString().contains("'good'").contains(token.label());
    }
  }

  @Test
  void rsaOf4096BitsSigns() throws Exception {
    try (HsmSigner signer = open(path("object=large"))) {
      assertThat(signer.sign(MESSAGE)).hasSize(512);
      assertThat(TestKey.verifies(signer.publicKey(), MESSAGE, signer.sign(MESSAGE))).isTrue();
    }
  }

  @Test
  void aTokenThatIsNotThereIsAnErrorThatListsThoseThatAre() {
    assertThatThrownBy(() -> open("pkcs11:token=nobody;object=good"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("No token matches")
        .hasMessageContaining("'" + token.label() + "' (serial " + serial(token) + ")");
  }

  @Test
  void twoTokensOfOneLabelAreAnErrorThatListsThem() {
    assertThatThrownBy(() -> open("pkcs11:token=" + token.label() + ";object=good"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("2 tokens match")
        .hasMessageContaining("name one by token or serial")
        .hasMessageContaining(serial(token))
        .hasMessageContaining(serial(twin));
  }

  @Test
  void aTokenWithoutKeysSaysSo() {
    assertThatThrownBy(() -> open("pkcs11:serial=" + serial(twin) + ";object=good"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("no private key on the token '" + twin.label() + "'");
  }

  @Test
  void aKeyThatIsNotThereIsAnErrorThatListsLabelsAndNothingElse() {
    assertRefused("object=nobody")
        .hasMessageContaining("No private key")
        .hasMessageContaining("'bare', ")
        .hasMessageContaining("'good'")
        .hasMessageNotContaining(SoftHsm.hex("good"));
  }

  @Test
  void severalKeysAreAnErrorThatListsThem() {
    assertRefused("object=same")
        .hasMessageContaining("2 private keys")
        .hasMessageContaining("'same', 'same'");
    assertRefused("").hasMessageContaining("private keys on the token");
  }

  @Test
  void aKeyWithoutACertificateSaysWhatToDo() {
    assertRefused("object=bare")
        .hasMessageContaining("'bare'")
        .hasMessageContaining("has no certificate")
        .hasMessageContaining("docs/hsm.md");
  }

  @Test
  void aKeyThatAsksForThePinAtEverySignatureIsRefused() {
    assertRefused("object=asking").hasMessageContaining("CKA_ALWAYS_AUTHENTICATE");
  }

  @Test
  void aKeyThatIsNotForSigningIsRefused() {
    // pkcs11-tool makes none on SoftHSM
    KeyQuery.PrivateObject key =
        new KeyQuery.PrivateObject("decrypting", "01", Optional.of(0L), "", false, false);
    assertThatThrownBy(() -> key.requireUsable("The key"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("CKA_SIGN is false");
  }

  @Test
  void ed25519IsRefusedAndTheChoicesNamed() {
    assertRefused("object=EC:edwards25519")
        .hasMessageContaining("Ed25519")
        .hasMessageContaining("RSA key (2048 to 4096 bits) or an ECDSA key on P-256 or secp256k1");
  }

  @Test
  void anotherCurveIsRefusedAndTheChoicesNamed() {
    assertRefused("object=EC:secp384r1")
        .hasMessageContaining("curve")
        .hasMessageContaining("P-256 or secp256k1");
  }

  @Test
  void aShortRsaKeyIsRefused() {
    assertRefused("object=rsa:1024")
        .hasMessageContaining("1024 bits")
        .hasMessageContaining("2048 to 4096");
  }

  @Test
  void theCertificateOfAnotherKeyIsNoticed() {
    assertRefused("object=mixed%20up").hasMessageContaining("certificate of another key");
    assertRefused("object=other%20kind").hasMessageContaining("certificate of another key");
  }

  @Test
  void twoCertificatesOfOneKeyAreRefused() {
    assertRefused("object=twice").hasMessageContaining("2 certificates");
  }

  @Test
  void twoKeysOfOneIdAreRefused() {
    assertRefused("object=id%201").hasMessageContaining("shares its CKA_ID");
  }

  @Test
  void aWrongPinIsOneTryAndASentence() {
    assertThatThrownBy(() -> open(path("object=good"), "file:" + hsm.ownerOnly("p", "canary-no")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("refused the PIN (CKR_PIN_INCORRECT)")
        .hasMessageContaining("pin-source")
        .hasMessageNotContaining("canary-no");
  }

  @Test
  void aPinThatIsNotThereIsASentence() {
    assertThatThrownBy(() -> open(path("object=good"), "env:NO_SUCH"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("environment variable NO_SUCH that pin-source names is not set");
    assertThatThrownBy(() -> open(path("object=good"), "file:/no/such"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("The PIN file /no/such does not exist");
    String uri = path("object=good") + "?module-path=" + token.module();
    assertThatThrownBy(() -> new HsmSignerProvider().open(SignerUri.parse(uri)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("names none; add pin-source=");
  }

  @Test
  void aPinFileThatOthersCanReadIsRefused() throws Exception {
    Path file = hsm.ownerOnly("open", "canary-no");
    Files.setPosixFilePermissions(
        file, java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--r--"));
    assertThatThrownBy(() -> open(path("object=good"), "file:" + file))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("open to others")
        .hasMessageContaining("permissions=any to the pkcs11: URI");
  }

  @Test
  void whatIsNoPkcs11ModuleIsRefused() {
    Path file = hsm.ownerOnly("module.so", "not a library");
    String uri = path("object=good") + "?pin-source=env:P&module-path=";
    assertThatThrownBy(() -> new HsmSignerProvider().open(SignerUri.parse(uri + file)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("cannot be loaded");
    assertThatThrownBy(() -> new HsmSignerProvider().open(SignerUri.parse(uri + "/no/such.so")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("no PKCS#11 module /no/such.so");
  }

  @Test
  void theProviderIsNeverInstalled() throws Exception {
    assertSigns(open(path("object=good")));
    assertThat(Security.getProviders())
        .extracting(Provider::getName)
        .noneMatch(name -> name.startsWith("SunPKCS11-"));
  }
}
