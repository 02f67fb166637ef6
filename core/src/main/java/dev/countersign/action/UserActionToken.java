package dev.countersign.action;

import dev.countersign.credential.Secret;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonType;
import dev.countersign.json.JsonView;

/** What a redeemed challenge gives: lets exactly one request pass. */
public final class UserActionToken extends JsonView {

  /** The header it travels in. */
  public static final String HEADER = "X-DFNS-USERACTION";

  private UserActionToken(JsonObject json) {
    super(json);
  }

  /** The answer of {@code POST /auth/action}. */
  public static UserActionToken of(JsonObject json) {
    return new UserActionToken(json);
  }

  /** The token. */
  public Secret value() {
    return Secret.of(required("userAction", JsonType.STRING));
  }
}
