package dev.countersign.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the targets have in common: inputs, and what must hold of whatever comes of one. */
public final class Fuzz {

  /** A secret to plant: it must not be seen where it does not belong. */
  public static final String CANARY = "cAnArY-Zq7-Rw3-Xk9-Ub2";

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** What any input may cost, in bytes. */
  private static final long BASE = 32L << 20;

  private Fuzz() {}

  /** A text whose characters are the input's bytes. */
  public static String latin(byte[] input) {
    return new String(input, StandardCharsets.ISO_8859_1);
  }

  /** A text in UTF-8, as far as the input is that. */
  public static String utf8(byte[] input) {
    return new String(input, StandardCharsets.UTF_8);
  }

  /** A number from 0 that the first byte gives. */
  public static int choice(byte[] input, int below) {
    return input.length == 0 ? 0 : (input[0] & 0xff) % below;
  }

  /** The input without its first byte. */
  public static byte[] rest(byte[] input) {
    return input.length == 0 ? input : Arrays.copyOfRange(input, 1, input.length);
  }

  /** Whether an input holds the canary of itself, so that to see it tells nothing. */
  static boolean holdsCanary(byte[] input) {
    return latin(input).contains(CANARY);
  }

  /** Texts as inputs. */
  public static Stream<byte[]> seeds(String... texts) {
    return Stream.of(texts).map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  /** Fails, without quoting, if a text shows the canary. */
  public static void requireNoCanary(@Nullable Object... shown) {
    requireAbsent(CANARY, shown);
  }

  /** Fails, without quoting, if a text or an exception with its causes shows a secret. */
  public static void requireAbsent(String secret, @Nullable Object... shown) {
    for (Object each : shown) {
      for (Object one = each; one != null; one = one instanceof Throwable t ? t.getCause() : null) {
        require(!String.valueOf(one).contains(secret), "A secret can be read in what was shown");
      }
    }
  }

  /** Fails with a sentence unless it holds. */
  public static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }

  /** What is fed. */
  @FunctionalInterface
  public interface Feeding {
    /** Feeds. */
    void run() throws Exception;
  }

  /**
   * Feeds, and fails if this thread takes more memory for it than inputs of a length may; not the
   * first time, when classes and schemas are read.
   *
   * @param perByte how many bytes for each byte of the input
   */
  public static void bounded(int length, long perByte, Feeding feeding) throws Exception {
    long most = BASE + perByte * length;
    if (taken(feeding) > most) {
      long taken = taken(feeding);
      require(
          taken <= most, "An input of " + length + " bytes takes " + taken + " bytes of memory");
    }
  }

  private static long taken(Feeding feeding) throws Exception {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    feeding.run();
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }
}
