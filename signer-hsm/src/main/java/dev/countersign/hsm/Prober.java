package dev.countersign.hsm;

import dev.countersign.error.ConfigurationException;
import dev.countersign.error.SigningException;
import java.security.ProviderException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/**
 * Tries, while a circuit is open, whether the token signs again: the fixed {@link Probe}, verified.
 * Each wait is twice as long as the one before, up to 32 times the first.
 */
final class Prober {

  private static final int LONGEST = 32;

  /** How often a token that is there may fail before its module is given up. */
  private static final int FAILURES_OF_A_PRESENT_TOKEN = 3;

  private final TokenSession session;
  private final TokenKey key;
  private final HsmKey privateKey;
  private final Limits limits;
  private final Circuit circuit;
  private final long opening;
  private final SigningPool pool;

  Prober(
      TokenSession session,
      TokenKey key,
      HsmKey privateKey,
      Limits limits,
      Circuit circuit,
      long opening,
      SigningPool pool) {
    this.session = session;
    this.key = key;
    this.privateKey = privateKey;
    this.limits = limits;
    this.circuit = circuit;
    this.opening = opening;
    this.pool = pool;
  }

  /** Begins, on a thread that ends with this opening of the circuit. */
  void start() {
    Deadline.start("countersign-hsm-probe", this::run);
  }

  private void run() {
    int present = 0;
    for (int factor = 1; isOpen(); factor = Math.min(LONGEST, 2 * factor)) {
      pause(limits.probe().multipliedBy(factor));
      if (isOpen()) {
        int before = present;
        present = probe(before) ? before + 1 : 0;
      }
    }
  }

  private boolean isOpen() {
    return circuit.isOpen(opening);
  }

  private void pause(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    while (isOpen() && end - System.nanoTime() > 0) {
      // an interrupt is not for this thread, and would keep it from resting
      Thread.interrupted();
      LockSupport.parkNanos(Math.min(end - System.nanoTime(), TimeUnit.MILLISECONDS.toNanos(200)));
    }
  }

  /** Whether it failed although the token is there. */
  private boolean probe(int present) {
    try {
      return pool.run(() -> probeNow(present), Duration.ZERO, limits.sign());
    } catch (InterruptedException e) {
      return false;
    } catch (TimeoutException | ExecutionException | SigningException e) {
      circuit.stillOpen(
          opening,
          session.name()
              + " does not answer, and "
              + pool.taken()
              + " of "
              + limits.poolSize()
              + " calls have not come back. Nothing is signed until a probe has succeeded; if calls"
              + " stay away, restart this process");
      return false;
    }
  }

  private boolean probeNow(int present) {
    try {
      if (signs()) {
        circuit.probed(opening);
        return false;
      }
      circuit.stillOpen(
          opening,
          key.name() + " signs what does not verify with its certificate; restart this process");
      return true;
    } catch (ConfigurationException e) {
      circuit.stillOpen(opening, e.getMessage() + ". Nothing is signed until this is put right");
      return false;
    } catch (ProviderException e) {
      return failed(Failure.of(e), present);
    }
  }

  /** With the provider there is, which other signers may be using; with a new one if that fails. */
  private boolean signs() {
    try {
      return verifies();
    } catch (ProviderException e) {
      if (Failure.of(e).kind() == Ckr.Kind.PIN || !isOpen()) {
        throw e;
      }
      privateKey.renew();
      return verifies();
    }
  }

  private boolean verifies() {
    return key.publicHalf().verifies(Probe.message(), privateKey.sign(Probe.message()));
  }

  private boolean failed(Failure failure, int present) {
    String sentence = session.name() + " " + failure.sentence();
    if (failure.kind() == Ckr.Kind.PIN) {
      circuit.latch(sentence + ". It is not tried again: close this signer and open another then");
      return false;
    }
    boolean isPresent = session.isPresent();
    circuit.stillOpen(
        opening,
        isPresent && present + 1 >= FAILURES_OF_A_PRESENT_TOKEN
            ? sentence
                + ", again and again although the module shows it: once the token is connected, restart"
                + " this process, as its module has to be loaded anew"
            : sentence
                + ". Nothing is signed until a probe has succeeded, which is tried by itself");
    return isPresent;
  }
}
