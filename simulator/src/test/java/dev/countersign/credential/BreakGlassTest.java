package dev.countersign.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.Dfns;
import dev.countersign.api.wallets.Wallet;
import dev.countersign.call.CallReport;
import dev.countersign.error.SigningException;
import dev.countersign.signing.FailingSigner;
import dev.countersign.signing.FailoverEvent;
import dev.countersign.signing.JdkSigner;
import dev.countersign.signing.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two registered credentials: when the key of the first cannot sign, the second's does. */
class BreakGlassTest {

  private static final Duration COOL_DOWN = Duration.ofSeconds(30);

  private final TwoKeys account = new TwoKeys();
  private final FailingSigner hsm = new FailingSigner(account.first);
  private final FailingSigner file = new FailingSigner(JdkSigner.generate());
  private final Credential primary = account.firstWith(hsm);
  private final Credential secondary = account.credential(account.register(file), file);
  private final ManualClock clock = new ManualClock();
  private final List<FailoverEvent> events = new CopyOnWriteArrayList<>();
  private final FallbackCredentials credentials =
      FallbackCredentials.of(
          CredentialSource.of(primary),
          CredentialSource.of(secondary),
          COOL_DOWN,
          clock,
          events::add);
  private final Dfns dfns = account.dfns(credentials);

  BreakGlassTest() {
    account.reports.clear();
  }

  @AfterEach
  void close() {
    account.close();
    file.close();
  }

  private List<CredentialId> signedBy() {
    return account.reports.stream().map(CallReport::signedBy).map(id -> id.orElseThrow()).toList();
  }

  private static CredentialId id(Credential credential) {
    return credential.key().orElseThrow().id();
  }

  @Test
  void theCallThatMeetsTheFailureGoesThroughAndSaysWhoSigned() {
    hsm.fail("the token was removed");

    Wallet wallet = TwoKeys.wallet(dfns);

    assertThat(wallet.id()).isNotEmpty();
    assertThat(signedBy()).containsExactly(id(secondary));
    assertThat(account.wallets()).as("nothing is done twice").isEqualTo(1);
    assertThat(events)
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.direction()).isEqualTo(FailoverEvent.Direction.TO_SECONDARY);
              assertThat(event.reason()).isEqualTo("the token was removed");
            });
  }

  @Test
  void anAsynchronousCallGoesThroughToo() {
    hsm.fail("the token was removed");

    Wallet wallet = dfns.wallets().createWallet(TwoKeys.walletBody()).executeAsync().join();

    assertThat(wallet.id()).isNotEmpty();
    assertThat(events).hasSize(1);
  }

  @Test
  void thePrimaryIsLeftAloneForTheCoolDownThenTriedAndTakenBack() {
    hsm.fail("gone");
    TwoKeys.wallet(dfns);
    TwoKeys.wallet(dfns);
    assertThat(hsm.asked()).isEqualTo(1);
    clock.advance(COOL_DOWN);
    TwoKeys.wallet(dfns);
    assertThat(hsm.asked()).isEqualTo(2);
    hsm.recover();
    clock.advance(COOL_DOWN);

    TwoKeys.wallet(dfns);
    TwoKeys.wallet(dfns);

    assertThat(signedBy())
        .containsExactly(id(secondary), id(secondary), id(secondary), id(primary), id(primary));
    assertThat(events)
        .extracting(FailoverEvent::direction)
        .containsExactly(FailoverEvent.Direction.TO_SECONDARY, FailoverEvent.Direction.TO_PRIMARY);
    assertThat(credentials.isFailedOver()).isFalse();
  }

  @Test
  void readingTakesNobodysTurnToTryThePrimary() {
    hsm.fail("gone");
    TwoKeys.wallet(dfns);
    hsm.recover();
    clock.advance(COOL_DOWN);

    assertThat(account.dfns(credentials).wallets().listWallets().stream().count()).isEqualTo(1);
    assertThat(credentials.isFailedOver()).as("a read proves no key").isTrue();
    TwoKeys.wallet(dfns);

    assertThat(credentials.isFailedOver()).isFalse();
  }

  @Test
  void aPrimaryThatDfnsNoLongerAllowsIsReplacedToo() {
    account.deactivate(id(primary).value(), CredentialSource.of(secondary));

    assertThat(TwoKeys.wallet(dfns).id()).isNotEmpty();

    assertThat(events.get(0).reason()).contains("not among those Dfns allows");
  }

  @Test
  void ifNeitherKeySignsTheCallFailsAndNothingWasDone() {
    hsm.fail("the token was removed");
    file.fail("the file is gone");

    assertThatThrownBy(() -> TwoKeys.wallet(dfns))
        .isInstanceOf(SigningException.class)
        .hasMessage("the file is gone");

    assertThat(events).hasSize(1);
    assertThat(account.wallets()).isZero();
  }

  @Test
  void manyCallsThatMeetTheFailureAllGoThroughAndAreOneEvent() {
    hsm.fail("gone");
    List<CompletableFuture<Wallet>> calls = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      calls.add(dfns.wallets().createWallet(TwoKeys.walletBody()).executeAsync());
    }

    assertThat(calls).allSatisfy(call -> assertThat(call.join().id()).isNotEmpty());
    assertThat(account.wallets()).isEqualTo(40);
    assertThat(events).hasSize(1);
  }
}
