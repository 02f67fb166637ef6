package dev.countersign.call;

import java.util.Objects;

/**
 * One operation of the API: what all calls of it have in common. Immutable.
 *
 * @param <T> what Dfns answers
 */
public final class Operation<T> {

  private final String name;
  private final String method;
  private final String path;
  private final Security security;
  private final Answer<T> answer;

  private Operation(String name, String method, String path, Security security, Answer<T> answer) {
    this.name = Objects.requireNonNull(name, "name");
    this.method = Objects.requireNonNull(method, "method");
    this.path = Objects.requireNonNull(path, "path");
    this.security = Objects.requireNonNull(security, "security");
    this.answer = Objects.requireNonNull(answer, "answer");
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
    return new Operation<>(name, method, path, security, answer);
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
