package dev.countersign.signing;

import dev.countersign.error.ConfigurationException;
import dev.countersign.error.SigningException;
import java.security.PublicKey;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A signer with a spare for the same key: when the primary cannot sign, the secondary does.
 *
 * <p>Both hold the key that is registered at Dfns, say in two hardware modules. For two keys, each
 * registered by itself, see {@code FallbackCredentials}. A signature that the primary cannot make
 * ({@link SigningException}) is made by the secondary at once, so its caller sees no failure; when
 * the primary is tried again, and who is told of a switch, is as {@link Failover} says. A caller's
 * own fault, such as a missing message, switches nothing; nor does an interrupt of the caller: that
 * signature fails as the primary says, and the thread stays interrupted.
 *
 * <p>The two belong to whoever opened them: closing this one closes neither, it only stops signing.
 */
public final class FallbackSigner implements Signer {

  private final Signer primary;
  private final Signer secondary;
  private final Failover failover;
  private final AtomicBoolean closed = new AtomicBoolean();

  private FallbackSigner(Signer primary, Signer secondary, Failover failover) {
    this.primary = primary;
    this.secondary = secondary;
    this.failover = failover;
    if (!Arrays.equals(primary.publicKey().getEncoded(), secondary.publicKey().getEncoded())
        || primary.algorithm() != secondary.algorithm()) {
      throw new ConfigurationException(
          "The primary signer ("
              + primary.algorithm().label()
              + ") and the secondary ("
              + secondary.algorithm().label()
              + ") do not hold the same key; give two of one key, or register both keys and use"
              + " FallbackCredentials");
    }
  }

  /**
   * Joins two signers of one key, with {@link Failover#DEFAULT_COOL_DOWN}.
   *
   * @throws ConfigurationException if their public keys differ
   */
  public static FallbackSigner of(Signer primary, Signer secondary, FailoverListener listener) {
    return of(primary, secondary, Failover.DEFAULT_COOL_DOWN, Clock.systemUTC(), listener);
  }

  /**
   * Joins two signers of one key.
   *
   * @param coolDown how long a primary that failed is left alone
   * @throws ConfigurationException if their public keys differ
   * @throws IllegalArgumentException unless the cool-down is positive
   */
  public static FallbackSigner of(
      Signer primary, Signer secondary, Duration coolDown, Clock clock, FailoverListener listener) {
    return new FallbackSigner(primary, secondary, Failover.of(coolDown, clock, listener));
  }

  /** Whether the secondary signs now. */
  public boolean isFailedOver() {
    return failover.isFailedOver();
  }

  @Override
  public PublicKey publicKey() {
    return primary.publicKey();
  }

  @Override
  public SignatureAlgorithm algorithm() {
    return primary.algorithm();
  }

  @Override
  public byte[] sign(byte[] message) {
    Objects.requireNonNull(message, "message");
    if (closed.get()) {
      throw new SigningException("This signer was closed");
    }
    Optional<Failover.Turn> turn = failover.primarysTurn();
    if (turn.isEmpty()) {
      return secondary.sign(message);
    }
    byte[] signature;
    try {
      signature = primary.sign(message);
    } catch (SigningException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw e;
      }
      turn.get().failed(e);
      return spare(message, e);
    }
    turn.get().signed();
    return signature;
  }

  private byte[] spare(byte[] message, SigningException why) {
    try {
      return secondary.sign(message);
    } catch (SigningException e) {
      SigningException both =
          new SigningException(
              "Neither signer can sign; the primary: "
                  + why.getMessage()
                  + "; the secondary: "
                  + e.getMessage(),
              e);
      both.addSuppressed(why);
      throw both;
    }
  }

  /** Stops signing. The primary and the secondary stay open: whoever opened them closes them. */
  @Override
  public void close() {
    closed.set(true);
  }

  @Override
  public String toString() {
    return "FallbackSigner(" + primary + ", then " + secondary + ")";
  }
}
