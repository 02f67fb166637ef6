package dev.countersign.http;

import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads that keep no program from ending, and end themselves after a minute without work. */
final class DaemonThreads {

  private static final int SIGNERS = 8;

  private DaemonThreads() {}

  /** As many as there is work for: what the HTTP client runs on. */
  static Executor http() {
    return Executors.newCachedThreadPool(named("countersign-http"));
  }

  /** A few; further work waits. What signing, which may block, runs on. */
  static Executor signing() {
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            SIGNERS,
            SIGNERS,
            1,
            TimeUnit.MINUTES,
            new LinkedBlockingQueue<>(),
            named("countersign-signing"));
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
