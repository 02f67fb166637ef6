package dev.countersign.call;

import dev.countersign.credential.CredentialSource;
import dev.countersign.json.JsonCodec;
import dev.countersign.rate.RateBudget;
import dev.countersign.rate.Timer;
import dev.countersign.transport.Hosts;
import dev.countersign.transport.Reply;
import dev.countersign.transport.Transport;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Runs calls against Dfns: freezes the request, has it signed where it must be, sends it, and says
 * honestly what happened.
 *
 * <p>Safe for use by several threads. It owns nothing that would have to be closed.
 */
public final class CallEngine implements Calls {

  /** How long a call may take unless told otherwise: 30 seconds over all its exchanges. */
  public static final Duration DEFAULT_DEADLINE = Duration.ofSeconds(30);

  private static final int TOO_MANY = 429;

  private final Transport transport;
  private final JsonCodec codec;
  private final CredentialSource credentials;
  private final URI apiUrl;
  private final Duration deadline;
  private final Executor executor;
  private final Clock clock;
  private final @Nullable CallListener listener;
  private final RetryPolicy retries;
  private final RetryTokens retryTokens;
  private final @Nullable RateBudget rate;
  private final Timer timer;
  private final RandomGenerator random;

  private CallEngine(Builder builder) {
    this.transport = set(builder.transport, "transport");
    this.codec = set(builder.codec, "codec");
    this.credentials = set(builder.credentials, "credentials");
    this.apiUrl = set(builder.apiUrl, "apiUrl");
    this.executor = set(builder.executor, "executor");
    this.deadline = builder.deadline;
    this.clock = builder.clock;
    this.listener = builder.listener;
    this.retries = builder.retries;
    this.retryTokens =
        builder.retryTokens != null ? builder.retryTokens : new RetryTokens(builder.retries);
    this.rate = builder.rate;
    this.timer = builder.timer;
    this.random = builder.random != null ? builder.random : new SecureRandom();
  }

  private static <V> V set(@Nullable V value, String name) {
    return Objects.requireNonNull(value, () -> "The call engine needs its " + name);
  }

  /** Starts an engine. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * {@inheritDoc}
   *
   * <p>The request is serialised here, once: what the arguments hold later does not matter. A body
   * that lacks the {@code externalId} by which Dfns recognises repeats gets one: {@link
   * Call#externalId()}.
   *
   * @throws IllegalArgumentException if the arguments do not fit the operation's path
   */
  @Override
  public <T> Call<T> prepare(Operation<T> operation, Arguments arguments) {
    return new PreparedCall<>(
        this, operation, FrozenRequests.freeze(operation, arguments, codec, random), deadline);
  }

  @Override
  public <T> FrozenCall<T> resume(Operation<T> operation, String frozen) {
    operation.requireUserAction();
    return new Resumed<>(this, operation, FrozenText.read(operation, frozen, codec), deadline);
  }

  @Override
  public CallEngine as(CredentialSource credentials) {
    return new Builder(this).credentials(credentials).build();
  }

  Transport transport() {
    return transport;
  }

  JsonCodec codec() {
    return codec;
  }

  CredentialSource credentials() {
    return credentials;
  }

  Executor executor() {
    return executor;
  }

  Clock clock() {
    return clock;
  }

  RetryPolicy retries() {
    return retries;
  }

  RetryTokens retryTokens() {
    return retryTokens;
  }

  @Nullable RateBudget rate() {
    return rate;
  }

  Timer timer() {
    return timer;
  }

  RandomGenerator random() {
    return random;
  }

  /** Has everybody who shares the budget wait when Dfns says that there are too many requests. */
  void heed(Reply reply) {
    if (reply.status() == TOO_MANY && rate != null) {
      rate.pause(ErrorReply.retryAfter(reply, clock));
    }
  }

  /** Tells the listener, if there is one; whatever it does with it, the call goes on. */
  void tell(Supplier<CallReport> report) {
    if (listener == null) {
      return;
    }
    try {
      listener.ended(report.get());
    } catch (RuntimeException | Error e) {
      Thread thread = Thread.currentThread();
      thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
    }
  }

