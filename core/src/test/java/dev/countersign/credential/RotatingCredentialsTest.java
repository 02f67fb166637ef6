package dev.countersign.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.credential.CredentialUse.Purpose;
import dev.countersign.error.ConfigurationException;
import dev.countersign.error.SigningException;
import dev.countersign.signing.FakeSigners;
import dev.countersign.signing.SignerUri;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What becomes of sources that replace each other, step by step. */
class RotatingCredentialsTest {

  private static final SigningException REFUSAL = new SigningException("refused");

  private final List<String> events = new ArrayList<>();
  private final Source a = new Source("a");
  private final Source b = new Source("b");
  private final Source c = new Source("c");
  private final RotatingCredentials rotating = RotatingCredentials.of(a, this::note);

  private void note(RotationEvent event) {
    events.add(event.kind() + " " + event.source());
  }

  private CredentialUse use() {
    return rotating.use(Purpose.SIGNATURE);
  }

  private static String of(CredentialUse use) {
    return use.credential().key().orElseThrow().id().value();
  }

  private static void goThrough(CredentialUse use) {
    use.accepted();
    use.ended();
  }

  /** A source with a name, and a key by that name. */
  private static final class Source implements CredentialSource {
    private final String name;

    Source(String name) {
      this.name = name;
    }

    @Override
    public Credential current() {
      return Credential.of(
          AccessToken.of("token-" + name),
          new CredentialId(name),
          new FakeSigners("fake").open(SignerUri.of("fake", name)));
    }

    @Override
    public String toString() {
      return name;
    }
  }

  @Test
  void aCallInFlightEndsWithWhatItBeganWith() {
    CredentialUse inFlight = use();
    rotating.replace(b);

    assertThat(of(inFlight)).isEqualTo("a");
    assertThat(of(use())).isEqualTo("b");
    assertThat(rotating.isOnTrial()).isTrue();
  }

  @Test
  void theFirstSuccessCommitsAndTheFormerIsDrainedAfterItsLastCall() {
    CredentialUse one = use();
    CredentialUse two = use();
    rotating.replace(b);
    goThrough(use());
    assertThat(events).containsExactly("COMMITTED b");

    goThrough(one);
    assertThat(events).containsExactly("COMMITTED b");
    two.ended();
    assertThat(events).containsExactly("COMMITTED b", "DRAINED a");
    assertThat(rotating.isOnTrial()).isFalse();
  }

  @Test
  void endingTwiceCountsOnce() {
    CredentialUse one = use();
    CredentialUse two = use();
    rotating.replace(b);
    goThrough(use());
    one.ended();
    one.ended();

    assertThat(events).doesNotContain("DRAINED a");
    two.ended();
    assertThat(events).endsWith("DRAINED a");
  }

  @Test
  void aRefusedOneIsRolledBackAndTheCallIsMadeWithTheFormer() {
    rotating.replace(b);
    CredentialUse refused = use();

    CredentialUse again = refused.refused(REFUSAL).orElseThrow();
    refused.ended();

    assertThat(of(again)).isEqualTo("a");
    assertThat(of(use())).isEqualTo("a");
    assertThat(events).containsExactly("ROLLED_BACK b", "DRAINED b");
  }

  @Test
  void theEventOfARollBackTellsTheReason() {
    AtomicReference<RotationEvent> told = new AtomicReference<>();
    RotatingCredentials one = RotatingCredentials.of(a, told::set);
    one.replace(b);
    assertThat(one.use(Purpose.SIGNATURE).refused(REFUSAL)).isPresent();

    assertThat(told.get().reason()).contains(REFUSAL);
    assertThat(told.get().source()).isSameAs(b);
    assertThat(told.get().toString()).contains("ROLLED_BACK b", "refused").doesNotContain("token-");
  }

  @Test
  void manyCallsThatMeetOneRefusalAreRolledBackOnce() {
    rotating.replace(b);
    CredentialUse one = use();
    CredentialUse two = use();

    assertThat(one.refused(REFUSAL)).get().extracting(RotatingCredentialsTest::of).isEqualTo("a");
    assertThat(two.refused(REFUSAL)).get().extracting(RotatingCredentialsTest::of).isEqualTo("a");
    one.ended();
    assertThat(events).containsExactly("ROLLED_BACK b");
    two.ended();
    assertThat(events).containsExactly("ROLLED_BACK b", "DRAINED b");
  }

  @Test
  void theProvenOneThatIsRefusedIsTheCallersToKnow() {
    CredentialUse proven = use();
    assertThat(proven.refused(REFUSAL)).isEmpty();
    assertThat(events).isEmpty();

    rotating.replace(b);
    assertThat(proven.refused(REFUSAL)).isEmpty();
    assertThat(events).isEmpty();
    assertThat(rotating.isOnTrial()).isTrue();
  }

