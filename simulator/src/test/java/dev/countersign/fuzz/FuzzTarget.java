package dev.countersign.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Something that is fed with bytes. Its inputs to begin with are what its static method {@code
 * seeds} gives.
 */
public abstract class FuzzTarget {

  /** A target. */
  protected FuzzTarget() {}

  /** Feeds an input, unless it holds the canary of itself, so that to see it tells nothing. */
  @MethodSource("seeds")
  @FuzzTest
  public final void feed(byte[] input) throws Exception {
    if (!Fuzz.holdsCanary(input)) {
      fed(input);
    }
  }

  /** Feeds an input, and fails if something does not hold. */
  protected abstract void fed(byte[] input) throws Exception;
}
