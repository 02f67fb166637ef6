package dev.countersign.bench;

import com.sun.jna.Function;
import com.sun.jna.Memory;
import com.sun.jna.NativeLibrary;
import com.sun.jna.NativeLong;
import com.sun.jna.ptr.NativeLongByReference;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Takes all sessions of this process away, with the login, as a token does that was reset: {@code
 * C_CloseAllSessions} behind the back of everybody who has one.
 */
final class SessionLoss {

  private static final int MOST_SLOTS = 64;

  private final Function closeAll;
  private final long[] slots;

  private SessionLoss(Function closeAll, long[] slots) {
    this.closeAll = closeAll;
    this.slots = slots;
  }

  /** For a module that is loaded and initialised already. */
  static SessionLoss of(@Nullable String path) {
    NativeLibrary module = NativeLibrary.getInstance(Objects.requireNonNull(path, "module-path"));
    try (Memory list = new Memory((long) MOST_SLOTS * NativeLong.SIZE)) {
      NativeLongByReference count = new NativeLongByReference(new NativeLong(MOST_SLOTS));
      check(module.getFunction("C_GetSlotList"), (byte) 1, list, count);
      long[] slots = new long[count.getValue().intValue()];
      for (int i = 0; i < slots.length; i++) {
        slots[i] = list.getNativeLong((long) i * NativeLong.SIZE).longValue();
      }
      return new SessionLoss(module.getFunction("C_CloseAllSessions"), slots);
    }
  }

  void happen() {
    for (long slot : slots) {
      check(closeAll, new NativeLong(slot));
    }
  }

  private static void check(Function function, Object... arguments) {
    Object result = function.invoke(NativeLong.class, arguments);
    if (!(result instanceof NativeLong code) || code.longValue() != 0) {
      throw new IllegalStateException(function.getName() + " gave " + result);
    }
  }
}
