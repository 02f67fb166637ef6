package dev.countersign.hsm;

import dev.countersign.error.ConfigurationException;
import dev.countersign.error.DfnsException;
import dev.countersign.error.SigningException;
import dev.countersign.signing.SignatureAlgorithm;
import dev.countersign.signing.Signer;
import java.security.ProviderException;
import java.security.PublicKey;
import java.time.Clock;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/**
 * A signer with a key that never leaves a PKCS#11 token: RSA (2048 to 4096 bits), or ECDSA on P-256
 * or secp256k1. Opened by {@link HsmSignerProvider}.
 *
 * <p>Threads sign side by side, as many at once as {@code pool-size} says, the others in order of
 * arrival; a module that takes less than half a millisecond is asked one after the other. No caller
 * waits longer than {@code acquire-timeout} and {@code sign-timeout} together, even if the module
 * hangs; a caller that is interrupted gets a {@link SigningException} and is still interrupted.
 *
 * <p>What is lost heals by itself: a session, a login or a handle before the signature is given,
 * and a token that was away once it is back, as far as its module allows; until then every call
 * fails at once. A PIN that is refused is never tried again. {@link #health()} says how it is.
 *
 * <p>All signers on a token share one login of this process; closing the last ends it. Closing
 * waits for the signatures under way, and then for the token to be logged out: {@code sign-timeout}
 * at most for each.
 */
public final class HsmSigner implements Signer {

  private final TokenSession session;
  private final TokenKey key;
  private final HsmKey privateKey;
  private final Limits limits;
  private final Circuit circuit;
  private final SigningPool pool;

  private HsmSigner(
      TokenSession session, TokenKey key, PinSource pin, Limits limits, Circuit circuit) {
    this.session = session;
    this.key = key;
    this.limits = limits;
    this.circuit = circuit;
    this.pool = new SigningPool(limits.poolSize());
    this.privateKey =
        new HsmKey(
            session,
            pin,
            key,
            () ->
                circuit.recovering(
                    session.name() + " has lost a session, a login or a key; all are made anew"));
  }

  static HsmSigner open(HsmUri uri, Clock clock) {
    return Deadline.open(
        uri.limits().open(),
        LoadedModules.ofThisProcess().openings(uri.module()),
        () -> openNow(uri, clock),
        HsmSigner::close);
  }

  private static HsmSigner openNow(HsmUri uri, Clock clock) {
    String name = "The PKCS#11 module " + uri.module();
    try {
      Cryptoki module = LoadedModules.ofThisProcess().load(uri.module());
      TokenInfo token = uri.token().choose(module);
      TokenSession session = LoadedModules.ofThisProcess().session(module, token);
      name = session.name();
      session.join(uri.pin());
      try {
        return checked(uri, session, clock);
      } catch (RuntimeException e) {
        session.leave(true);
        throw e;
      }
    } catch (ProviderException e) {
      throw new ConfigurationException(name + " " + Failure.of(e).sentence(), e);
    }
  }

  private static HsmSigner checked(HsmUri uri, TokenSession session, Clock clock) {
    requireSessions(session, uri.limits());
    HsmSigner signer =
        new HsmSigner(session, key(uri, session), uri.pin(), uri.limits(), new Circuit(clock));
    byte[] signature = signer.privateKey.sign(Probe.message());
    if (!signer.key.publicHalf().verifies(Probe.message(), signature)) {
      throw TokenKey.ofAnotherKey(signer.key.name());
    }
    signer.circuit.signed();
    return signer;
  }

  private static TokenKey key(HsmUri uri, TokenSession session) {
    Cryptoki module = session.module();
    long look = module.openSession(session.token().slot());
    try {
      return uri.key().choose(module, look, session.token());
    } finally {
      module.closeSession(look);
    }
  }

  private static void requireSessions(TokenSession session, Limits limits) {
    long most = session.token().maxSessions();
    if (most > 0 && limits.poolSize() + 2 > most) {
      throw new ConfigurationException(
          session.name()
              + " allows "
              + most
              + " sessions, of which two are not for signing; lower pool-size in the pkcs11: URI");
    }
  }

  @Override
  public PublicKey publicKey() {
    return key.publicHalf().key();
  }

  @Override
  public SignatureAlgorithm algorithm() {
    return key.publicHalf().kind().algorithm();
  }

  @Override
  public byte[] sign(byte[] message) {
    byte[] copy = Objects.requireNonNull(message, "message").clone();
    circuit.requireUsable();
    try {
      return pool.run(() -> signNow(copy), limits.acquire(), limits.sign());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SigningException("Interrupted while the HSM was signing; the signature is dropped");
    } catch (TimeoutException e) {
      throw new SigningException(open(hangs()));
    } catch (SigningException e) {
      // all threads are taken, perhaps by calls that nobody waits for any more
      openIfStuck();
      throw e;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof SigningException failure) {
        throw new SigningException(sentence(failure), failure);
      }
      throw new SigningException(open(session.name() + " cannot be asked"), e.getCause());
    }
  }

  private String sentence(DfnsException failure) {
    return Objects.requireNonNullElse(failure.getMessage(), session.name() + " failed");
  }

  private String hangs() {
    return session.name()
        + " has not answered within "
        + limits.sign().toMillis()
        + " ms, and "
        + pool.taken()
        + " of "
        + limits.poolSize()
        + " calls have not come back";
  }

  /** On a thread of the pool, which may outlive the caller's patience: so it reports itself. */
  private byte[] signNow(byte[] message) {
    circuit.requireUsable();
    try {
      byte[] signature = privateKey.sign(message);
      circuit.signed();
      return signature;
    } catch (ProviderException e) {
      throw new SigningException(failed(Failure.of(e)), e);
    } catch (ConfigurationException e) {
      throw new SigningException(open(sentence(e)), e);
    }
  }

  private String failed(Failure failure) {
    String sentence = session.name() + " " + failure.sentence();
    return switch (failure.kind()) {
      case DEVICE, LOST -> open(sentence);
      case PIN -> latched(sentence);
      case BUSY -> once(sentence + ", as it is busy; sign less at once");
      case REFUSED -> once(sentence + "; it does not sign this with this key");
    };
  }

  private String once(String sentence) {
    circuit.failedOnce(sentence);
    return sentence;
  }

  private String latched(String sentence) {
    String all = sentence + ". It is not tried again: close this signer and open another then";
    circuit.latch(all);
    return all;
  }

  private String open(String sentence) {
    String all =
        sentence + ". Nothing is signed until a probe has succeeded, which is tried by itself";
    long opening = circuit.open(all);
    if (opening > 0) {
      new Prober(session, key, privateKey, limits, circuit, opening, pool).start();
    }
    return all;
  }

  /** How this signer is, without asking the token. */
  public HsmHealth health() {
    openIfStuck();
    return circuit.health();
  }

  /** Calls whose callers were interrupted have nobody left who sees that they take too long. */
  private void openIfStuck() {
    if (circuit.isUsable() && pool.isStuck(limits.sign())) {
      open(hangs());
    }
  }

  @Override
  public void close() {
    if (!circuit.close(key.name() + " was closed; open it again to sign with it")) {
      return;
    }
    boolean answers = pool.drain(limits.sign());
    Deadline.run(limits.sign(), "countersign-hsm-close", () -> session.leave(answers));
  }

  /** The algorithm and the labels of key and token. */
  @Override
  public String toString() {
    return "HsmSigner(" + algorithm().label() + ", " + key.name() + ")";
  }
}
