package dev.countersign.hsm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.error.ConfigurationException;
import dev.countersign.error.SigningException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes of each failure of a token or its module, with a module that fails on demand. */
class HealingTest {

  private static final byte[] MESSAGE = "{\"type\":\"key.get\"}".getBytes(StandardCharsets.UTF_8);
  private static final String QUICK =
      "&probe-interval=20ms&acquire-timeout=5s&sign-timeout=5s&pool-size=3";

  private static SoftHsm hsm;
  private static TestToken token;

  private Shim shim;
  private HsmSigner signer;
  private long slot;

  @BeforeAll
  static void makeKey() {
    hsm = SoftHsm.require();
    token = hsm.token("healing").with(TestKey.P256, "key").with(TestKey.RSA2048, "other");
  }

  @BeforeEach
  void open() {
    shim = Shim.load(hsm);
    signer = open("key", QUICK);
    slot = slotOf(shim, token);
  }

  private HsmSigner open(String key, String more) {
    return new HsmSignerProvider().open(token.uri(shim.path(), key, more));
  }

  static long slotOf(Shim shim, TestToken token) {
    return token.slotIn(shim.path());
  }

  @AfterEach
  void close() {
    shim.bringBack();
    signer.close();
  }

  private void assertSigns() throws Exception {
    assertSigns(signer);
  }

  private static void assertSigns(HsmSigner signer) throws Exception {
    assertThat(TestKey.verifies(signer.publicKey(), MESSAGE, signer.sign(MESSAGE))).isTrue();
  }

  @Test
  void lostSessionsAreMadeAnewWithinTheSameSignature() throws Exception {
    shim.loseSessions(slot);
    assertSigns();
    assertThat(signer.health().healthy()).isTrue();
    assertThat(signer.health().lastError()).hasValueSatisfying(e -> assertThat(e).contains("lost"));
  }

  @Test
  void aLostLoginIsMadeAnewWithinTheSameSignature() throws Exception {
    shim.logOut(slot);
    assertSigns();
  }

  @ParameterizedTest
  @ValueSource(
      longs = {
        Shim.SESSION_HANDLE_INVALID,
        Shim.KEY_HANDLE_INVALID,
        Shim.OBJECT_HANDLE_INVALID,
        Shim.USER_NOT_LOGGED_IN
      })
  void whatIsLostIsMadeAnewWhereverItIsNoticed(long result) throws Exception {
    for (int function : new int[] {Shim.SIGN_INIT, Shim.SIGN}) {
      long logins = shim.calls(Shim.LOGIN);
      shim.fail(function, result, 1);
      assertSigns();
      assertThat(shim.calls(Shim.LOGIN)).isEqualTo(logins + 1);
    }
  }

  @Test
  void theSignatureIsRepeatedOnceOnly() {
    shim.fail(Shim.SIGN, Shim.SESSION_HANDLE_INVALID, 2);
    long signatures = shim.calls(Shim.SIGN);
    assertThatThrownBy(() -> signer.sign(MESSAGE))
        .isInstanceOf(SigningException.class)
        .hasMessageContaining("CKR_SESSION_HANDLE_INVALID");
    assertThat(shim.calls(Shim.SIGN)).isEqualTo(signatures + 2);
  }

  @Test
  void anOperationThatWasLeftActiveIsNotUsedAgain() throws Exception {
    // the token is in the middle of it: the next C_SignInit there gives CKR_OPERATION_ACTIVE
    shim.fail(Shim.SIGN, Shim.SESSION_COUNT, 1);
    for (int i = 0; i < 20; i++) {
      assertSigns();
    }
    assertThat(signer.health().healthy()).isTrue();
  }

  @Test
  void aBusyTokenIsAskedAgainWithoutALogin() throws Exception {
    long logins = shim.calls(Shim.LOGIN);
    shim.fail(Shim.SIGN_INIT, Shim.SESSION_COUNT, 4);
    assertSigns();
    assertThat(shim.calls(Shim.LOGIN)).isEqualTo(logins);
    assertThat(signer.health().healthy()).isTrue();
  }

  @Test
  void aTokenThatStaysBusyIsAnErrorOfThatSignatureAlone() throws Exception {
    shim.fail(Shim.SIGN_INIT, Shim.SESSION_COUNT, 5);
    assertThatThrownBy(() -> signer.sign(MESSAGE))
        .isInstanceOf(SigningException.class)
        .hasMessageContaining("CKR_SESSION_COUNT")
        .hasMessageContaining("busy");
    assertThat(signer.health().healthy()).isTrue();
    assertSigns();
  }

