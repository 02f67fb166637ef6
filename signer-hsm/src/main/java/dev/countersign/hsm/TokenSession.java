package dev.countersign.hsm;

import dev.countersign.error.ConfigurationException;
import java.security.ProviderException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * This process's login to one token and the provider over it, shared by all signers on that token
 * and counted: the last to leave logs out.
 *
 * <p>Every method may wait for the module, and for another thread that does; call it where a
 * deadline is.
 */
final class TokenSession {

  private final Cryptoki module;
  private final TokenInfo token;
  private final ReentrantLock lock = new ReentrantLock();
  private final AtomicReference<Login> login = new AtomicReference<>(Login.NONE);

  TokenSession(Cryptoki module, TokenInfo token) {
    this.module = module;
    this.token = token;
  }

  /**
   * The state of the login.
   *
   * @param users how many signers hold it
   * @param session keeps the login alive, whatever sessions the provider has; -1 is none
   * @param pin the last that the token judged
   * @param refusal why the token is not logged in to again by itself
   */
  private record Login(
      int users,
      long session,
      @Nullable Engine engine,
      @Nullable PinMemory pin,
      @Nullable Failure refusal) {

    private static final Login NONE = new Login(0, -1, null, null, null);

    private boolean remembers(Pin candidate) {
      return pin != null && pin.is(candidate);
    }

    private Login withUsers(int count) {
      return new Login(count, session, engine, pin, refusal);
    }

    private Login withoutSession() {
      return new Login(users, -1, engine, pin, refusal);
    }

    /** Left to itself: what is open stays so, and only those who know its PIN come back to it. */
    private Login left() {
      return new Login(0, session, engine, refusal == null ? pin : null, null);
    }
  }

  /**
   * Takes part in the login, logging in if nobody has.
   *
   * @throws ConfigurationException if the PIN is not there, is not the one of the login, or was
   *     refused before
   * @throws ProviderException if the token does not take the login
   */
  void join(PinSource source) {
    lock.lock();
    try (Pin pin = token.needsLogin() ? source.read() : new Pin(new byte[0])) {
      Login now = login.get();
      Failure refusal = now.refusal();
      if (refusal != null && now.remembers(pin)) {
        throw new ConfigurationException(
            name()
                + " "
                + refusal.sentence()
                + "; the same PIN is not tried again in this process"
                + " while a signer on the token is open");
      }
      if (now.users() > 0 && refusal == null) {
        if (!now.remembers(pin)) {
          throw new ConfigurationException(
              name()
                  + " is logged in to in this process with another PIN than the one that pin-source"
                  + " names; put the token's PIN there");
        }
        login.set(now.withUsers(now.users() + 1));
        return;
      }
      if (now.users() == 0 && now.engine() != null) {
        end(now, now.engine());
      }
      login.set(start(pin, now, now.remembers(pin)).withUsers(now.users() + 1));
    } finally {
      lock.unlock();
    }
  }

  /**
   * The provider at present; one that has failed until {@link #renew} has made another.
   *
   * @throws IllegalStateException if nobody has joined
   */
  Engine engine() {
    Login now = login.get();
    Engine engine = now.engine();
    if (engine == null || now.users() == 0) {
      throw new IllegalStateException("Nobody has joined");
    }
    return engine;
  }

  /**
   * Replaces a provider that has lost something: its sessions are ended, the token is logged in to
   * anew. Does nothing if another thread has done so.
   *
   * @throws ProviderException if the token does not take the login; after a refused PIN it is not
   *     asked again
   */
  void renew(Engine failed, PinSource source) {
    lock.lock();
    try {
      Login now = login.get();
      if (now.engine() != failed || now.users() == 0) {
        return;
      }
      Failure refusal = now.refusal();
      if (refusal != null) {
        throw new ProviderException(refusal.code());
      }
      end(now, failed);
      renew(now, source);
    } finally {
      lock.unlock();
    }
  }

  /** Ends what is open, once: a module may give the number of a session to another after that. */
  private void end(Login now, Engine engine) {
    login.set(now.withoutSession());
    engine.stop();
    closeQuietly(now.session());
  }

  private void renew(Login now, PinSource source) {
    try (Pin pin = token.needsLogin() ? source.read() : new Pin(new byte[0])) {
      try {
        login.set(start(pin, now, true).withUsers(now.users()));
      } catch (ProviderException e) {
        Failure failure = Failure.of(e);
        if (failure.kind() == Ckr.Kind.PIN) {
          login.set(new Login(now.users(), -1, now.engine(), PinMemory.of(pin), failure));
        }
        throw e;
      }
    }
  }

  /**
   * Logs in and starts a provider.
   *
   * @param ours whether a login that is already there is known to be with the right PIN
   */
  private Login start(Pin pin, Login before, boolean ours) {
    module.initialize();
    requireUsable(
        TokenQuery.find(module, token)
            .orElseThrow(() -> new ProviderException(Ckr.TOKEN_NOT_PRESENT.label())));
    long session = module.openSession(token.slot());
    try {
      boolean judged = !token.needsLogin() || login(session, pin, ours);
      PinMemory memory = judged ? PinMemory.of(pin) : before.pin();
      return new Login(before.users(), session, Engine.start(module, token.slot()), memory, null);
    } catch (RuntimeException e) {
      closeQuietly(session);
      throw e;
    }
  }

  private void requireUsable(TokenInfo now) {
    if (now.hasPinPad()) {
      throw new ConfigurationException(
          name()
              + " wants its PIN typed on the device, which nobody does unattended; use one that takes it"
              + " from programs");
    }
    if (now.isLocked()) {
      throw new ProviderException(Ckr.PIN_LOCKED.label());
    }
    if (now.isAtFinalTry()) {
      throw new ProviderException(TokenInfo.FINAL_TRY_FLAG);
    }
  }

  /** Whether the token has judged the PIN; one that is logged in to takes any. */
  private boolean login(long session, Pin pin, boolean ours) {
    try {
      module.login(session, pin);
      return true;
    } catch (ProviderException e) {
      if (!Failure.of(e).is(Ckr.USER_ALREADY_LOGGED_IN)) {
        throw e;
      }
      if (!ours) {
        throw new ConfigurationException(
            name()
                + " is logged in to by another part of this process, so that the PIN cannot be checked;"
                + " open the signer before that part, or leave the token to it");
      }
      return false;
    }
  }

  /**
   * Leaves the login; the last one ends it.
   *
   * @param answers whether the module is known to answer; if not, it is left as it is, for the next
   *     who joins to end
   */
  void leave(boolean answers) {
    lock.lock();
    try {
      Login now = login.get();
      if (now.users() > 1) {
        login.set(now.withUsers(now.users() - 1));
        return;
      }
      Engine engine = now.engine();
      if (!answers || engine == null) {
        login.set(now.left());
        return;
      }
      end(now, engine);
      login.set(Login.NONE);
    } finally {
      lock.unlock();
    }
  }

  private void closeQuietly(long session) {
    if (session < 0) {
      return;
    }
    try {
      module.closeSession(session);
    } catch (ProviderException e) {
      // it went with what was lost
      return;
    }
  }

  /**
   * Whether the module shows a token where this one was, which says nothing of whether it signs.
   */
  boolean isPresent() {
    try {
      return module.slots().contains(token.slot());
    } catch (ProviderException e) {
      return false;
    }
  }

  TokenInfo token() {
    return token;
  }

  Cryptoki module() {
    return module;
  }

  /** The token, at the beginning of a sentence. */
  String name() {
    return "The token '" + token.label() + "'";
  }
}
