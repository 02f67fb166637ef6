package dev.countersign.call;

import dev.countersign.credential.CredentialSource;
import dev.countersign.json.JsonCodec;
import dev.countersign.transport.Hosts;
import dev.countersign.transport.Transport;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
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

  private final Transport transport;
  private final JsonCodec codec;
  private final CredentialSource credentials;
  private final URI apiUrl;
  private final Duration deadline;
  private final Executor executor;
  private final Clock clock;
  private final @Nullable CallListener listener;

  private CallEngine(Builder builder) {
    this.transport = set(builder.transport, "transport");
    this.codec = set(builder.codec, "codec");
    this.credentials = set(builder.credentials, "credentials");
    this.apiUrl = set(builder.apiUrl, "apiUrl");
    this.executor = set(builder.executor, "executor");
    this.deadline = builder.deadline;
    this.clock = builder.clock;
    this.listener = builder.listener;
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
   * <p>The request is serialised here, once: what the arguments hold later does not matter.
   *
   * @throws IllegalArgumentException if the arguments do not fit the operation's path
   */
  @Override
  public <T> Call<T> prepare(Operation<T> operation, Arguments arguments) {
    return new PreparedCall<>(
        this, operation, FrozenRequests.freeze(operation, arguments, codec), deadline);
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

  /** Tells the listener, if there is one; whatever it does with it, the call goes on. */
  void tell(Supplier<CallReport> report) {
    if (listener == null) {
      return;
    }
    try {
      listener.ended(report.get());
    } catch (RuntimeException e) {
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

    /** The engine. */
    public CallEngine build() {
      return new CallEngine(this);
    }
  }
}