  @ParameterizedTest
  @ValueSource(
      longs = {
        Shim.DEVICE_ERROR,
        Shim.DEVICE_REMOVED,
        Shim.GENERAL_ERROR,
        Shim.FUNCTION_FAILED,
        Shim.VENDOR_DEFINED
      })
  void aFailingDeviceFailsFastUntilAProbeSigns(long result) throws Exception {
    shim.failForEver(Shim.SIGN, result);
    String code = Ckr.label(result);
    assertThatThrownBy(() -> signer.sign(MESSAGE))
        .isInstanceOf(SigningException.class)
        .hasMessageContaining(code)
        .hasMessageContaining(token.label())
        .hasMessageContaining("probe");
    assertThat(signer.health().healthy()).isFalse();
    assertThat(signer.health().lastError()).hasValueSatisfying(e -> assertThat(e).contains(code));
    assertThatThrownBy(() -> signer.sign(MESSAGE)).isInstanceOf(SigningException.class);
    shim.fail(Shim.SIGN, 0, 0);
    Shim.await(() -> signer.health().healthy());
    assertSigns();
  }

  @ParameterizedTest
  @ValueSource(longs = {Shim.FUNCTION_REJECTED, Shim.DATA_LEN_RANGE, Shim.KEY_EXHAUSTED})
  void whatTheTokenWillNotSignIsAskedOnceAndSaysNothingOfTheNext(long result) throws Exception {
    long signatures = shim.calls(Shim.SIGN);
    shim.fail(Shim.SIGN, result, 1);
    assertThatThrownBy(() -> signer.sign(MESSAGE))
        .isInstanceOf(SigningException.class)
        .hasMessageContaining(Ckr.label(result))
        .hasMessageContaining("does not sign this with this key");
    assertThat(shim.calls(Shim.SIGN)).isEqualTo(signatures + 1);
    assertThat(signer.health().healthy()).isTrue();
    assertSigns();
  }

  @Test
  void nobodyAsksAnOpenCircuitsToken() {
    signer.close();
    signer = open("key", "&probe-interval=10m");
    shim.failForEver(Shim.SIGN, Shim.DEVICE_ERROR);
    assertThatThrownBy(() -> signer.sign(MESSAGE)).isInstanceOf(SigningException.class);
    long calls = shim.calls(Shim.SIGN) + shim.calls(Shim.SIGN_INIT);
    for (int i = 0; i < 50; i++) {
      assertThatThrownBy(() -> signer.sign(MESSAGE)).hasMessageContaining("CKR_DEVICE_ERROR");
    }
    assertThat(shim.calls(Shim.SIGN) + shim.calls(Shim.SIGN_INIT)).isEqualTo(calls);
  }

  @Test
  void aDeviceThatWasAwaySignsAgainOnceItIsBack() throws Exception {
    shim.remove(slot);
    assertThatThrownBy(() -> signer.sign(MESSAGE))
        .isInstanceOf(SigningException.class)
        .hasMessageContaining("CKR_TOKEN_NOT_PRESENT");
    assertThat(signer.health().healthy()).isFalse();
    shim.bringBack();
    Shim.await(() -> signer.health().healthy());
    assertSigns();
  }

  @Test
  void aDeviceThatIsBackAndDoesNotSignNeedsARestartAndSaysSo() {
    shim.failForEver(Shim.OPEN_SESSION, Shim.DEVICE_ERROR);
    shim.loseSessions(slot);
    assertThatThrownBy(() -> signer.sign(MESSAGE)).isInstanceOf(SigningException.class);
    Shim.await(() -> signer.health().lastError().orElse("").contains("restart this process"));
    assertThatThrownBy(() -> signer.sign(MESSAGE))
        .isInstanceOf(SigningException.class)
        .hasMessageContaining("restart this process");
  }

