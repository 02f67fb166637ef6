package dev.countersign.http;

import dev.countersign.error.ProtocolException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The check that bytes are UTF-8 (RFC 3629), which Jackson leaves out: it reads overlong forms and
 * encoded surrogates as if they were characters.
 */
final class Utf8 {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
  private static final long HIGH_BITS = 0x8080808080808080L;

  private static final int BLOCK = 4 * Long.BYTES;

  private Utf8() {}

  /**
   * Checks a text.
   *
   * @throws ProtocolException with the offset of the first byte that is wrong, or if the text
   *     starts with a byte order mark
   */
  static void requireValid(byte[] text) {
    if (text.length >= 3
        && text[0] == (byte) 0xEF
        && text[1] == (byte) 0xBB
        && text[2] == (byte) 0xBF) {
      throw new ProtocolException("The JSON starts with a byte order mark, which it may not have");
    }
    int i = 0;
    while (i < text.length) {
      i = skipAscii(text, i);
      if (i < text.length) {
        int length = sequenceLength(text, i);
        if (length == 0) {
          throw new ProtocolException("At byte offset " + i + ", the JSON is not UTF-8");
        }
        i += length;
      }
    }
  }

  private static int skipAscii(byte[] text, int from) {
    int i = from;
    while (i <= text.length - BLOCK && (block(text, i) & HIGH_BITS) == 0) {
      i += BLOCK;
    }
    while (i <= text.length - Long.BYTES && ((long) LONGS.get(text, i) & HIGH_BITS) == 0) {
      i += Long.BYTES;
    }
    while (i < text.length && text[i] >= 0) {
      i++;
    }
    return i;
  }

  private static long block(byte[] text, int i) {
    return (long) LONGS.get(text, i)
        | (long) LONGS.get(text, i + Long.BYTES)
        | (long) LONGS.get(text, i + 2 * Long.BYTES)
        | (long) LONGS.get(text, i + 3 * Long.BYTES);
  }

  /** How many bytes the well-formed sequence at a byte beyond ASCII has, or 0 if it is not one. */
  private static int sequenceLength(byte[] text, int i) {
    int first = text[i] & 0xFF;
    if (first >= 0xC2 && first <= 0xDF) {
      return follows(text, i + 1, 0x80, 0xBF) ? 2 : 0;
    }
    if (first >= 0xE0 && first <= 0xEF) {
      // no overlong forms after E0, no surrogates after ED
      int low = first == 0xE0 ? 0xA0 : 0x80;
      int high = first == 0xED ? 0x9F : 0xBF;
      return follows(text, i + 1, low, high) && follows(text, i + 2, 0x80, 0xBF) ? 3 : 0;
    }
    if (first >= 0xF0 && first <= 0xF4) {
      // no overlong forms after F0, nothing beyond U+10FFFF after F4
      int low = first == 0xF0 ? 0x90 : 0x80;
      int high = first == 0xF4 ? 0x8F : 0xBF;
      return follows(text, i + 1, low, high)
              && follows(text, i + 2, 0x80, 0xBF)
              && follows(text, i + 3, 0x80, 0xBF)
          ? 4
          : 0;
    }
    return 0;
  }

  private static boolean follows(byte[] text, int i, int low, int high) {
    return i < text.length && (text[i] & 0xFF) >= low && (text[i] & 0xFF) <= high;
  }
}
