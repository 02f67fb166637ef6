package dev.countersign.hsm;

import dev.countersign.error.ConfigurationException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.ProviderException;
import java.security.Signature;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The private key as the provider at present has it, and what is done when that has lost it.
 *
 * <p>What is lost is made anew and the signature tried once more; a busy token is asked again a
 * little later, four times at most. May wait for ever: call it where a deadline is.
 */
final class HsmKey {

  private static final int BUSY_TRIES = 4;
  private static final long FIRST_PAUSE_MILLIS = 20;

  /** How often somebody else's renewal may take a provider away under one signature. */
  private static final int STALE_TRIES = 8;

  private final TokenSession session;
  private final PinSource pin;
  private final TokenKey key;
  private final Runnable onLoss;
  private final AtomicReference<@Nullable Bound> bound = new AtomicReference<>();

  /**
   * A key on a token that somebody has joined.
   *
   * @param onLoss called before something lost is made anew
   */
  HsmKey(TokenSession session, PinSource pin, TokenKey key, Runnable onLoss) {
    this.session = session;
    this.pin = pin;
    this.key = key;
    this.onLoss = onLoss;
  }

  /**
   * Signs.
   *
   * @throws ProviderException if the token does not, with the return value in its message
   * @throws ConfigurationException if the PIN is needed again and is not where it was
   */
  byte[] sign(byte[] message) {
    boolean repeated = false;
    int busy = 0;
    int stale = 0;
    while (true) {
      Engine engine = session.engine();
      try {
        return bound(engine).sign(message);
      } catch (ProviderException | GeneralSecurityException e) {
        Failure failure = Failure.of(e);
        if (isTakenAway(engine) && stale++ < STALE_TRIES) {
          session.renew(engine, pin);
        } else if (failure.kind() == Ckr.Kind.LOST && !repeated) {
          repeated = true;
          renew(engine);
        } else if (failure.kind() == Ckr.Kind.BUSY && busy < BUSY_TRIES) {
          LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(FIRST_PAUSE_MILLIS << busy++));
        } else {
          throw new ProviderException(failure.code(), e);
        }
      }
    }
  }

  /** Whether another thread has ended this provider's life, or is about to begin the next. */
  private boolean isTakenAway(Engine engine) {
    return engine.isStopped() || session.engine() != engine;
  }

  /** Makes everything anew: provider, login, key. */
  void renew() {
    renew(session.engine());
  }

  private void renew(Engine failed) {
    onLoss.run();
    session.renew(failed, pin);
  }

  private Bound bound(Engine engine) {
    Bound now = bound.get();
    if (now != null && now.engine == engine) {
      return now;
    }
    Bound next = new Bound(engine, engine.find(key), key.publicHalf().kind().signature());
    bound.set(next);
    return next;
  }

  /** The key in one provider, with the operations that wait to sign again. */
  private static final class Bound {

    private final Engine engine;
    private final PrivateKey privateKey;
    private final String algorithm;
    private final Deque<Signature> idle = new ConcurrentLinkedDeque<>();

    private Bound(Engine engine, PrivateKey privateKey, String algorithm) {
      this.engine = engine;
      this.privateKey = privateKey;
      this.algorithm = algorithm;
    }

    /** An operation that failed is not used again: the token may still be in the middle of it. */
    private byte[] sign(byte[] message) throws GeneralSecurityException {
      Signature operation = idle.poll();
      if (operation == null) {
        operation = Signature.getInstance(algorithm, engine.provider());
        operation.initSign(privateKey);
      }
      operation.update(message);
      byte[] signature = operation.sign();
      idle.push(operation);
      return signature;
    }
  }
}
