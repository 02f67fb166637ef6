package dev.countersign.hsm;

import java.io.IOException;
import java.security.AuthProvider;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.ProviderException;
import java.util.Collections;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.security.auth.login.LoginException;

/**
 * One life of a token's provider: from a login until something is lost. It never heals; a new one
 * takes its place, and keys have to be found in that again.
 */
final class Engine {

  private final Provider provider;
  private final KeyStore keys;
  private final AtomicBoolean stopped = new AtomicBoolean();

  private Engine(Provider provider, KeyStore keys) {
    this.provider = provider;
    this.keys = keys;
  }

  /** A provider for a slot whose token this process is logged in to. */
  static Engine start(Cryptoki module, long slot) {
    Provider provider = SunModule.configure(module, slot);
    try {
      KeyStore keys = KeyStore.getInstance("PKCS11", provider);
      keys.load(null, null);
      return new Engine(provider, keys);
    } catch (GeneralSecurityException | IOException e) {
      stop(provider);
      throw new ProviderException("The keys of the token cannot be listed", e);
    } catch (ProviderException e) {
      stop(provider);
      throw e;
    }
  }

  Provider provider() {
    return provider;
  }

  /** The private key beside a key's certificate. */
  PrivateKey find(TokenKey key) {
    try {
      for (String alias : Collections.list(keys.aliases())) {
        if (keys.isKeyEntry(alias)
            && key.hasCertificate(keys.getCertificate(alias).getEncoded())
            && keys.getKey(alias, null) instanceof PrivateKey found) {
          return found;
        }
      }
    } catch (GeneralSecurityException e) {
      throw new ProviderException("The key cannot be read from the token", e);
    }
    throw new ProviderException(new GeneralSecurityException(Ckr.KEY_CHANGED.label()));
  }

  /** Ends its sessions and the login; what still signs with it fails. */
  void stop() {
    stopped.set(true);
    stop(provider);
  }

  /** Whether what fails here may fail because of that. */
  boolean isStopped() {
    return stopped.get();
  }

  private static void stop(Provider provider) {
    if (provider instanceof AuthProvider sun) {
      try {
        // with destroyTokenAfterLogout: without, its sessions stay for ever
        sun.logout();
      } catch (LoginException | ProviderException e) {
        // the token is gone, and with it what was to be ended
        return;
      }
    }
  }
}
