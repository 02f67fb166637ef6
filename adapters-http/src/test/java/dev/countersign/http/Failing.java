package dev.countersign.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.countersign.transport.Reply;
import dev.countersign.transport.Request;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Requests that are full of secrets, and the failures they end in. */
final class Failing {

  private Failing() {}

  static Request.Builder request(String method, URI uri) {
    Request.Builder request =
        Request.of("transferAsset", method, uri)
            .header("Authorization", "Bearer hunter2-token")
            .header("X-DFNS-USERACTION", "hunter2-action");
    return method.equals("POST")
        ? request.body("application/json", "{\"pin\":\"hunter2\"}".getBytes())
        : request;
  }

  /** What a future fails with; neither it nor what caused it prints a secret. */
  static Throwable failure(CompletableFuture<Reply> reply) throws Exception {
    try {
      return fail("there is a reply: " + reply.get(30, TimeUnit.SECONDS));
    } catch (ExecutionException e) {
      StringWriter printed = new StringWriter();
      e.printStackTrace(new PrintWriter(printed));
      assertThat(printed.toString()).doesNotContain("hunter2");
      return e.getCause();
    } catch (TimeoutException e) {
      throw new AssertionError("the exchange goes on and on", e);
    }
  }
}
