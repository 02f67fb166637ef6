package dev.countersign.simulator.state;

import dev.countersign.simulator.json.Masked;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What was answered and why, the latest thousand lines, such as {@code 403 POST /wallets: the user
 * action covers POST /wallets, its payload differs at byte 17}. No line holds a secret. Safe for
 * use by several threads at once.
 */
public final class Decisions {

  private static final int MOST = 1000;

  private final Deque<String> lines = new ArrayDeque<>();
  private final ReentrantLock lock = new ReentrantLock();

  /** No lines yet. */
  public Decisions() {}

  /** Adds a line, without any token in it: somebody may have put one into a path. */
  public void add(String line) {
    String shown = Masked.of(line);
    lock.lock();
    try {
      if (lines.size() == MOST) {
        lines.removeFirst();
      }
      lines.addLast(shown);
    } finally {
      lock.unlock();
    }
  }

  /** Forgets all lines. */
  public void clear() {
    lock.lock();
    try {
      lines.clear();
    } finally {
      lock.unlock();
    }
  }

  /** The lines, oldest first. */
  public List<String> lines() {
    lock.lock();
    try {
      return List.copyOf(lines);
    } finally {
      lock.unlock();
    }
  }
}
