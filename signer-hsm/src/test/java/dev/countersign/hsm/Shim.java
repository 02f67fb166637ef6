package dev.countersign.hsm;

import com.sun.jna.NativeLibrary;
import com.sun.jna.NativeLong;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * A PKCS#11 module that fails when told to, over a SoftHSM of its own; compiled from {@code
 * src/test/c/shim.c} once per JVM. Each one is a module that nobody else has loaded.
 */
final class Shim {

  /** Functions by their place in CK_FUNCTION_LIST. */
  static final int INITIALIZE = 0;

  static final int GET_SLOT_LIST = 4;

  static final int GET_TOKEN_INFO = 6;

  static final int OPEN_SESSION = 12;
  static final int LOGIN = 18;
  static final int LOGOUT = 19;
  static final int SIGN_INIT = 42;
  static final int SIGN = 43;

  static final long GENERAL_ERROR = 0x05;
  static final long FUNCTION_FAILED = 0x06;
  static final long DATA_LEN_RANGE = 0x21;
  static final long DEVICE_ERROR = 0x30;
  static final long DEVICE_REMOVED = 0x32;
  static final long KEY_HANDLE_INVALID = 0x60;
  static final long OBJECT_HANDLE_INVALID = 0x82;
  static final long PIN_INCORRECT = 0xA0;
  static final long PIN_EXPIRED = 0xA3;
  static final long PIN_LOCKED = 0xA4;
  static final long SESSION_COUNT = 0xB1;
  static final long SESSION_HANDLE_INVALID = 0xB3;
  static final long TOKEN_NOT_PRESENT = 0xE0;
  static final long USER_NOT_LOGGED_IN = 0x101;
  static final long FUNCTION_REJECTED = 0x200;
  static final long KEY_EXHAUSTED = 0x203;
  static final long VENDOR_DEFINED = 0x80000123L;

  static final long PIN_PAD = 0x100;
  static final long FINAL_TRY = 0x20000;
  static final long LOCKED = 0x40000;

  private static final int[] ALL = {4, 5, 6, OPEN_SESSION, 15, LOGIN, 24, 26, SIGN_INIT, SIGN};

  private final Path path;
  private final NativeLibrary library;

  private Shim(Path path) {
    this.path = path;
    this.library = Cryptoki.library(path);
  }

  static Shim load(SoftHsm hsm) {
    return load(hsm, hsm.newFolder().resolve("shim.so"));
  }

  static Shim load(SoftHsm hsm, Path path) {
    try {
      Files.copy(Compiled.LIBRARY, path);
      Shim shim = new Shim(path);
      Object[] real = {hsm.copyOfModule().toString()};
      if (shim.library.getFunction("shim_open").invokeInt(real) != 0) {
        throw new AssertionError("The shim does not load SoftHSM");
      }
      return shim;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Compiled {
    static final Path LIBRARY = compile(SoftHsm.require());

    private static Path compile(SoftHsm hsm) {
      Path library = hsm.newFolder().resolve("shim.so");
      hsm.run(
          "gcc",
          "-std=gnu11",
          "-Wall",
          "-Wextra",
          "-Werror",
          "-shared",
          "-fPIC",
          "-O1",
          "-o",
          library.toString(),
          source().toString(),
          "-lpthread",
          "-ldl");
      return library;
    }

    private static Path source() {
      Path here = Path.of("src/test/c/shim.c");
      return Files.exists(here) ? here : Path.of("signer-hsm").resolve(here);
    }
  }

  Path path() {
    return path;
  }

  /** A function fails so many times, without having been called. */
  void fail(int function, long result, int times) {
    call("shim_fail", function, new NativeLong(result), new NativeLong(times), 0);
  }

  /** A function is called so many times, and its result thrown away. */
  void failAfterwards(int function, long result, int times) {
    call("shim_fail", function, new NativeLong(result), new NativeLong(times), 1);
  }

  void failForEver(int function, long result) {
    fail(function, result, -1);
  }

  /** Takes the device away: its sessions end, and all functions say so. */
  void remove(long slot) {
    loseSessions(slot);
    for (int function : ALL) {
      failForEver(function, function == SIGN ? DEVICE_REMOVED : TOKEN_NOT_PRESENT);
    }
  }

  void bringBack() {
    for (int function : ALL) {
      fail(function, 0, 0);
    }
  }

  void hang(int function) {
    hang(function, -1);
  }

  /** The next calls of a function hang, so many of them. */
  void hang(int function, int calls) {
    call("shim_hang", function, calls);
  }

  void goOn(int function) {
    call("shim_hang", function, 0);
  }

  /** Waits for a call of a function that hangs, and lets it go on; the next one hangs again. */
  void letOneGoOn(int function) {
    await(() -> hanging() == 1);
    call("shim_release", function);
  }

  void flags(long flags) {
    call("shim_flags", new NativeLong(flags));
  }

  /** The token says that it allows so many sessions; 0: as many as it does. */
  void mostSessions(long most) {
    call("shim_most_sessions", new NativeLong(most));
  }

  /** Another token is where this one was, or this one again. */
  void swap(boolean another) {
    call("shim_is_another", another ? 1 : 0);
  }

  /** Signatures do not verify, or do again. */
  void spoilSignatures(boolean spoil) {
    call("shim_spoils", spoil ? 1 : 0);
  }

  void loseSessions(long slot) {
    call("shim_lose_sessions", new NativeLong(slot));
  }

  void logOut(long slot) {
    call("shim_log_out", new NativeLong(slot));
  }

  /** Sessions that are open. */
  long sessions() {
    return number("shim_sessions");
  }

  /** How often a session was closed that was none, or none any more. */
  long closedInVain() {
    return number("shim_closed_in_vain");
  }

  /** How often a function was called. */
  long calls(int function) {
    return number("shim_calls", function);
  }

  int hanging() {
    return library.getFunction("shim_hanging").invokeInt(new Object[0]);
  }

  private long number(String function, Object... arguments) {
    return ((NativeLong) library.getFunction(function).invoke(NativeLong.class, arguments))
        .longValue();
  }

  private void call(String function, Object... arguments) {
    library.getFunction(function).invokeVoid(arguments);
  }

  /** Waits until something is so, for half a minute at most. */
  static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("It has not come to be within half a minute");
      }
      try {
        Thread.sleep(5);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError(e);
      }
    }
  }
}
