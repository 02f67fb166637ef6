package dev.countersign.hsm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.error.ConfigurationException;
import dev.countersign.signing.SignerUri;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.Provider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** One login per module and token, whoever shares it. */
class SharedLoginTest {

  private static final byte[] MESSAGE = "message".getBytes(StandardCharsets.UTF_8);

  private static SoftHsm hsm;
  private static TestToken token;
  private static TestToken otherToken;

  @BeforeAll
  static void makeKeys() {
    hsm = SoftHsm.require();
    token = hsm.token("shared").with(TestKey.P256, "one").with(TestKey.SECP256K1, "two");
    otherToken = hsm.token("other").with(TestKey.RSA2048, "one");
  }

  private static HsmSigner open(TestToken of, Path module, String key) {
    return new HsmSignerProvider().open(of.uri(module, key, ""));
  }

  private static void assertSigns(HsmSigner signer) throws Exception {
    assertThat(TestKey.verifies(signer.publicKey(), MESSAGE, signer.sign(MESSAGE))).isTrue();
  }

  @Test
  void closingOneSignerLeavesTheOthersLoggedInAndTheLastLogsOut() throws Exception {
    Shim shim = Shim.load(hsm);
    HsmSigner one = open(token, shim.path(), "one");
    HsmSigner two = open(token, shim.path(), "two");
    assertThat(shim.calls(Shim.LOGIN)).isEqualTo(1);
    one.close();
    one.close();
    assertSigns(two);
    assertThat(shim.calls(Shim.LOGOUT)).isZero();
    two.close();
    assertThat(shim.calls(Shim.LOGOUT)).isEqualTo(1);
    assertThat(shim.sessions()).isZero();
    try (HsmSigner again = open(token, shim.path(), "one")) {
      assertSigns(again);
      assertThat(shim.calls(Shim.LOGIN)).isEqualTo(2);
    }
  }

  @Test
  void aSecondSignerCannotRideOnTheLoginOfTheFirstWithAWrongPin() throws Exception {
    Shim shim = Shim.load(hsm);
    Path wrong = hsm.ownerOnly("wrong", "canary-wrong");
    SignerUri uri =
        SignerUri.parse(
            "pkcs11:token="
                + token.label()
                + ";object=two?module-path="
                + shim.path()
                + "&pin-source=file:"
                + wrong);
    try (HsmSigner one = open(token, shim.path(), "one")) {
      assertThatThrownBy(() -> new HsmSignerProvider().open(uri))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("another PIN")
          .hasMessageNotContaining("canary-wrong");
      assertThat(shim.calls(Shim.LOGIN)).as("a wrong PIN costs no try").isEqualTo(1);
      assertSigns(one);
    }
  }

  /** A token that is still logged in takes any PIN, so that one proves nothing. */
  @Test
  void aPinThatNobodyCheckedInARecoveryLetsNobodyIn() throws Exception {
    Shim shim = Shim.load(hsm);
    TestToken own = hsm.token("unchecked").with(TestKey.P256, "one");
    Cryptoki module = LoadedModules.ofThisProcess().load(shim.path());
    try (HsmSigner one = open(own, shim.path(), "one")) {
      long keepsTheLogin = module.openSession(HealingTest.slotOf(shim, own));
      shim.failForEver(Shim.LOGOUT, Shim.GENERAL_ERROR);
      own.changePinFile("canary-wrong");
      shim.fail(Shim.SIGN, Shim.SESSION_HANDLE_INVALID, 1);
      assertSigns(one);
      assertThatThrownBy(() -> open(own, shim.path(), "one"))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("another PIN");
      own.changePinFile(own.pin());
      open(own, shim.path(), "one").close();
      assertSigns(one);
      shim.fail(Shim.LOGOUT, 0, 0);
      module.closeSession(keepsTheLogin);
    }
  }

  @Test
  void aFailedOpeningLeavesNoLoginBehind() {
    Shim shim = Shim.load(hsm);
    assertThatThrownBy(() -> open(token, shim.path(), "nobody"))
        .isInstanceOf(ConfigurationException.class);
    assertThat(shim.calls(Shim.LOGOUT)).isEqualTo(1);
    assertThat(shim.sessions()).isZero();
  }

  @Test
  void twoTokensOfOneModuleHaveLoginsOfTheirOwn() throws Exception {
    Path module = hsm.copyOfModule();
    HsmSigner one = open(token, module, "one");
    try (HsmSigner other = open(otherToken, module, "one")) {
      assertSigns(one);
      assertSigns(other);
      one.close();
      assertSigns(other);
    }
  }

  @Test
  void twoModulesHaveLoginsOfTheirOwn() throws Exception {
    HsmSigner one = open(token, hsm.copyOfModule(), "one");
    try (HsmSigner other = open(token, hsm.copyOfModule(), "one")) {
      one.close();
      assertSigns(other);
    }
  }

  @Test
  void aRecoveryOfOneSignerDisturbsNoOther() throws Exception {
    Shim shim = Shim.load(hsm);
    try (HsmSigner one = open(token, shim.path(), "one");
        HsmSigner two = open(token, shim.path(), "two")) {
      assertSigns(two);
      shim.fail(Shim.SIGN, Shim.SESSION_HANDLE_INVALID, 1);
      assertSigns(one);
      assertSigns(two);
      assertThat(shim.calls(Shim.LOGIN)).as("made anew once for both").isEqualTo(2);
      assertThat(two.health().healthy()).isTrue();
    }
  }

  @Test
  void aModuleThatSunPkcs11HasInitialisedFirstIsSharedWithIt() throws Exception {
    Path module = hsm.copyOfModule();
    long slot = token.slotIn(token.module());
    Provider sun = sun(module, slot);
    try (HsmSigner signer = open(token, module, "one")) {
      assertSigns(signer);
    }
    assertThat(sun.isConfigured()).isTrue();
  }

  @Test
  void aTokenThatSomebodyElseInTheProcessIsLoggedInToIsRefused() throws Exception {
    Path module = hsm.copyOfModule();
    long slot = token.slotIn(token.module());
    KeyStore keys = KeyStore.getInstance("PKCS11", sun(module, slot));
    keys.load(null, token.pin().toCharArray());
    assertThatThrownBy(() -> open(token, module, "one"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("another part of this process");
    // and it is still logged in
    assertThat(keys.getKey("one", null)).isNotNull();
  }

  private static Provider sun(Path module, long slot) {
    return java.security.Security.getProvider("SunPKCS11")
        .configure("--name = first\nlibrary = \"" + module + "\"\nslot = " + slot + "\n");
  }
}
