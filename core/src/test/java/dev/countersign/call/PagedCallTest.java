package dev.countersign.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.error.ProtocolException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Reading lists page by page. */
class PagedCallTest {

  /** Pages by the query that asks for them: what is on it, and the token of the next. */
  private final Map<String, List<String>> pages =
      Map.of(
          "limit=2", List.of("a", "b", "t1"),
          "limit=2&paginationToken=t1", List.of("t2"),
          "limit=2&paginationToken=t2", List.of("c"));

  private final Map<String, List<String>> endless =
      Map.of(
          "limit=2", List.of("a", "t1"),
          "limit=2&paginationToken=t1", List.of("b", "t2"),
          "limit=2&paginationToken=t2", List.of("c", "t1"));

  private final List<String> asked = new ArrayList<>();
  private final List<Duration> deadlines = new ArrayList<>();

  private PagedCall<NoContent, String> list(Map<String, List<String>> answers) {
    // the page itself is what was asked last
    return PagedCall.of(
        (OnlyPrepares) this::prepare,
        Operation.of("listThings", "GET", "/things", Operation.Security.TOKEN, Answer.nothing()),
        Arguments.none().query("limit", "2"),
        page -> answers.get(last()).stream().filter(entry -> !isToken(entry)).toList(),
        page -> answers.get(last()).stream().filter(PagedCallTest::isToken).findFirst());
  }

  private static boolean isToken(String entry) {
    return entry.startsWith("t");
  }

  private String last() {
    return asked.get(asked.size() - 1);
  }

  @SuppressWarnings("unchecked") // the one operation here answers nothing
  private <T> Call<T> prepare(Operation<T> operation, Arguments arguments) {
    return (Call<T>) new Asking(arguments.encodedQuery());
  }

  @Test
  void allPagesAreStreamedInTheirOrderAnEmptyOneToo() {
    assertThat(list(pages).stream()).containsExactly("a", "b", "c");
    assertThat(asked)
        .containsExactly("limit=2", "limit=2&paginationToken=t1", "limit=2&paginationToken=t2");
  }

  @Test
  void aPageIsFetchedOnlyWhenItIsNeeded() {
    assertThat(list(pages).stream().limit(2)).containsExactly("a", "b");
    assertThat(asked).containsExactly("limit=2");
  }

  @Test
  void asACallItGivesOnePage() {
    assertThat(list(pages).execute()).isEqualTo(NoContent.DONE);
    assertThat(asked).containsExactly("limit=2");
  }

  @Test
  void aTokenThatComesBackIsAnErrorAndNotALoop() {
    List<String> read = new ArrayList<>();

    assertThatThrownBy(() -> list(endless).stream().forEach(read::add))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("listThings")
        .hasMessageContaining("a second time");
    assertThat(asked).hasSize(3);
  }

  /** Pages with an entry each, and a token of the next one. */
  private PagedCall<NoContent, String> endless(Supplier<String> tokens) {
    return PagedCall.of(
        (OnlyPrepares) this::answerNothing,
        Operation.of("listThings", "GET", "/things", Operation.Security.TOKEN, Answer.nothing()),
        Arguments.none(),
        page -> List.of("a"),
        page -> Optional.of(tokens.get()));
  }

  @Test
  void pagesThatNeverEndAreGivenUpAndTakeNoMemory() {
    AtomicInteger count = new AtomicInteger();
    PagedCall<NoContent, String> list = endless(() -> "t" + count.incrementAndGet());

    assertThatThrownBy(() -> list.stream().forEach(entry -> {}))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("more than 100000 page tokens of listThings");
    assertThat(count).hasValue(PagedCall.MAX_PAGES);
  }

  @Test
  void aTokenThatNoAddressCouldHoldIsNotFollowed() {
    PagedCall<NoContent, String> list = endless(() -> "t".repeat(8193));

    assertThatThrownBy(() -> list.stream().forEach(entry -> {}))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("8193 characters");
  }

  @SuppressWarnings("unchecked") // the one operation here answers nothing
  private <T> Call<T> answerNothing(Operation<T> operation, Arguments arguments) {
    asked.clear();
    return (Call<T>) new Asking("");
  }

  @Test
  void eachIteratorStartsAnew() {
    Iterable<NoContent> all = list(pages).pages();

    assertThat(all).hasSize(3);
    assertThat(all).hasSize(3);
    assertThat(asked).hasSize(6);
  }

  @Test
  void anIteratorThatIsThroughSaysSo() {
    Iterator<NoContent> iterator = list(pages).pages().iterator();
    iterator.forEachRemaining(page -> {});

    assertThat(iterator.hasNext()).isFalse();
    assertThatThrownBy(iterator::next)
        .isInstanceOf(NoSuchElementException.class)
        .hasMessageContaining("listThings");
  }

  @Test
  void thePageSizeIsForEachPageAndKeepsTheRestOfTheQuery() {
    Map<String, List<String>> sized =
        Map.of("limit=7", List.of("a", "t1"), "limit=7&paginationToken=t1", List.of("b"));

    assertThat(list(sized).pageSize(7).stream()).containsExactly("a", "b");
  }

  @Test
  void aPageHoldsAtLeastOne() {
    assertThatThrownBy(() -> list(pages).pageSize(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A page holds at least one, not 0");
  }

  @Test
  void aDeadlineIsForEachPage() {
    assertThat(list(pages).within(Duration.ofSeconds(3)).stream()).hasSize(3);
    assertThat(deadlines)
        .containsExactly(Duration.ofSeconds(3), Duration.ofSeconds(3), Duration.ofSeconds(3));
  }

  /** A call that notes what it was asked for. */
  private final class Asking implements Call<NoContent> {
    private final String query;

    Asking(String query) {
      this.query = query;
    }

    @Override
    public NoContent execute() {
      asked.add(query);
      return NoContent.DONE;
    }

    @Override
    public CompletableFuture<NoContent> executeAsync() {
      return CompletableFuture.completedFuture(execute());
    }

    @Override
    public String freeze() {
      throw new IllegalStateException("A list needs no user action");
    }

    @Override
    public DelegatedCall<NoContent> begin() {
      throw new IllegalStateException("A list needs no user action");
    }

    @Override
    public CompletableFuture<DelegatedCall<NoContent>> beginAsync() {
      throw new IllegalStateException("A list needs no user action");
    }

    @Override
    public Call<NoContent> within(Duration deadline) {
      deadlines.add(deadline);
      return this;
    }
  }
}
