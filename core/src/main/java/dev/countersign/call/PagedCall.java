package dev.countersign.call;

import dev.countersign.error.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A call of an operation that answers in pages. As a call it gives one page; {@link #stream()} and
 * {@link #pages()} give them all, each fetched when it is needed. Immutable.
 *
 * @param <P> the page
 * @param <E> what is on a page
 */
public final class PagedCall<P, E> implements Call<P> {

  /** How many pages there can be: 100,000. What goes on after that is taken for endless. */
  public static final int MAX_PAGES = 100_000;

  private static final String TOKEN = "paginationToken";

  /** A token travels in an address, which servers do not take longer than this. */
  private static final int MAX_TOKEN = 8192;

  private static final String LIMIT = "limit";

  private final Calls calls;
  private final Operation<P> operation;
  private final Arguments arguments;
  private final Function<P, List<E>> items;
  private final Function<P, Optional<String>> nextToken;
  private final @Nullable Duration deadline;

  private PagedCall(
      Calls calls,
      Operation<P> operation,
      Arguments arguments,
      Function<P, List<E>> items,
      Function<P, Optional<String>> nextToken,
      @Nullable Duration deadline) {
    this.calls = Objects.requireNonNull(calls, "calls");
    this.operation = Objects.requireNonNull(operation, "operation");
    this.arguments = Objects.requireNonNull(arguments, "arguments");
    this.items = Objects.requireNonNull(items, "items");
    this.nextToken = Objects.requireNonNull(nextToken, "nextToken");
    this.deadline = deadline;
  }

  /** A call whose pages are read with these two functions. */
  public static <P, E> PagedCall<P, E> of(
      Calls calls,
      Operation<P> operation,
      Arguments arguments,
      Function<P, List<E>> items,
      Function<P, Optional<String>> nextToken) {
    return new PagedCall<>(calls, operation, arguments, items, nextToken, null);
  }

  private Call<P> call(Arguments page) {
    Call<P> call = calls.prepare(operation, page);
    return deadline == null ? call : call.within(deadline);
  }

  @Override
  public P execute() {
    return call(arguments).execute();
  }

  @Override
  public CompletableFuture<P> executeAsync() {
    return call(arguments).executeAsync();
  }

  @Override
  public String freeze() {
    return call(arguments).freeze();
  }

  @Override
  public DelegatedCall<P> begin() {
    return call(arguments).begin();
  }

  @Override
  public CompletableFuture<DelegatedCall<P>> beginAsync() {
    return call(arguments).beginAsync();
  }

  /** The same with another deadline for each page. */
  @Override
  public PagedCall<P, E> within(Duration deadline) {
    return new PagedCall<>(calls, operation, arguments, items, nextToken, deadline);
  }

  /**
   * The same with so many on each page, at most; what Dfns takes by itself, and its maximum, are
   * not documented for most operations.
   *
   * @throws IllegalArgumentException if it is less than one
   */
  public PagedCall<P, E> pageSize(int size) {
    if (size < 1) {
      throw new IllegalArgumentException("A page holds at least one, not " + size);
    }
    Arguments sized = arguments.replaceQuery(LIMIT, Integer.toString(size));
    return new PagedCall<>(calls, operation, sized, items, nextToken, deadline);
  }

  /**
   * Everything on this page and all that follow, in Dfns's order. The next page is fetched when the
   * stream needs it, on the thread that reads it.
   *
   * <p>Of the pages before, nothing is kept but a digest of their tokens.
   *
   * @throws ProtocolException while reading, if Dfns hands out a page token a second time, or one
   *     of more than 8192 characters, or more than {@link #MAX_PAGES} pages
   */
  public Stream<E> stream() {
    Spliterator<P> spliterator =
        Spliterators.spliteratorUnknownSize(
            pages().iterator(), Spliterator.ORDERED | Spliterator.NONNULL);
    return StreamSupport.stream(spliterator, false).flatMap(page -> items.apply(page).stream());
  }

  /** This page and all that follow; each iterator starts anew. */
  public Iterable<P> pages() {
    return Pages::new;
  }

  @Override
  public String toString() {
    return "pages of " + operation;
  }

  private final class Pages implements Iterator<P> {
    private final Set<String> seen = new HashSet<>();
    private @Nullable Arguments next = arguments;

    @Override
    public boolean hasNext() {
      return next != null;
    }

    @Override
    public P next() {
      if (next == null) {
        throw new NoSuchElementException("There are no more pages of " + operation.name());
      }
      P page = call(next).execute();
      Optional<String> token = nextToken.apply(page);
      next = token.isPresent() ? follow(token.get()) : null;
      return page;
    }

    private Arguments follow(String token) {
      if (token.length() > MAX_TOKEN || seen.size() >= MAX_PAGES - 1) {
        throw new ProtocolException(
            "Dfns handed out "
                + (token.length() > MAX_TOKEN
                    ? "a page token of " + token.length() + " characters"
                    : "more than " + MAX_PAGES + " page tokens")
                + " of "
                + operation.name()
                + ", which is not followed");
      }
      if (!seen.add(Sha256.hex(token.getBytes(StandardCharsets.UTF_8)))) {
        throw new ProtocolException(
            "Dfns handed out a page token of "
                + operation.name()
                + " a second time; the pages would never end");
      }
      return arguments.replaceQuery(TOKEN, token);
    }
  }
}
