package dev.countersign.hsm;

import com.sun.jna.Function;
import com.sun.jna.Library;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.NativeLong;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.NativeLongByReference;
import dev.countersign.error.ConfigurationException;
import java.nio.file.Path;
import java.security.ProviderException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The few functions of a PKCS#11 module that SunPKCS11 does not show: which tokens and keys there
 * are, and the login. It signs nothing and finalises nothing.
 *
 * <p>A return value other than CKR_OK is thrown as SunPKCS11 throws it, as a {@link
 * ProviderException}; {@link Failure} reads both. Safe for use by several threads, as the module is
 * initialised for that. Structures are laid out as the C compiler of the platform does, packed to
 * one byte on Windows.
 */
final class Cryptoki {

  /** How long a text in a structure is: padded with blanks. */
  private static final int LABEL = 32;

  private static final int MODEL = 16;

  private static final long OS_LOCKING_OK = 2;
  private static final long SERIAL_SESSION = 4;
  private static final long USER = 1;
  private static final long SIGNS = 0x800;
  private static final int BATCH = 64;

  /** RTLD_NOW, and RTLD_LOCAL where that is not zero. */
  private static final int OPEN_FLAGS = Platform.isMac() ? 2 | 4 : 2;

  private final Path path;
  private final NativeLibrary library;
  private final Pointer functions;

  private Cryptoki(Path path, NativeLibrary library, Pointer functions) {
    this.path = path;
    this.library = library;
    this.functions = functions;
  }

  /** Loads a module, and initialises it unless that has been done. */
  static Cryptoki load(Path path) {
    try {
      NativeLibrary library = library(path);
      Memory list = new Memory(Native.POINTER_SIZE);
      list.clear();
      NativeLong result =
          (NativeLong)
              library
                  .getFunction("C_GetFunctionList")
                  .invoke(NativeLong.class, new Object[] {list});
      require("C_GetFunctionList", result.longValue());
      Cryptoki module = new Cryptoki(path, library, list.getPointer(0));
      module.initialize();
      return module;
    } catch (UnsatisfiedLinkError e) {
      throw new ConfigurationException(
          "The PKCS#11 module "
              + path
              + " cannot be loaded as one; check module-path, and that it and all it needs are for this"
              + " processor",
          e);
    }
  }

  /**
   * A library whose symbols stay its own: JNA would show them to all that is loaded later, and two
   * modules would run into each other, as all of them have functions of the same names.
   */
  static NativeLibrary library(Path path) {
    return Platform.isWindows()
        ? NativeLibrary.getInstance(path.toString())
        : NativeLibrary.getInstance(path.toString(), Map.of(Library.OPTION_OPEN_FLAGS, OPEN_FLAGS));
  }

  /** Initialises the module for threads, unless somebody in this process has done so. */
  void initialize() {
    int pointers = 4 * Native.POINTER_SIZE;
    Memory arguments = new Memory(pointers + NativeLong.SIZE + Native.POINTER_SIZE);
    arguments.clear();
    arguments.setNativeLong(pointers, new NativeLong(OS_LOCKING_OK));
    try {
      call(Entry.INITIALIZE, arguments);
    } catch (ProviderException e) {
      if (!Failure.of(e).is(Ckr.CRYPTOKI_ALREADY_INITIALIZED)) {
        throw e;
      }
    }
  }

  Path path() {
    return path;
  }

  /** The slots with a token in them. */
  List<Long> slots() {
    NativeLongByReference count = new NativeLongByReference();
    call(Entry.GET_SLOT_LIST, (byte) 1, null, count);
    int n = count.getValue().intValue();
    if (n == 0) {
      return List.of();
    }
    Memory slots = new Memory((long) n * NativeLong.SIZE);
    call(Entry.GET_SLOT_LIST, (byte) 1, slots, count);
    return longs(slots, Math.min(n, count.getValue().intValue()));
  }

