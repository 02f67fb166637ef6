package dev.countersign.codegen;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A member of an object, or a query parameter.
 *
 * @param name its name in JSON
 * @param type what it is
 * @param required whether it is always there
 * @param nullable whether it may be null
 * @param readOnly whether only Dfns sets it
 * @param deprecated whether it is on its way out
 * @param secret whether it must not be seen
 * @param constant its only value, a String, Boolean or Long, or null
 * @param narrowed the values of its enumeration that may stand here; empty: all
 * @param constraints what is demanded of it beyond its type
 */
public record Property(
    String name,
    Type type,
    boolean required,
    boolean nullable,
    boolean readOnly,
    boolean deprecated,
    boolean secret,
    @Nullable Object constant,
    List<String> narrowed,
    Constraints constraints) {

  /** Whether a reader can rely on a value. */
  public boolean alwaysThere() {
    return required && !nullable;
  }

  /** Whether the value is given by the description. */
  boolean isFixed() {
    return constant != null && alwaysThere();
  }

  Property readOnlyAndOptional() {
    return new Property(
        name, type, false, nullable, true, deprecated, secret, constant, narrowed, constraints);
  }
}
