package dev.countersign.credential;

import dev.countersign.signing.Signer;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one call is made with: a token and, for calls that change something, a registered key.
 * Immutable; never prints the token.
 *
 * <p>The signer belongs to whoever opened it and is not closed here.
 */
public final class Credential {

  private final AccessToken token;
  private final @Nullable Key key;

  private Credential(AccessToken token, @Nullable Key key) {
    this.token = Objects.requireNonNull(token, "token");
    this.key = key;
  }

  /** A token alone: enough to read, and for calls that somebody else signs. */
  public static Credential of(AccessToken token) {
    return new Credential(token, null);
  }

  /** A token with the id under which Dfns knows the signer's public key. */
  public static Credential of(AccessToken token, CredentialId id, Signer signer) {
    return new Credential(token, new Key(id, signer));
  }

  /** The token. */
  public AccessToken token() {
    return token;
  }

  /** The registered key, if there is one. */
  public Optional<Key> key() {
    return Optional.ofNullable(key);
  }

  @Override
  public String toString() {
    return "Credential(" + (key == null ? "token only" : key) + ")";
  }

  /** A key that is registered at Dfns. */
  public static final class Key {
    private final CredentialId id;
    private final Signer signer;

    private Key(CredentialId id, Signer signer) {
      this.id = Objects.requireNonNull(id, "id");
      this.signer = Objects.requireNonNull(signer, "signer");
    }

    /** The id under which Dfns knows it. */
    public CredentialId id() {
      return id;
    }

    /** What signs with it. */
    public Signer signer() {
      return signer;
    }

    @Override
    public String toString() {
      return id + ", " + signer.algorithm().label();
    }
  }
}
