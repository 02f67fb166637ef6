package dev.countersign.call;

import dev.countersign.action.UserAction;
import dev.countersign.action.UserActionToken;
import dev.countersign.credential.Credential;
import org.jspecify.annotations.Nullable;

/** A request with all that lets it pass, once. */
final class Pass {

  private final UserAction action;
  private final @Nullable Credential credential;
  private final @Nullable UserActionToken token;

  private Pass(
      UserAction action, @Nullable Credential credential, @Nullable UserActionToken token) {
    this.action = action;
    this.credential = credential;
    this.token = token;
  }

  /** For what is public. */
  static Pass none(UserAction action) {
    return new Pass(action, null, null);
  }

  /** For what is not signed. */
  static Pass token(UserAction action, Credential credential) {
    return new Pass(action, credential, null);
  }

  static Pass signed(UserAction action, Credential credential, UserActionToken token) {
    return new Pass(action, credential, token);
  }

  UserAction action() {
    return action;
  }

  @Nullable Credential credential() {
    return credential;
  }

  @Nullable UserActionToken token() {
    return token;
  }
}
