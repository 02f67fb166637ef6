package dev.countersign.http;

import dev.countersign.Dfns;
import dev.countersign.call.CallEngine;
import dev.countersign.call.CallListener;
import dev.countersign.call.RetryPolicy;
import dev.countersign.credential.CredentialSource;
import dev.countersign.credential.EnvironmentCredentials;
import dev.countersign.credential.TokenExpiryWatch;
import dev.countersign.error.ConfigurationException;
import dev.countersign.json.JsonCodec;
import dev.countersign.rate.Permits;
import dev.countersign.rate.RateBudget;
import dev.countersign.rate.TokenBucket;
import dev.countersign.transport.Transport;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Wires a {@link Dfns} by hand. Only the address and the credentials have to be given:
 *
 * <pre>{@code
 * Dfns dfns =
 *     DfnsBuilder.create().apiUrl(URI.create("https://api.dfns.io")).credentials(source).build();
 * }</pre>
 *
 * <p>What is built holds nothing that would have to be closed; signers stay their opener's. Not
 * thread-safe, but what it builds is.
 */
public final class DfnsBuilder {

  /** How many requests a minute a client sends unless told otherwise: 1000. */
  public static final int DEFAULT_LIMIT = 1000;

  private @Nullable URI apiUrl;
  private @Nullable CredentialSource credentials;
  private @Nullable Transport transport;
  private @Nullable JsonCodec codec;
  private @Nullable Executor executor;
  private @Nullable Consumer<Instant> expiryReport;
  private @Nullable CallListener listener;
  private Duration expiryNotice = Duration.ZERO;
  private Duration deadline = CallEngine.DEFAULT_DEADLINE;
  private Clock clock = Clock.systemUTC();
  private RetryPolicy retries = RetryPolicy.standard();
  private @Nullable RateBudget rate;

  private DfnsBuilder() {}

  /** Starts with nothing given. */
  public static DfnsBuilder create() {
    return new DfnsBuilder();
  }

  /**
   * Starts with address and credentials from environment variables, which stay the caller's to
   * close:
   *
   * <pre>{@code
   * var providers = SignerProviders.of(new PemSignerProvider());
   * try (var credentials = EnvironmentCredentials.read(System.getenv(), providers)) {
   *   Dfns dfns = DfnsBuilder.of(credentials).build();
   * }
   * }</pre>
   */
  public static DfnsBuilder of(EnvironmentCredentials environment) {
    return create().apiUrl(environment.apiUrl()).credentials(environment);
  }

  /**
   * Sets the address of Dfns, which differs by region; {@code https}, or {@code http} to this
   * machine.
   */
  public DfnsBuilder apiUrl(URI apiUrl) {
    this.apiUrl = Objects.requireNonNull(apiUrl, "apiUrl");
    return this;
  }

  /** Sets who is calling. */
  public DfnsBuilder credentials(CredentialSource credentials) {
    this.credentials = Objects.requireNonNull(credentials, "credentials");
    return this;
  }

  /**
   * Sets what carries the requests; a {@link JdkTransport} with its defaults unless set. Proxy,
   * connect timeout, reply limit and an own {@code HttpClient} are settings of that.
   */
  public DfnsBuilder transport(Transport transport) {
    this.transport = Objects.requireNonNull(transport, "transport");
    return this;
  }

  /** Sets the JSON library; a {@link JacksonCodec} unless set. */
  public DfnsBuilder codec(JsonCodec codec) {
    this.codec = Objects.requireNonNull(codec, "codec");
    return this;
  }

  /**
   * Sets what asynchronous calls sign on, as signing may block; a few daemon threads unless set. It
   * stays the caller's. Never the HTTP client's own.
   */
  public DfnsBuilder executor(Executor executor) {
    this.executor = Objects.requireNonNull(executor, "executor");
    return this;
  }

  /**
   * Sets the deadline over a whole call with all its exchanges; {@link CallEngine#DEFAULT_DEADLINE}
   * unless set, and {@code Call.within} for one call.
   */
  public DfnsBuilder deadline(Duration deadline) {
    this.deadline = Objects.requireNonNull(deadline, "deadline");
    return this;
  }

  /**
   * Has the expiry of the access token reported ahead of time, once a token; nobody is told unless
   * this is set. Dfns renews no token: somebody has to make a new one in time.
   *
   * @param notice how long before, such as 30 days
   * @param report gets the time of expiry, on the thread that makes a call
   */
  public DfnsBuilder onTokenExpiry(Duration notice, Consumer<Instant> report) {
    this.expiryNotice = Objects.requireNonNull(notice, "notice");
    this.expiryReport = Objects.requireNonNull(report, "report");
    return this;
  }

  /**
   * Sets who is told of each call when it has ended, for logs, metrics and audits; nobody unless
   * set.
   */
  public DfnsBuilder listener(CallListener listener) {
    this.listener = Objects.requireNonNull(listener, "listener");
    return this;
  }

  /**
   * Sets how often calls are tried again where that is safe; {@link RetryPolicy#standard()} unless
   * set.
   */
  public DfnsBuilder retries(RetryPolicy retries) {
    this.retries = Objects.requireNonNull(retries, "retries");
    return this;
  }

  /**
   * Sets where the permission to send requests comes from; unless set, a bucket of this client's
   * own with the {@value #DEFAULT_LIMIT} requests a minute that Dfns allows an organisation, of
   * which 100 may come at once (docs.dfns.co/api-reference/rate-limits). A signed call takes three.
   *
   * <p>A trial organisation has {@code TokenBucket.perMinute(100)}; several clients or processes of
   * one organisation share {@code Permits}, or have each a part of the limit. Sets {@link
   * #rate(RateBudget)} in one.
   */
  public DfnsBuilder permits(Permits permits) {
    return rate(RateBudget.over(permits));
  }

  /**
   * Sets the queue in front of the permits, for one that others share or look at, for a lane of it,
   * or for a fallback.
   */
  public DfnsBuilder rate(RateBudget rate) {
    this.rate = Objects.requireNonNull(rate, "rate");
    return this;
  }

  /** Sets the clock that errors are dated with; the system's unless set. */
  public DfnsBuilder clock(Clock clock) {
    this.clock = Objects.requireNonNull(clock, "clock");
    return this;
  }

  /**
   * The client.
   *
   * @throws ConfigurationException if the address or the credentials are missing
   * @throws IllegalArgumentException if the address is one that the token may not travel to, or the
   *     deadline is not positive
   */
  public Dfns build() {
    return Dfns.over(engine());
  }

  private CallEngine engine() {
    if (apiUrl == null) {
      throw new ConfigurationException(
          "There is no address of Dfns; set apiUrl to that of your region, such as"
              + " https://api.dfns.io");
    }
    if (credentials == null) {
      throw new ConfigurationException(
          "There is nothing to call Dfns with; set credentials, for example to"
              + " EnvironmentCredentials.read(…)");
    }
    JsonCodec json = codec != null ? codec : new JacksonCodec();
    CredentialSource source =
        expiryReport == null
            ? credentials
            : TokenExpiryWatch.over(credentials, json, clock, expiryNotice, expiryReport);
    return CallEngine.builder()
        .apiUrl(apiUrl)
        .credentials(source)
        .transport(transport != null ? transport : JdkTransport.builder().clock(clock).build())
        .codec(json)
        .executor(executor != null ? executor : DaemonThreads.signing())
        .deadline(deadline)
        .clock(clock)
        .listener(listener)
        .retries(retries)
        .rate(rate != null ? rate : RateBudget.over(TokenBucket.perMinute(DEFAULT_LIMIT)))
        .build();
  }
}