  @Test
  void onlyFailuresInARowOfADeviceThatIsBackSpeakForARestart() {
    signer.close();
    signer = open("key", "&probe-interval=10ms");
    shim.failForEver(Shim.SIGN, Shim.DEVICE_ERROR);
    shim.failForEver(Shim.OPEN_SESSION, Shim.DEVICE_ERROR);
    shim.hang(Shim.OPEN_SESSION);
    assertThatThrownBy(() -> signer.sign(MESSAGE)).isInstanceOf(SigningException.class);
    // the first probe makes one provider in vain, each one after that two
    letGoOn(1 + 2 + 1);
    Shim.await(() -> shim.hanging() == 1);
    shim.failForEver(Shim.GET_SLOT_LIST, Shim.TOKEN_NOT_PRESENT);
    long looks = shim.calls(Shim.GET_SLOT_LIST);
    letGoOn(1);
    Shim.await(() -> shim.calls(Shim.GET_SLOT_LIST) > looks);
    shim.fail(Shim.GET_SLOT_LIST, 0, 0);
    letGoOn(2);
    Shim.await(() -> shim.hanging() == 1);
    assertThat(signer.health().lastError().orElseThrow()).doesNotContain("restart");
    letGoOn(2 + 2);
    Shim.await(() -> shim.hanging() == 1);
    assertThat(signer.health().lastError().orElseThrow()).contains("restart this process");
    shim.bringBack();
    shim.goOn(Shim.OPEN_SESSION);
  }

