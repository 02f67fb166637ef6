package dev.countersign.simulator.scenario;

import dev.countersign.simulator.auth.IssuedToken;
import java.security.KeyPair;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A person or service account of a scenario, with a token. Does not print it. Immutable. */
public final class Member {

  private final String name;
  private final IssuedToken token;
  private final @Nullable KeyPair pair;

  Member(String name, IssuedToken token, MemberKey key) {
    this.name = name;
    this.token = token;
    this.pair = key.pair().orElse(null);
  }

  /** The name in the scenario. */
  public String name() {
    return name;
  }

  /** The token, which is new. */
  public IssuedToken token() {
    return token;
  }

  /** Both halves of the key, if they were generated. */
  public Optional<KeyPair> keys() {
    return Optional.ofNullable(pair);
  }

  String userId() {
    return token.token().text("linkedUserId");
  }
}
