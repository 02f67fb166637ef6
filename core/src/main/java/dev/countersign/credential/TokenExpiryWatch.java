package dev.countersign.credential;

import dev.countersign.json.JsonCodec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Watches the tokens that a source gives and reports ahead of time when one expires, once a token.
 *
 * <p>There is no way to renew a token: a new service account, or a new token of it, has to be made
 * in time. A token that has expired is still used, as only the clock of Dfns counts.
 */
public final class TokenExpiryWatch implements CredentialSource {

  private final CredentialSource source;
  private final JsonCodec codec;
  private final Clock clock;
  private final Duration ahead;
  private final Consumer<Instant> report;
  private final AtomicReference<@Nullable Seen> seen = new AtomicReference<>();

  private TokenExpiryWatch(
      CredentialSource source,
      JsonCodec codec,
      Clock clock,
      Duration ahead,
      Consumer<Instant> report) {
    this.source = Objects.requireNonNull(source, "source");
    this.codec = Objects.requireNonNull(codec, "codec");
    this.clock = Objects.requireNonNull(clock, "clock");
    this.ahead = Objects.requireNonNull(ahead, "ahead");
    this.report = Objects.requireNonNull(report, "report");
  }

  /**
   * A source that gives what {@code source} gives.
   *
   * @param ahead how long before its expiry a token is reported
   * @param report gets the time of expiry, on the thread that makes the call; what it throws, the
   *     call throws
   */
  public static TokenExpiryWatch over(
      CredentialSource source,
      JsonCodec codec,
      Clock clock,
      Duration ahead,
      Consumer<Instant> report) {
    return new TokenExpiryWatch(source, codec, clock, ahead, report);
  }

  @Override
  public Credential current() {
    Credential credential = source.current();
    watch(credential);
    return credential;
  }

  @Override
  public CredentialUse use(CredentialUse.Purpose purpose) {
    CredentialUse use = source.use(purpose);
    try {
      watch(use.credential());
    } catch (RuntimeException e) {
      use.ended();
      throw e;
    }
    return use;
  }

  private void watch(Credential credential) {
    Seen before = seen.get();
    Seen now =
        before != null && before.token.equals(credential.token())
            ? before
            : Seen.first(credential.token(), codec);
    boolean due = now.isDue(clock.instant().plus(ahead));
    Seen after = due ? now.asReported() : now;
    if (before != after && seen.compareAndSet(before, after) && due) {
      report.accept(Objects.requireNonNull(now.expiry));
    }
  }

  /** When the token that the source gives now expires, if the token says. */
  public Optional<Instant> expiresAt() {
    return TokenClaims.read(source.current().token(), codec).expiresAt();
  }

  /** A token and whether its expiry was reported. */
  private static final class Seen {
    private final AccessToken token;
    private final @Nullable Instant expiry;
    private final boolean reported;

    private Seen(AccessToken token, @Nullable Instant expiry, boolean reported) {
      this.token = token;
      this.expiry = expiry;
      this.reported = reported;
    }

    static Seen first(AccessToken token, JsonCodec codec) {
      return new Seen(token, TokenClaims.read(token, codec).expiresAt().orElse(null), false);
    }

    boolean isDue(Instant horizon) {
      return expiry != null && !reported && !horizon.isBefore(expiry);
    }

    Seen asReported() {
      return new Seen(token, expiry, true);
    }
  }
}