  private void letGoOn(int sessions) {
    for (int i = 0; i < sessions; i++) {
      shim.letOneGoOn(Shim.OPEN_SESSION);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {Shim.PIN_INCORRECT, Shim.PIN_LOCKED, Shim.PIN_EXPIRED})
  void aRefusedPinIsNeverTriedAgainByItself(long result) throws Exception {
    HsmSigner other = open("other", QUICK);
    shim.failForEver(Shim.LOGIN, result);
    shim.loseSessions(slot);
    long logins = shim.calls(Shim.LOGIN);
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> signer.sign(MESSAGE))
          .isInstanceOf(SigningException.class)
          .hasMessageContaining(Ckr.label(result))
          .hasMessageContaining("not tried again");
      assertThatThrownBy(() -> other.sign(MESSAGE))
          .isInstanceOf(SigningException.class)
          .hasMessageContaining(Ckr.label(result));
    }
    assertThatThrownBy(() -> open("key", QUICK))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(Ckr.label(result))
        .hasMessageContaining("not tried again");
    Thread.sleep(100); // five times the probe's first wait
    assertThat(shim.calls(Shim.LOGIN)).isEqualTo(logins + 1);
    assertThat(signer.health().healthy()).isFalse();
    shim.bringBack();
    other.close();
    signer.close();
    signer = open("key", QUICK);
    assertSigns();
  }

  @Test
  void anotherPinIsTriedWhenASignerIsOpenedAfterARefusal() throws Exception {
    token.changePinFile("0000");
    shim.loseSessions(slot);
    assertThatThrownBy(() -> signer.sign(MESSAGE)).hasMessageContaining("CKR_PIN_INCORRECT");
    token.changePinFile(token.pin());
    try (HsmSigner second = open("key", QUICK)) {
      assertSigns(second);
    }
  }

  @Test
  void theLastTryOfAPinIsLeftToPeople() {
    long logins = shim.calls(Shim.LOGIN);
    shim.flags(Shim.FINAL_TRY);
    shim.loseSessions(slot);
    assertThatThrownBy(() -> signer.sign(MESSAGE))
        .isInstanceOf(SigningException.class)
        .hasMessageContaining("CKF_USER_PIN_FINAL_TRY");
    signer.close();
    assertThatThrownBy(() -> open("key", QUICK))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("next wrong one");
    shim.flags(Shim.LOCKED);
    assertThatThrownBy(() -> open("key", QUICK))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("CKR_PIN_LOCKED")
        .hasMessageContaining("security officer");
    assertThat(shim.calls(Shim.LOGIN)).isEqualTo(logins);
    shim.flags(0);
  }

  @Test
  void aTokenWhosePinIsTypedOnTheDeviceIsRefusedWithoutALogin() {
    signer.close();
    long logins = shim.calls(Shim.LOGIN);
    shim.flags(Shim.PIN_PAD);
    assertThatThrownBy(() -> open("key", QUICK))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("typed on the device");
    assertThat(shim.calls(Shim.LOGIN)).isEqualTo(logins);
  }

  @Test
  void aPoolThatIsLargerThanTheTokenAllowsIsRefusedWhenOpened() throws Exception {
    Shim small = Shim.load(hsm);
    small.mostSessions(5);
    assertThatThrownBy(
            () -> new HsmSignerProvider().open(token.uri(small.path(), "key", "&pool-size=4")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("allows 5 sessions")
        .hasMessageContaining("lower pool-size");
    try (HsmSigner fits =
        new HsmSignerProvider().open(token.uri(small.path(), "key", "&pool-size=3"))) {
      assertSigns(fits);
    }
  }

  /** Its PIN may be another's: one try less on a token that nobody named. */
  @Test
  void anotherTokenInTheSlotIsNotLoggedInTo() throws Exception {
    long logins = shim.calls(Shim.LOGIN);
    shim.swap(true);
    shim.loseSessions(slot);
    assertThatThrownBy(() -> signer.sign(MESSAGE))
        .isInstanceOf(SigningException.class)
        .hasMessageContaining("CKR_TOKEN_NOT_PRESENT");
    Shim.await(() -> signer.health().lastError().orElse("").contains("again and again"));
    assertThat(shim.calls(Shim.LOGIN)).isEqualTo(logins);
    shim.swap(false);
    Shim.await(() -> signer.health().healthy());
    assertSigns();
  }

  @Test
  void aProbeWhoseSignatureIsWrongClosesNoCircuit() throws Exception {
    shim.fail(Shim.SIGN, Shim.DEVICE_ERROR, 1);
    shim.spoilSignatures(true);
    assertThatThrownBy(() -> signer.sign(MESSAGE)).isInstanceOf(SigningException.class);
    Shim.await(() -> signer.health().lastError().orElse("").contains("does not verify"));
    assertThat(signer.health().healthy()).isFalse();
    assertThatThrownBy(() -> signer.sign(MESSAGE)).hasMessageContaining("does not verify");
    shim.spoilSignatures(false);
    Shim.await(() -> signer.health().healthy());
    assertSigns();
  }

  @Test
  void aPinFileThatIsAwayDuringARecoveryIsReadOnceItIsBack() throws Exception {
    Path moved = token.pinFile().resolveSibling("away");
    Files.move(token.pinFile(), moved);
    shim.loseSessions(slot);
    assertThatThrownBy(() -> signer.sign(MESSAGE))
        .isInstanceOf(SigningException.class)
        .hasMessageContaining("does not exist");
    Files.move(moved, token.pinFile());
    Shim.await(() -> signer.health().healthy());
    assertSigns();
  }

  @Test
  void aTokenFolderThatWasAwayBetweenSignaturesIsNotMissed() throws Exception {
    Path away = hsm.newFolder().resolve("token");
    Files.move(token.folder(), away);
    Files.move(away, token.folder());
    assertSigns();
  }

  /** SoftHSM does not look for a token again that it has missed; only loading it anew helps. */
  @Test
  void aTokenFolderThatWasMissedNeedsARestartAndSaysSo() throws Exception {
    Path away = hsm.newFolder().resolve("token");
    Files.move(token.folder(), away);
    try {
      assertThatThrownBy(() -> signer.sign(MESSAGE))
          .isInstanceOf(SigningException.class)
          .hasMessageContaining("CKR_GENERAL_ERROR");
    } finally {
      Files.move(away, token.folder());
    }
    Shim.await(() -> signer.health().lastError().orElse("").contains("restart this process"));
    assertThatThrownBy(() -> signer.sign(MESSAGE)).hasMessageContaining("restart this process");
    try (HsmSigner restarted =
        new HsmSignerProvider().open(token.uri(Shim.load(hsm).path(), "key", QUICK))) {
      assertSigns(restarted);
    }
  }

  /** The module may have given its number to a session of somebody else's meanwhile. */
  @Test
  void aSessionIsClosedOnceHoweverOftenARecoveryFails() {
    shim.failForEver(Shim.OPEN_SESSION, Shim.DEVICE_ERROR);
    shim.fail(Shim.SIGN, Shim.SESSION_HANDLE_INVALID, 1);
    assertThatThrownBy(() -> signer.sign(MESSAGE)).isInstanceOf(SigningException.class);
    Shim.await(() -> signer.health().lastError().orElse("").contains("restart this process"));
    signer.close();
    assertThat(shim.closedInVain()).isZero();
    assertThat(shim.sessions()).isZero();
  }

  @Test
  void threeHundredRecoveriesLeakNoSession() throws Exception {
    assertSigns();
    long before = shim.sessions();
    for (int i = 0; i < 300; i++) {
      if (i % 2 == 0) {
        shim.fail(Shim.SIGN, Shim.SESSION_HANDLE_INVALID, 1);
      } else {
        shim.logOut(slot);
      }
      signer.sign(MESSAGE);
    }
    assertSigns();
    assertThat(shim.sessions()).isLessThanOrEqualTo(before + 1);
    assertThat(shim.calls(Shim.LOGIN)).isGreaterThanOrEqualTo(300);
  }
}