  /** The address of a path of the API; a path in the API's own address stays in front. */
  URI resolve(String path, String query) {
    String base = apiUrl.toString();
    String prefix = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
    return URI.create(prefix + path + (query.isEmpty() ? "" : "?" + query));
  }

  @Override
  public String toString() {
    return "CallEngine(" + apiUrl + ")";
  }

  /** Collects what an engine needs. Not thread-safe. */
  public static final class Builder {
    private @Nullable Transport transport;
    private @Nullable JsonCodec codec;
    private @Nullable CredentialSource credentials;
    private @Nullable URI apiUrl;
    private @Nullable Executor executor;
    private Duration deadline = DEFAULT_DEADLINE;
    private Clock clock = Clock.systemUTC();
    private @Nullable CallListener listener;
    private RetryPolicy retries = RetryPolicy.standard();
    private @Nullable RetryTokens retryTokens;
    private @Nullable RateBudget rate;
    private Timer timer = Timer.system();
    private @Nullable RandomGenerator random;

    private Builder() {}

    private Builder(CallEngine engine) {
      this.transport = engine.transport;
      this.codec = engine.codec;
      this.credentials = engine.credentials;
      this.apiUrl = engine.apiUrl;
      this.executor = engine.executor;
      this.deadline = engine.deadline;
      this.clock = engine.clock;
      this.listener = engine.listener;
      this.retries = engine.retries;
      this.retryTokens = engine.retryTokens;
      this.rate = engine.rate;
      this.timer = engine.timer;
      this.random = engine.random;
    }

    /** Sets what carries requests; required. */
    public Builder transport(Transport transport) {
      this.transport = transport;
      return this;
    }

    /** Sets the JSON library; required. */
    public Builder codec(JsonCodec codec) {
      this.codec = codec;
      return this;
    }

    /** Sets who is calling; required. */
    public Builder credentials(CredentialSource credentials) {
      this.credentials = credentials;
      return this;
    }

    /**
     * Sets the address of Dfns, such as {@code https://api.dfns.io}; required.
     *
     * @throws IllegalArgumentException if it is not https, nor http to a loopback host, or has a
     *     query
     */
    public Builder apiUrl(URI apiUrl) {
      if (Hosts.requireSecure(apiUrl).getRawQuery() != null) {
        throw new IllegalArgumentException("The address of Dfns has no query: " + apiUrl.getHost());
      }
      this.apiUrl = apiUrl;
      return this;
    }

    /**
     * Sets what asynchronous calls sign and read on; required. Never the HTTP client's own
     * executor.
     */
    public Builder executor(Executor executor) {
      this.executor = executor;
      return this;
    }

    /**
     * Sets the deadline over a whole call, {@link #DEFAULT_DEADLINE} unless set.
     *
     * @throws IllegalArgumentException unless it is positive
     */
    public Builder deadline(Duration deadline) {
      this.deadline = Deadline.requirePositive(deadline);
      return this;
    }

    /** Sets the clock that errors are dated with; the system's unless set. */
    public Builder clock(Clock clock) {
      this.clock = clock;
      return this;
    }

    /** Sets who is told of calls when they have ended; nobody unless set. */
    public Builder listener(@Nullable CallListener listener) {
      this.listener = listener;
      return this;
    }

    /** Sets how often calls are tried again; {@link RetryPolicy#standard()} unless set. */
    public Builder retries(RetryPolicy retries) {
      this.retries = Objects.requireNonNull(retries, "retries");
      this.retryTokens = null;
      return this;
    }

    /** Sets what keeps calls under Dfns' rate limit; nothing unless set. */
    public Builder rate(@Nullable RateBudget rate) {
      this.rate = rate;
      return this;
    }

    /** Sets what deadlines and waits go by; the system's unless set. */
    public Builder timer(Timer timer) {
      this.timer = Objects.requireNonNull(timer, "timer");
      return this;
    }

    /**
     * Sets the randomness of {@code externalId}s and of waits; a {@link SecureRandom} unless set.
     * It is used by several threads at once, and two processes must not draw the same.
     */
    public Builder random(RandomGenerator random) {
      this.random = Objects.requireNonNull(random, "random");
      return this;
    }

    /** The engine. */
    public CallEngine build() {
      return new CallEngine(this);
    }
  }
}
