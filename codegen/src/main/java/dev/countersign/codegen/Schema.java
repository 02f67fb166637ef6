package dev.countersign.codegen;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A named schema of the description. */
public sealed interface Schema {

  /** Its name. */
  String name();

  /** The domain it belongs to. */
  String domain();

  /**
   * An object with named members.
   *
   * @param properties its members, in the description's order
   */
  record ObjectSchema(String name, String domain, List<Property> properties) implements Schema {}

  /**
   * Text out of a list.
   *
   * @param values the known values, in the description's order
   * @param superseded the values that are old spellings, each with the one that took its place
   */
  record EnumSchema(String name, String domain, List<String> values, Map<String, String> superseded)
      implements Schema {}

  /**
   * One of several objects.
   *
   * @param discriminator the member that tells which, or null if there is none
   * @param mapping the discriminator's values and the variants they stand for; empty without one
   * @param variants the names of the object schemas, in the description's order, none twice
   * @param anyObject whether any other object is allowed too
   * @param text whether a string is allowed too
   */
  record UnionSchema(
      String name,
      String domain,
      @Nullable String discriminator,
      Map<String, String> mapping,
      List<String> variants,
      boolean anyObject,
      boolean text)
      implements Schema {}
}
