package dev.countersign.call;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * One operation of the API: what all calls of it have in common. Immutable.
 *
 * @param <T> what Dfns answers
 */
public final class Operation<T> {

  /** A value in a path as {@link Arguments} encodes it; neither {@code .} nor {@code ..}. */
  private static final Pattern VALUE =
      Pattern.compile("(?!\\.{1,2}$)([A-Za-z0-9._~-]|%[0-9A-F]{2})+");

  private final String name;
  private final String method;
  private final String path;
  private final Security security;
  private final Answer<T> answer;
  private final boolean idempotent;

  private Operation(
      String name,
      String method,
      String path,
      Security security,
      Answer<T> answer,
      boolean idempotent) {
    this.name = Objects.requireNonNull(name, "name");
    this.method = Objects.requireNonNull(method, "method");
    this.path = Objects.requireNonNull(path, "path");
    this.security = Objects.requireNonNull(security, "security");
    this.answer = Objects.requireNonNull(answer, "answer");
    this.idempotent = idempotent;
  }

  /**
   * An operation.
   *
   * @param name its name in the API, such as {@code getWallet}
   * @param method the HTTP method in upper case
   * @param path the path with parameters in braces, such as <code>/wallets/{walletId}</code>
   */
  public static <T> Operation<T> of(
      String name, String method, String path, Security security, Answer<T> answer) {
    return new Operation<>(name, method, path, security, answer, false);
  }

  /**
   * The same, for an operation that Dfns carries out once for one {@code externalId} in the body,
   * however often the same body arrives (docs.dfns.co/api-reference/idempotency).
   */
  public Operation<T> idempotent() {
    return new Operation<>(name, method, path, security, answer, true);
  }

  /** Its name in the API. */
  public String name() {
    return name;
  }

  /** The HTTP method in upper case. */
  public String method() {
    return method;
  }

  /** The path with parameters in braces. */
  public String path() {
    return path;
  }

  /** What a call of it must carry. */
  public Security security() {
    return security;
  }

  /** How its answer is read. */
  public Answer<T> answer() {
    return answer;
  }

  /** Whether it can change nothing at Dfns: only then is a lost answer no more than that. */
  public boolean isRead() {
    return method.equals("GET");
  }

  /**
   * Whether Dfns recognises a repeat by the {@code externalId} in its body: transfers, transactions
   * and signatures. Only such a change is sent again when the answer was lost.
   */
  public boolean isIdempotent() {
    return idempotent;
  }

  /** Whether an encoded path is one of this operation's. */
  boolean matches(String encodedPath) {
    String[] template = path.split("/", -1);
    String[] actual = encodedPath.split("/", -1);
    boolean matches = template.length == actual.length;
    for (int i = 0; matches && i < template.length; i++) {
      matches =
          template[i].startsWith("{")
              ? VALUE.matcher(actual[i]).matches()
              : template[i].equals(actual[i]);
    }
    return matches;
  }

  /**
   * Makes sure that somebody has to sign.
   *
   * @throws IllegalStateException if nobody has to
   */
  void requireUserAction() {
    if (security != Security.USER_ACTION) {
      throw new IllegalStateException(name + " needs no user action; execute it");
    }
  }

  @Override
  public String toString() {
    return name + " " + method + " " + path;
  }

  /** What a call must carry. */
  public enum Security {
    /** Nothing: the operation is public, and no token is sent. */
    NONE,
    /** The access token. */
    TOKEN,
    /** The access token and a signed user action. */
    USER_ACTION
  }
}
