package dev.countersign.http;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads that keep no program from ending, and end themselves after a minute without work. */
final class DaemonThreads {

  private static final int SIGNERS = 8;
  private static final int MIN_HTTP = 4;

  private DaemonThreads() {}

  /**
   * Two a processor and at least four: what requests are sent and replies given on. What blocks
   * there is only the looking up of a host, so more would only take turns.
   */
  static Executor http() {
    return bounded(
        Math.max(MIN_HTTP, 2 * Runtime.getRuntime().availableProcessors()), "countersign-http");
  }

  /** A few; further work waits. What signing, which may block, runs on. */
  static Executor signing() {
    return bounded(SIGNERS, "countersign-signing");
  }

  private static Executor bounded(int count, String name) {
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            count, count, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>(), named(name));
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }

  private static ThreadFactory named(String name) {
    AtomicInteger count = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, name + "-" + count.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }
}
