package dev.countersign.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.Dfns;
import dev.countersign.call.RetryPolicy;
import dev.countersign.credential.AccessToken;
import dev.countersign.credential.Credential;
import dev.countersign.credential.CredentialSource;
import dev.countersign.error.DfnsException;
import dev.countersign.error.ProtocolException;
import dev.countersign.error.ServiceUnavailableException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * What whole calls make of a server that means no good: a clear error, in time, in little memory.
 */
class HostileServerTest {

  private static final int LIMIT = 64 * 1024;
  private static final Duration DEADLINE = Duration.ofSeconds(20);

  private static Dfns dfns(URI url, Duration deadline, RetryPolicy retries) {
    return DfnsBuilder.create()
        .apiUrl(url)
        .transport(JdkTransport.builder().replyLimit(LIMIT).build())
        .credentials(CredentialSource.of(Credential.of(AccessToken.of("hunter2-token"))))
        .deadline(deadline)
        .retries(retries)
        .build();
  }

  private static void fails(Dfns dfns, Class<? extends DfnsException> how, String... why) {
    assertThatThrownBy(() -> dfns.wallets().getWallet("wa-1").execute())
        .isInstanceOf(how)
        .hasMessageContaining("getWallet")
        .hasMessageContainingAll(why)
        .message()
        .doesNotContain("hunter2");
  }

  private static void trickle(RawServer.Connection connection, String part) throws IOException {
    try {
      while (true) {
        connection.write(part);
        Thread.sleep(5);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void anEndlessBodyIsCutOffAtTheLimit() throws Exception {
    try (RawServer server =
        RawServer.that(
            c -> {
              c.readRequest();
              c.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
              while (true) {
                c.write("400\r\n" + " ".repeat(1024) + "\r\n");
              }
            })) {
      fails(
          dfns(server.url(""), DEADLINE, RetryPolicy.none()),
          ServiceUnavailableException.class,
          "larger than " + LIMIT);
    }
  }

  @Test
  void aBodyThatTricklesDoesNotOutliveTheDeadlineHoweverOftenItIsTried() throws Exception {
    try (RawServer server =
        RawServer.that(
            c -> {
              c.readRequest();
              c.write("HTTP/1.1 200 OK\r\nContent-Length: 60000\r\n\r\n{");
              trickle(c, " ");
            })) {
      long begun = System.nanoTime();

      fails(
          dfns(server.url(""), Duration.ofSeconds(2), RetryPolicy.standard()),
          ServiceUnavailableException.class,
          "no answer");

      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(DEADLINE);
    }
  }

  @Test
  void deepJsonIsRefusedAndNotDescendedInto() throws Exception {
    String deep = "[".repeat(LIMIT - 100);
    try (RawServer server =
        RawServer.that(
            c -> {
              c.readRequest();
              c.write("HTTP/1.1 200 OK\r\nContent-Length: " + deep.length() + "\r\n\r\n" + deep);
            })) {
      fails(
          dfns(server.url(""), DEADLINE, RetryPolicy.none()), ProtocolException.class, "not JSON");
    }
  }

  @Test
  void deepJsonInAnErrorIsAnErrorWithoutAReason() throws Exception {
    String deep = "{\"error\":".repeat(5_000);
    try (RawServer server =
        RawServer.that(
            c -> {
              c.readRequest();
              c.write("HTTP/1.1 403 No\r\nContent-Length: " + deep.length() + "\r\n\r\n" + deep);
            })) {
      fails(
          dfns(server.url(""), DEADLINE, RetryPolicy.none()),
          dev.countersign.error.RequestRejectedException.class,
          "403",
          "no reason that could be read");
    }
  }

  @Test
  void endlessHeadersEndTheExchange() throws Exception {
    try (RawServer server =
        RawServer.that(
            c -> {
              c.readRequest();
              c.write("HTTP/1.1 200 OK\r\n");
              trickle(c, "X-Filler: " + "x".repeat(500) + "\r\n");
            })) {
      fails(
          dfns(server.url(""), Duration.ofSeconds(2), RetryPolicy.none()),
          ServiceUnavailableException.class,
          "did not get to take effect");
    }
  }

  @Test
  void aRedirectTakesTheTokenNowhereHoweverOftenItIsTried() throws Exception {
    try (RawServer elsewhere = RawServer.that(RawServer.Connection::stall);
        RawServer server =
            RawServer.that(
                c -> {
                  c.readRequest();
                  c.write("HTTP/1.1 302 Found\r\nLocation: " + elsewhere.url("/b"));
                  c.write("\r\nContent-Length: 0\r\n\r\n");
                })) {
      fails(
          dfns(server.url(""), DEADLINE, RetryPolicy.standard()),
          ProtocolException.class,
          "redirect");
      assertThat(elsewhere.connections()).isZero();
    }
  }
}
