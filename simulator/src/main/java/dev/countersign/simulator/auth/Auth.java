package dev.countersign.simulator.auth;

import dev.countersign.simulator.call.Behaviour;
import java.util.HashMap;
import java.util.Map;

/** The operations of this package. */
public final class Auth {

  private Auth() {}

  /** By the operation's name. */
  public static Map<String, Behaviour> behaviours() {
    Map<String, Behaviour> all = new HashMap<>();
    all.put("createUserActionChallenge", Challenges::forUserAction);
    all.put("createUserActionSignature", Assertions::complete);
    all.putAll(Credentials.behaviours());
    all.putAll(PersonalAccessTokens.behaviours());
    all.putAll(ServiceAccounts.behaviours());
    all.putAll(Users.behaviours());
    return Map.copyOf(all);
  }
}
