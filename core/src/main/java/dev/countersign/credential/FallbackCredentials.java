package dev.countersign.credential;

import dev.countersign.error.DfnsException;
import dev.countersign.error.SigningException;
import dev.countersign.signing.Failover;
import dev.countersign.signing.FailoverListener;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Two registered credentials, say a key in a hardware module and, to break the glass, one in a
 * file: when the first cannot sign, the second does.
 *
 * <p>The call that meets the failure goes on by itself: nothing of it has taken effect before it is
 * signed, so it asks for a challenge again, with the second credential's token, and its caller sees
 * no failure. Calls that need no signature use the token of whichever credential signs. What counts
 * as a failure is a {@link SigningException}: the key cannot sign, or Dfns does not allow it to; a
 * caller that was interrupted switches nothing. When the primary is tried again, and who is told of
 * a switch, is as {@link Failover} says.
 *
 * <p>Safe for use by several threads. The signers belong to whoever opened them and have to stay
 * open as long as this source is used.
 */
public final class FallbackCredentials implements CredentialSource {

  private final CredentialSource primary;
  private final CredentialSource secondary;
  private final Failover failover;

  private FallbackCredentials(
      CredentialSource primary, CredentialSource secondary, Failover failover) {
    this.primary = Objects.requireNonNull(primary, "primary");
    this.secondary = Objects.requireNonNull(secondary, "secondary");
    this.failover = failover;
  }

  /** Joins two sources, with {@link Failover#DEFAULT_COOL_DOWN}. */
  public static FallbackCredentials of(
      CredentialSource primary, CredentialSource secondary, FailoverListener listener) {
    return of(primary, secondary, Failover.DEFAULT_COOL_DOWN, Clock.systemUTC(), listener);
  }

  /**
   * Joins two sources.
   *
   * @param coolDown how long a primary that failed is left alone
   * @throws IllegalArgumentException unless the cool-down is positive
   */
  public static FallbackCredentials of(
      CredentialSource primary,
      CredentialSource secondary,
      Duration coolDown,
      Clock clock,
      FailoverListener listener) {
    return new FallbackCredentials(primary, secondary, Failover.of(coolDown, clock, listener));
  }

  /** Whether the secondary signs now. */
  public boolean isFailedOver() {
    return failover.isFailedOver();
  }

  @Override
  public Credential current() {
    return inUse().current();
  }

  @Override
  public CredentialUse use(CredentialUse.Purpose purpose) {
    if (purpose == CredentialUse.Purpose.TOKEN) {
      return inUse().use(purpose);
    }
    Optional<Failover.Turn> turn = failover.primarysTurn();
    return turn.isPresent()
        ? new UseOfPrimary(turn.get(), primary.use(purpose))
        : secondary.use(purpose);
  }

  private CredentialSource inUse() {
    return failover.isFailedOver() ? secondary : primary;
  }

  @Override
  public String toString() {
    return "FallbackCredentials(" + primary + ", then " + secondary + ")";
  }

  /** Tells of the primary's key. */
  private final class UseOfPrimary implements CredentialUse {

    private final Failover.Turn turn;
    private final CredentialUse use;

    UseOfPrimary(Failover.Turn turn, CredentialUse use) {
      this.turn = turn;
      this.use = use;
    }

    @Override
    public Credential credential() {
      return use.credential();
    }

    @Override
    public void accepted() {
      use.accepted();
      turn.signed();
    }

    @Override
    public Optional<CredentialUse> refused(DfnsException why) {
      Optional<CredentialUse> another = use.refused(why);
      if (another.isPresent()) {
        return another.map(next -> new UseOfPrimary(turn, next));
      }
      if (!(why instanceof SigningException failure)) {
        return Optional.empty();
      }
      turn.failed(failure);
      return Optional.of(secondary.use(Purpose.SIGNATURE));
    }

    @Override
    public void ended() {
      use.ended();
    }
  }
}
