package dev.countersign.http;

import static dev.countersign.http.Failing.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.transport.Reply;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What runs on which thread. */
class JdkTransportThreadsTest {

  private static final String ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  private final JdkTransport transport = JdkTransport.builder().build();

  @Test
  void whoBlocksAfterAReplyDoesNotStopTheOthers() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch blocked = new CountDownLatch(1);
    CountDownLatch enough = new CountDownLatch(1);
    AtomicReference<String> thread = new AtomicReference<>("none");
    try (RawServer slow =
            RawServer.that(
                connection -> {
                  await(asked);
                  connection.write(ANSWER);
                });
        RawServer quick = RawServer.that(connection -> connection.write(ANSWER))) {
      CompletableFuture<Void> followed =
          transport
              .send(request("GET", slow.url("/a")).build())
              .thenAccept(
                  reply -> {
                    thread.set(Thread.currentThread().getName());
                    blocked.countDown();
                    await(enough);
                  });
      asked.countDown();
      await(blocked);

      Reply reply =
          transport.send(request("GET", quick.url("/b")).build()).get(30, TimeUnit.SECONDS);

      assertThat(reply.status()).isEqualTo(200);
      assertThat(followed).isNotDone();
      assertThat(thread.get()).startsWith("countersign-http-");
      enough.countDown();
      followed.get(30, TimeUnit.SECONDS);
    }
  }

  @Test
  void aStepOfTheClientThatFailsDoesNotEndTheThreadThatReads() throws Exception {
    AtomicReference<Throwable> told = new AtomicReference<>(new Throwable("nothing"));
    Thread thread =
        new Thread(
            () ->
                JdkTransport.inPlace(
                    () -> {
                      throw new IllegalStateException("a step failed");
                    }));
    thread.setUncaughtExceptionHandler((t, failure) -> told.set(failure));
    thread.start();
    thread.join();

    assertThat(told.get()).hasMessage("a step failed");
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted", e);
    }
  }
}
