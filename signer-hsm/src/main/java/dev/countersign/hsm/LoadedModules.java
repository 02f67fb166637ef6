package dev.countersign.hsm;

import java.nio.file.Path;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What this process has loaded and is logged in to: the one place with static state, because
 * PKCS#11 has it so. A module is initialised once per process, and a login is the process's, not
 * anybody's in it (docs/decisions/0012).
 */
final class LoadedModules {

  private static final LoadedModules PROCESS = new LoadedModules();

  /** How many openings of one module there are at once: each may hang, with its thread. */
  static final int OPENINGS = 8;

  private final ConcurrentMap<Path, LoadedModule> modules = new ConcurrentHashMap<>();
  private final ConcurrentMap<Key, TokenSession> sessions = new ConcurrentHashMap<>();

  private LoadedModules() {}

  static LoadedModules ofThisProcess() {
    return PROCESS;
  }

  /** A module, loaded at its first use and never unloaded. */
  Cryptoki load(Path module) {
    return module(module).load();
  }

  /** The turns to open something of a module, given in order of asking. */
  Semaphore openings(Path module) {
    return module(module).openings;
  }

  private LoadedModule module(Path path) {
    return modules.computeIfAbsent(path, LoadedModule::new);
  }

  /** The login to a token, of which there is one. */
  TokenSession session(Cryptoki module, TokenInfo token) {
    return sessions.computeIfAbsent(
        new Key(module.path(), token.slot(), token.label(), token.serial()),
        key -> new TokenSession(module, token));
  }

  /** One module, with a lock of its own: one that hangs keeps nobody from another. */
  private static final class LoadedModule {

    private final Path path;
    private final Semaphore openings = new Semaphore(OPENINGS, true);
    private final ReentrantLock lock = new ReentrantLock();
    private final AtomicReference<@Nullable Cryptoki> loaded = new AtomicReference<>();

    private LoadedModule(Path path) {
      this.path = path;
    }

    private Cryptoki load() {
      lock.lock();
      try {
        Cryptoki before = loaded.get();
        if (before != null) {
          return before;
        }
        Cryptoki now = Cryptoki.load(path);
        loaded.set(now);
        return now;
      } finally {
        lock.unlock();
      }
    }
  }

  private record Key(Path module, long slot, String label, String serial) {}
}
