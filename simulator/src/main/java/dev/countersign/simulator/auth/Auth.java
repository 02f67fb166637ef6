package dev.countersign.simulator.auth;

import dev.countersign.simulator.call.Behaviour;
import java.util.HashMap;
import java.util.Map;

/** The operations of this package. */
public final class Auth {

  private Auth() {}

  /**
   * By the operation's name.
   *
   * @param createWallet what makes a wallet
   */
  public static Map<String, Behaviour> behaviours(Behaviour createWallet) {
    Map<String, Behaviour> all = new HashMap<>();
    all.put("createUserActionChallenge", Challenges::forUserAction);
    all.put("createUserActionSignature", Assertions::complete);
    all.putAll(Credentials.behaviours());
    all.putAll(CodedCredentials.behaviours());
    all.putAll(Recovery.behaviours());
    all.putAll(Login.behaviours());
    all.putAll(PersonalAccessTokens.behaviours());
    all.putAll(new Registration(createWallet).behaviours());
    all.putAll(ServiceAccounts.behaviours());
    all.putAll(Users.behaviours());
    return Map.copyOf(all);
  }
}
