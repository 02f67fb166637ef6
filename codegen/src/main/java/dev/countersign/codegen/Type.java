package dev.countersign.codegen;

import java.util.List;

/** What a value is, as the description says it. */
public sealed interface Type {

  /** A value without parts. */
  enum Scalar implements Type {
    /** Text. */
    STRING,
    /** True or false. */
    BOOLEAN,
    /** A whole number. */
    INTEGER,
    /** A number. */
    NUMBER,
    /** A point in time, as ISO 8601 text. */
    INSTANT
  }

  /** A value of which little or nothing is said. */
  enum Free implements Type {
    /** Anything. */
    ANY,
    /** Any object. */
    OBJECT
  }

  /**
   * A value of a named schema.
   *
   * @param schema the schema's name
   */
  record Ref(String schema) implements Type {}

  /**
   * An array.
   *
   * @param element what stands in it
   */
  record ListOf(Type element) implements Type {}

  /**
   * An object with free member names.
   *
   * @param value what the members are
   */
  record MapOf(Type value) implements Type {}

  /**
   * One of several, told apart by their JSON type.
   *
   * @param alternatives at least two
   */
  record Mixed(List<Type> alternatives) implements Type {}
}