  TokenInfo tokenInfo(long slot) {
    int texts = 2 * LABEL + 2 * MODEL;
    Memory info = new Memory(texts + 11L * NativeLong.SIZE + 24);
    info.clear();
    call(Entry.GET_TOKEN_INFO, new NativeLong(slot), info);
    long[] numbers = new long[4];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = info.getNativeLong(texts + (long) i * NativeLong.SIZE).longValue();
    }
    return new TokenInfo(
        slot,
        TokenInfo.text(info.getByteArray(0, LABEL)),
        TokenInfo.text(info.getByteArray(LABEL, LABEL)),
        TokenInfo.text(info.getByteArray(2 * LABEL, MODEL)),
        TokenInfo.text(info.getByteArray(2 * LABEL + MODEL, MODEL)),
        numbers[0],
        numbers[3]);
  }

  /** Whether the token signs with a mechanism. */
  boolean signs(long slot, long mechanism) {
    Memory info = new Memory(3L * NativeLong.SIZE);
    info.clear();
    try {
      call(Entry.GET_MECHANISM_INFO, new NativeLong(slot), new NativeLong(mechanism), info);
    } catch (ProviderException e) {
      if (Failure.of(e).is(Ckr.MECHANISM_INVALID)) {
        return false;
      }
      throw e;
    }
    return (info.getNativeLong(2L * NativeLong.SIZE).longValue() & SIGNS) != 0;
  }

  /** Opens a session for reading. */
  long openSession(long slot) {
    NativeLongByReference session = new NativeLongByReference();
    call(
        Entry.OPEN_SESSION,
        new NativeLong(slot),
        new NativeLong(SERIAL_SESSION),
        null,
        null,
        session);
    return session.getValue().longValue();
  }

  void closeSession(long session) {
    call(Entry.CLOSE_SESSION, new NativeLong(session));
  }

  /** Logs this process in to the session's token. */
  void login(long session, Pin pin) {
    try (Memory copy = new Memory(pin.length())) {
      pin.copyTo(copy);
      try {
        call(
            Entry.LOGIN,
            new NativeLong(session),
            new NativeLong(USER),
            copy,
            new NativeLong(pin.length()));
      } finally {
        copy.clear();
      }
    }
  }

  /** The objects that have all these attributes, and that the session may see. */
  List<Long> find(long session, Attribute... wanted) {
    int size = Attribute.SIZE;
    Memory template = new Memory((long) size * wanted.length);
    List<Memory> values = new ArrayList<>();
    for (int i = 0; i < wanted.length; i++) {
      values.add(wanted[i].writeTo(template.share((long) size * i, size)));
    }
    call(Entry.FIND_OBJECTS_INIT, new NativeLong(session), template, new NativeLong(wanted.length));
    try {
      return found(session);
    } finally {
      call(Entry.FIND_OBJECTS_FINAL, new NativeLong(session));
      values.forEach(Memory::close);
    }
  }

  private List<Long> found(long session) {
    List<Long> all = new ArrayList<>();
    Memory batch = new Memory((long) BATCH * NativeLong.SIZE);
    NativeLongByReference count = new NativeLongByReference();
    do {
      call(Entry.FIND_OBJECTS, new NativeLong(session), batch, new NativeLong(BATCH), count);
      all.addAll(longs(batch, count.getValue().intValue()));
    } while (count.getValue().intValue() > 0);
    return all;
  }

  /** The value of an attribute that may be read and that the object has. */
  Optional<byte[]> attribute(long session, long object, long type) {
    Memory attribute = Attribute.toRead(type);
    Object[] arguments = {
      new NativeLong(session), new NativeLong(object), attribute, new NativeLong(1)
    };
    try {
      call(Entry.GET_ATTRIBUTE_VALUE, arguments);
      int length = Attribute.length(attribute);
      if (length <= 0) {
        return length == 0 ? Optional.of(new byte[0]) : Optional.empty();
      }
      Memory value = new Memory(length);
      Attribute.readInto(attribute, value);
      call(Entry.GET_ATTRIBUTE_VALUE, arguments);
      return Optional.of(value.getByteArray(0, Attribute.length(attribute)));
    } catch (ProviderException e) {
      if (Failure.of(e).kind() == Ckr.Kind.REFUSED) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static List<Long> longs(Memory memory, int count) {
    List<Long> longs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      longs.add(memory.getNativeLong((long) i * NativeLong.SIZE).longValue());
    }
    return longs;
  }

  private void call(Entry entry, @Nullable Object... arguments) {
    // the table begins with a version of two bytes
    int first = Platform.isWindows() ? 2 : Native.POINTER_SIZE;
    Pointer address = functions.getPointer(first + (long) entry.index * Native.POINTER_SIZE);
    NativeLong result =
        (NativeLong) Function.getFunction(address).invoke(NativeLong.class, arguments);
    require(entry.function, result.longValue());
  }

  private static void require(String function, long result) {
    if (result != Ckr.OK) {
      throw new ProviderException(function + ": " + Ckr.label(result));
    }
  }

  @Override
  public String toString() {
    return library.getName();
  }

  /** Where a function stands in CK_FUNCTION_LIST. */
  private enum Entry {
    INITIALIZE("C_Initialize", 0),
    GET_SLOT_LIST("C_GetSlotList", 4),
    GET_TOKEN_INFO("C_GetTokenInfo", 6),
    GET_MECHANISM_INFO("C_GetMechanismInfo", 8),
    OPEN_SESSION("C_OpenSession", 12),
    CLOSE_SESSION("C_CloseSession", 13),
    LOGIN("C_Login", 18),
    GET_ATTRIBUTE_VALUE("C_GetAttributeValue", 24),
    FIND_OBJECTS_INIT("C_FindObjectsInit", 26),
    FIND_OBJECTS("C_FindObjects", 27),
    FIND_OBJECTS_FINAL("C_FindObjectsFinal", 28);

    private final String function;
    private final int index;

    Entry(String function, int index) {
      this.function = function;
      this.index = index;
    }
  }
}
