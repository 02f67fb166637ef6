package dev.countersign.hsm;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;

/** An attribute of an object on a token, as one searches for it, and its structure CK_ATTRIBUTE. */
final class Attribute {

  static final long CLASS = 0x00;
  static final long TOKEN = 0x01;
  static final long LABEL = 0x03;
  static final long VALUE = 0x11;
  static final long KEY_TYPE = 0x100;
  static final long ID = 0x102;
  static final long SIGN = 0x108;
  static final long EC_PARAMS = 0x180;
  static final long ALWAYS_AUTHENTICATE = 0x202;

  static final long CERTIFICATE_CLASS = 1;
  static final long PRIVATE_KEY_CLASS = 3;

  /** Bytes of a CK_ATTRIBUTE. */
  static final int SIZE = 2 * NativeLong.SIZE + Native.POINTER_SIZE;

  private static final int POINTER_AT = NativeLong.SIZE;
  private static final int LENGTH_AT = NativeLong.SIZE + Native.POINTER_SIZE;

  private final long type;
  private final byte[] value;

  private Attribute(long type, byte[] value) {
    this.type = type;
    this.value = value;
  }

  static Attribute of(long type, byte[] value) {
    return new Attribute(type, value.clone());
  }

  static Attribute of(long type, boolean value) {
    return new Attribute(type, new byte[] {(byte) (value ? 1 : 0)});
  }

  static Attribute of(long type, long value) {
    try (Memory number = new Memory(NativeLong.SIZE)) {
      number.setNativeLong(0, new NativeLong(value));
      return new Attribute(type, number.getByteArray(0, NativeLong.SIZE));
    }
  }

  /** Writes the structure; the memory of the value is the caller's to keep until it is read. */
  Memory writeTo(Pointer structure) {
    Memory copy = new Memory(Math.max(1, value.length));
    copy.write(0, value, 0, value.length);
    structure.setNativeLong(0, new NativeLong(type));
    structure.setPointer(POINTER_AT, copy);
    structure.setNativeLong(LENGTH_AT, new NativeLong(value.length));
    return copy;
  }

  /** A structure that asks how long a value is. */
  static Memory toRead(long type) {
    Memory structure = new Memory(SIZE);
    structure.clear();
    structure.setNativeLong(0, new NativeLong(type));
    return structure;
  }

  /** Has the value read into memory of the length that was asked for. */
  static void readInto(Memory structure, Memory value) {
    structure.setPointer(POINTER_AT, value);
  }

  /** The length that the module wrote; negative if the value cannot be read. */
  static int length(Memory structure) {
    return structure.getNativeLong(LENGTH_AT).intValue();
  }

  /** A number as a module writes it: CK_ULONG. */
  static long number(byte[] value) {
    try (Memory number = new Memory(NativeLong.SIZE)) {
      number.clear();
      number.write(0, value, 0, Math.min(value.length, NativeLong.SIZE));
      return number.getNativeLong(0).longValue();
    }
  }
}
