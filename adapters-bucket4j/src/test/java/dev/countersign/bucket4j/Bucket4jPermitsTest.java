package dev.countersign.bucket4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.error.ServiceUnavailableException;
import dev.countersign.rate.Permits;
import dev.countersign.rate.PermitsContract;
import io.lettuce.core.RedisClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A fleet's permits in a real Redis. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Bucket4jPermitsTest extends PermitsContract {

  private RedisServer server;
  private RedisClient client;

  @BeforeAll
  void start() throws IOException {
    server = RedisServer.start();
    client = RedisClient.create(server.uri());
  }

  @AfterAll
  void stop() {
    if (server != null) {
      client.shutdown(0, 1, TimeUnit.SECONDS);
      server.close();
    }
  }

  @Override
  protected Permits sixAndThenFourAMinute() {
    return Taker.permits(client, UUID.randomUUID().toString(), 10, 6);
  }

  @Test
  void twoProcessesTogetherStayUnderTheLimit() throws Exception {
    String key = UUID.randomUUID().toString();
    List<Process> takers = new ArrayList<>();
    List<BufferedReader> said = new ArrayList<>();
    try {
      for (int i = 0; i < 2; i++) {
        Process taker = taker(key);
        takers.add(taker);
        said.add(
            new BufferedReader(
                new InputStreamReader(taker.getInputStream(), StandardCharsets.UTF_8)));
      }
      for (BufferedReader reader : said) {
        assertThat(reader.readLine()).isEqualTo("ready");
      }
      long before = System.nanoTime();
      for (Process taker : takers) {
        try (OutputStream in = taker.getOutputStream()) {
          in.write('\n');
        }
      }
      List<Integer> taken = new ArrayList<>();
      for (BufferedReader reader : said) {
        taken.add(Integer.parseInt(reader.readLine()));
      }
      double seconds = (System.nanoTime() - before) / 1e9;

      double allowed = Taker.BURST + (Taker.LIMIT - Taker.BURST) * seconds / 60;
      assertThat(taken).allMatch(one -> one > 0);
      assertThat((double) (taken.get(0) + taken.get(1)))
          .isGreaterThan(Taker.BURST)
          .isLessThanOrEqualTo(allowed + 1);
    } finally {
      takers.forEach(Process::destroyForcibly);
    }
  }

  private Process taker(String key) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Taker.class.getName(),
            server.uri(),
            key)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  @Test
  void aStoreThatDoesNotAnswerIsAnErrorInTimeAndWhatItTakesLateIsGivenBack() throws Exception {
    Bucket4jPermits permits =
        ((Bucket4jPermits) sixAndThenFourAMinute()).within(Duration.ofSeconds(Long.MAX_VALUE));
    assertThat(permits.take(1).join()).isZero();
    Permits hurried = permits.within(Duration.ofMillis(300));
    server.freeze();
    try {
      assertThatThrownBy(() -> hurried.take(5).get(20, TimeUnit.SECONDS))
          .hasCauseInstanceOf(ServiceUnavailableException.class)
          .hasMessageContaining("did not answer within PT0.3S");
    } finally {
      server.thaw();
    }
    Duration wait = Duration.ofSeconds(1);
    for (int i = 0; i < 200 && !wait.isZero(); i++) {
      wait = permits.take(5).exceptionally(late -> Duration.ofSeconds(1)).join();
      Thread.sleep(wait.isZero() ? 0 : 20);
    }
    assertThat(wait).as("five are there again, long before they could be refilled").isZero();
  }

  @Test
  void aStoreThatIsGoneIsAnError() throws Exception {
    try (RedisServer brief = RedisServer.start()) {
      RedisClient other = RedisClient.create(brief.uri());
      try {
        Bucket4jPermits permits = (Bucket4jPermits) Taker.permits(other, "k", 10, 6);
        assertThat(permits.take(1).join()).isZero();
        Permits hurried = permits.within(Duration.ofMillis(300));
        brief.kill();

        assertThatThrownBy(() -> hurried.take(1).get(20, TimeUnit.SECONDS))
            .hasCauseInstanceOf(ServiceUnavailableException.class)
            .hasMessageContaining("The store of the fleet's permits ");
      } finally {
        other.shutdown(0, 1, TimeUnit.SECONDS);
      }
    }
  }

  @Test
  void numbersThatCannotWorkAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Taker.permits(client, "k", 6, 6))
        .withMessageStartingWith("A limit of 6 requests a minute with a burst of 6 cannot work");
    assertThatIllegalArgumentException().isThrownBy(() -> Taker.permits(client, "k", 100, 2));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ((Bucket4jPermits) sixAndThenFourAMinute()).within(Duration.ZERO));
  }
}
