package dev.countersign.hsm;

import java.nio.file.Path;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * What this process has loaded and is logged in to: the one place with static state, because
 * PKCS#11 has it so. A module is initialised once per process, and a login is the process's, not
 * anybody's in it (docs/decisions/0012).
 */
final class LoadedModules {

  private static final LoadedModules PROCESS = new LoadedModules();

  private final ConcurrentMap<Path, Cryptoki> modules = new ConcurrentHashMap<>();
  private final ConcurrentMap<Key, TokenSession> sessions = new ConcurrentHashMap<>();

  private LoadedModules() {}

  static LoadedModules ofThisProcess() {
    return PROCESS;
  }

  /** A module, loaded at its first use and never unloaded. */
  Cryptoki load(Path module) {
    return modules.computeIfAbsent(module, Cryptoki::load);
  }

  /** The login to a token, of which there is one. */
  TokenSession session(Cryptoki module, TokenInfo token) {
    return sessions.computeIfAbsent(
        new Key(module.path(), token.slot(), token.label(), token.serial()),
        key -> new TokenSession(module, token));
  }

  private record Key(Path module, long slot, String label, String serial) {}
}