  @Test
  void aSuccessAfterTheRollBackCommitsNothing() {
    rotating.replace(b);
    CredentialUse early = use();
    use().refused(REFUSAL).orElseThrow().ended();

    early.accepted();

    assertThat(of(use())).isEqualTo("a");
    assertThat(events).containsExactly("ROLLED_BACK b");
  }

  @Test
  void oneThatIsReplacedOnTrialIsSupersededAndTheProvenOneKept() {
    rotating.replace(b);
    CredentialUse onTrial = use();
    rotating.replace(c);
    assertThat(events).containsExactly("SUPERSEDED b");

    onTrial.accepted();
    onTrial.ended();
    assertThat(events).containsExactly("SUPERSEDED b", "DRAINED b");
    CredentialUse refused = use();
    assertThat(of(refused)).isEqualTo("c");
    assertThat(of(refused.refused(REFUSAL).orElseThrow())).isEqualTo("a");
  }

  @Test
  void aRefusalOfASupersededOneLeavesItsSuccessorOnTrial() {
    rotating.replace(b);
    CredentialUse superseded = use();
    rotating.replace(c);

    assertThat(superseded.refused(REFUSAL))
        .get()
        .extracting(RotatingCredentialsTest::of)
        .isEqualTo("a");
    assertThat(of(use())).isEqualTo("c");
    assertThat(events).containsExactly("SUPERSEDED b");
  }

  @Test
  void aCallWhoseKeyWasRetiredIsMadeWithItsSuccessor() {
    CredentialUse old = use();
    rotating.replace(b);
    goThrough(use());

    assertThat(of(old.refused(REFUSAL).orElseThrow())).isEqualTo("b");
  }

  @Test
  void oneCanBeReplacedWhileAnotherIsRolledBack() {
    AtomicReference<RotatingCredentials> self = new AtomicReference<>();
    RotatingCredentials one =
        RotatingCredentials.of(
            a,
            event -> {
              note(event);
              if (event.kind() == RotationEvent.Kind.ROLLED_BACK && event.source() == b) {
                self.get().replace(c);
              }
            });
    self.set(one);
    one.replace(b);
    CredentialUse refused = one.use(Purpose.SIGNATURE);

    CredentialUse again = refused.refused(REFUSAL).orElseThrow();
    refused.ended();

    assertThat(of(again)).isEqualTo("a");
    assertThat(of(one.use(Purpose.SIGNATURE))).isEqualTo("c");
    assertThat(events).containsExactly("ROLLED_BACK b", "DRAINED b");
  }

  @Test
  void aTokenProvesNothingOfAKey() {
    rotating.replace(b);

    goThrough(rotating.use(Purpose.TOKEN));

    assertThat(rotating.isOnTrial()).isTrue();
    assertThat(events).isEmpty();
  }

  @Test
  void whereThereIsNoKeyTheTokenIsProven() {
    CredentialSource tokenOnly = CredentialSource.of(Credential.of(AccessToken.of("t")));
    rotating.replace(tokenOnly);

    goThrough(rotating.use(Purpose.TOKEN));

    assertThat(rotating.isOnTrial()).isFalse();
    assertThat(events).hasSize(2).last().isEqualTo("DRAINED a");
  }

  @Test
  void aSourceThatIsHeldIsNotTakenAgain() {
    assertThatThrownBy(() -> rotating.replace(a)).isInstanceOf(IllegalArgumentException.class);
    rotating.replace(b);
    assertThatThrownBy(() -> rotating.replace(b)).isInstanceOf(IllegalArgumentException.class);
    CredentialUse inFlight = use();
    rotating.replace(c);
    assertThatThrownBy(() -> rotating.replace(b))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not drained");

    inFlight.ended();
    rotating.replace(b);
    assertThat(of(use())).isEqualTo("b");
  }

  @Test
  void aSourceThatGivesNothingReplacesNothing() {
    assertThatThrownBy(
            () ->
                rotating.replace(
                    () -> {
                      throw new ConfigurationException("no token");
                    }))
        .isInstanceOf(ConfigurationException.class);

    assertThat(of(use())).isEqualTo("a");
    assertThat(rotating.isOnTrial()).isFalse();
  }

  @Test
  void aUseThatCannotBeginIsNotCounted() {
    AtomicReference<Boolean> broken = new AtomicReference<>(false);
    CredentialSource fragile =
        () -> {
          if (broken.get()) {
            throw new ConfigurationException("the token file is gone");
          }
          return a.current();
        };
    RotatingCredentials one = RotatingCredentials.of(fragile, this::note);
    broken.set(true);
    assertThatThrownBy(() -> one.use(Purpose.SIGNATURE)).isInstanceOf(ConfigurationException.class);
    broken.set(false);
    one.replace(b);
    goThrough(one.use(Purpose.SIGNATURE));

    assertThat(events).hasSize(2).last().asString().startsWith("DRAINED");
  }

  @Test
  void nothingPrintsAToken() {
    rotating.replace(b);
    assertThat(rotating.toString()).contains("b", "in place of a").doesNotContain("token-");
  }
}
