package dev.countersign.codegen;

import com.palantir.javapoet.ClassName;

/** Links in Javadoc, by full names: generated classes import nothing for their comments. */
final class Links {

  private Links() {}

  /** To an operation's method. */
  static String to(Operation operation) {
    return link(ApiWriter.interfaceOf(operation.domain()), "#" + operation.id(), operation.id());
  }

  /** To a schema's class. */
  static String to(Schema schema) {
    return link(Names.type(schema), "", schema.name());
  }

  private static String link(ClassName type, String member, String text) {
    return "{@link " + type.canonicalName() + member + " " + text + "}";
  }
}
