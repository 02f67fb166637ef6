package dev.countersign.call;

import dev.countersign.http.JacksonCodec;
import dev.countersign.json.JsonCodec;
import dev.countersign.transport.Reply;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/** Calls that are answered here, at once and with no engine: by a path and its query, with JSON. */
public final class AnsweringCalls implements OnlyPrepares {

  private final JsonCodec codec = new JacksonCodec();
  private final Function<String, CompletableFuture<String>> answers;

  public AnsweringCalls(Function<String, CompletableFuture<String>> answers) {
    this.answers = answers;
  }

  @Override
  public <T> Call<T> prepare(Operation<T> operation, Arguments arguments) {
    String query = arguments.encodedQuery();
    String target = arguments.encodedPath(operation.path()) + (query.isEmpty() ? "" : "?" + query);
    return new Call<>() {
      @Override
      public T execute() {
        try {
          return executeAsync().join();
        } catch (CompletionException e) {
          throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
      }

      @Override
      public CompletableFuture<T> executeAsync() {
        return answers
            .apply(target)
            .thenApply(
                json ->
                    operation
                        .answer()
                        .read(
                            operation.name(),
                            Reply.of(
                                200,
                                Map.of("Content-Type", List.of("application/json")),
                                json.getBytes(StandardCharsets.UTF_8)),
                            codec));
      }

      @Override
      public String freeze() {
        throw new AssertionError("Nobody freezes here");
      }

      @Override
      public DelegatedCall<T> begin() {
        throw new AssertionError("Nobody signs here");
      }

      @Override
      public CompletableFuture<DelegatedCall<T>> beginAsync() {
        throw new AssertionError("Nobody signs here");
      }

      @Override
      public Call<T> within(Duration deadline) {
        return this;
      }
    };
  }
}
