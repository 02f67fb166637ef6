package dev.countersign.credential;

import dev.countersign.error.ProtocolException;
import dev.countersign.json.JsonCodec;
import dev.countersign.json.JsonNumber;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonString;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * What an access token says of itself, read without checking its signature: for information, never
 * to decide who somebody is.
 *
 * <p>A Dfns token is a JWT with the observed claims {@code exp}, {@code sub} (the organisation) and
 * {@code https://custom/app_metadata}. Dfns documents none of them, so all may be absent.
 */
public final class TokenClaims {

  private final JsonObject claims;

  private TokenClaims(JsonObject claims) {
    this.claims = claims;
  }

  /** The claims of a token; none at all if it is no JWT. */
  public static TokenClaims read(AccessToken token, JsonCodec codec) {
    String[] parts = token.reveal().split("\\.", -1);
    try {
      return parts.length == 3
              && codec.parse(Base64.getUrlDecoder().decode(parts[1])) instanceof JsonObject claims
          ? new TokenClaims(claims)
          : new TokenClaims(JsonObject.empty());
    } catch (IllegalArgumentException | ProtocolException e) {
      return new TokenClaims(JsonObject.empty());
    }
  }

  /** When the token expires ({@code exp}). */
  public Optional<Instant> expiresAt() {
    if (!(claims.get("exp") instanceof JsonNumber seconds)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Instant.ofEpochSecond(seconds.longValue()));
    } catch (ArithmeticException | DateTimeException e) {
      return Optional.empty();
    }
  }

  /** The id of the organisation, {@code or-…}. */
  public Optional<String> organisationId() {
    return metadata("orgId");
  }

  /** The id of the user or service account, {@code us-…}. */
  public Optional<String> userId() {
    return metadata("userId");
  }

  private Optional<String> metadata(String name) {
    return claims.get("https://custom/app_metadata") instanceof JsonObject metadata
            && metadata.get(name) instanceof JsonString text
        ? Optional.of(text.value())
        : Optional.empty();
  }

  @Override
  public String toString() {
    return "TokenClaims(expires " + expiresAt().map(Instant::toString).orElse("not said") + ")";
  }
}
