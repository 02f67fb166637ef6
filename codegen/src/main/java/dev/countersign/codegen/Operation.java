package dev.countersign.codegen;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An operation of the API.
 *
 * @param id its name
 * @param domain the domain it belongs to
 * @param method the HTTP method in upper case
 * @param path the path with parameters in braces
 * @param security what a call must carry
 * @param pathParameters in the order of the path
 * @param queryParameters in the description's order
 * @param body the JSON body, or null
 * @param file whether a file goes with the body
 * @param answer what it answers when it is done
 * @param awaiting what it answers with 202 while it awaits approval; null if it cannot
 * @param paginated whether it answers in pages
 * @param facts what else is known of it
 */
public record Operation(
    String id,
    String domain,
    String method,
    String path,
    Security security,
    List<Property> pathParameters,
    List<Property> queryParameters,
    @Nullable Type body,
    boolean file,
    Answer answer,
    @Nullable Type awaiting,
    boolean paginated,
    Facts facts) {

  /** What a call must carry. */
  public enum Security {
    /** Nothing. */
    NONE,
    /** The access token. */
    TOKEN,
    /** The access token and a signed user action. */
    USER_ACTION
  }

  /** What an operation answers. */
  public sealed interface Answer {

    /** Nothing to read. */
    record Nothing() implements Answer {}

    /** Text that is not JSON. */
    record Text() implements Answer {}

    /**
     * JSON.
     *
     * @param type of this type
     * @param orText or, if the content type says so, text
     */
    record Json(Type type, boolean orText) implements Answer {}
  }

  /**
   * What is known of an operation and only documented.
   *
   * @param permissions all are needed
   * @param conditionalPermissions needed on a condition
   * @param identities the kinds of identity that may call; null if unknown
   * @param policyActivity the kind of activity by which a policy can hold it, or null
   * @param idempotentBy the member of the body by which repeats are recognised, or null
   * @param deprecated whether it is on its way out
   */
  public record Facts(
      List<String> permissions,
      List<ConditionalPermission> conditionalPermissions,
      @Nullable List<String> identities,
      @Nullable String policyActivity,
      @Nullable String idempotentBy,
      boolean deprecated) {}

  /**
   * A permission that is needed only sometimes.
   *
   * @param permission its name
   * @param condition when, in words
   */
  public record ConditionalPermission(String permission, String condition) {}

  /** Whether it can answer 202, because a policy holds it. */
  boolean mayAwaitApproval() {
    return awaiting != null;
  }

  /** Whether a call without a query makes sense. */
  boolean queryIsOptional() {
    return queryParameters.stream().noneMatch(Property::required);
  }
}
