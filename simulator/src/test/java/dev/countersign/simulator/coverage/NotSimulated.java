package dev.countersign.simulator.coverage;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/** The operations that nobody can call yet, until somebody writes them. */
final class NotSimulated {

  /** Answered with 501. */
  static final Set<String> YET =
      Set.of(
          "archiveUser",
          "createCredentialChallengeWithCode",
          "createCredentialCode",
          "createCredentialWithCode",
          "createDelegatedRecoveryChallenge",
          "createLoginChallenge",
          "createRecoveryChallenge",
          "createRegistrationChallenge",
          "createUser",
          "inviteTenantUser",
          "login",
          "logout",
          "resendRegistrationCode",
          "sendLoginCode",
          "sendRecoveryCode",
          "updateUser");

  /** Answered with 401: they take a temporary token, which nobody issues. */
  static final Set<String> WITHOUT_TOKEN = Set.of("recover");

  private NotSimulated() {}

  static boolean is(String operation) {
    return YET.contains(operation) || WITHOUT_TOKEN.contains(operation);
  }

  /** All of them, sorted. */
  static Set<String> all() {
    Set<String> all = new TreeSet<>(YET);
    all.addAll(WITHOUT_TOKEN);
    return Collections.unmodifiableSet(all);
  }
}
