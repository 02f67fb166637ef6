package dev.countersign.codegen;

import com.palantir.javapoet.CodeBlock;
import java.util.ArrayList;
import java.util.List;

/** What is said of a property in Javadoc. */
final class PropertyDoc {

  private static final int NAMED_VALUES = 12;

  private PropertyDoc() {}

  /** The accessor's comment. */
  static CodeBlock accessor(Property property) {
    return comment("{@code " + property.name() + "}", property);
  }

  /** The comment of an accessor that all variants of a union have. */
  static CodeBlock shared(Property property) {
    CodeBlock doc = accessor(property);
    return property.alwaysThere()
        ? CodeBlock.of(
            "$L$L",
            doc,
            "\n@throws dev.countersign.error.ProtocolException if an unknown variant lacks it\n")
        : doc;
  }

  /** The setter's comment. */
  static CodeBlock setter(Property property) {
    return comment("Sets {@code " + property.name() + "}", property);
  }

  private static CodeBlock comment(String start, Property property) {
    String facts = String.join("; ", facts(property));
    CodeBlock.Builder doc = CodeBlock.builder();
    doc.add("$L.\n", facts.isEmpty() ? start : start + ": " + facts);
    if (property.deprecated()) {
      doc.add("\n@deprecated Dfns is going to drop it.\n");
    }
    return doc.build();
  }

  private static List<String> facts(Property property) {
    List<String> facts = new ArrayList<>();
    if (property.constant() != null) {
      facts.add("always {@code " + property.constant() + "}");
    }
    facts.add(property.required() ? "required" : "optional");
    if (property.nullable()) {
      facts.add("can be null");
    }
    if (property.readOnly()) {
      facts.add("set by Dfns only");
    }
    if (property.type() instanceof Type.Mixed mixed) {
      facts.add(alternatives(mixed));
    }
    Constraints constraints = property.constraints();
    if (constraints.pattern() != null) {
      facts.add("matches {@code " + constraints.pattern() + "}");
    }
    if (constraints.elementPattern() != null) {
      facts.add("each matches {@code " + constraints.elementPattern() + "}");
    }
    if (constraints.length() != null) {
      facts.add(constraints.length().of("character"));
    }
    if (constraints.size() != null) {
      facts.add(constraints.size().of("element"));
    }
    if (constraints.range() != null) {
      facts.add(constraints.range().toString());
    }
    if (!property.narrowed().isEmpty()) {
      facts.add("one of " + values(property.narrowed()));
    }
    return facts;
  }

  private static String alternatives(Type.Mixed mixed) {
    List<String> names = new ArrayList<>();
    for (Type type : mixed.alternatives()) {
      names.add(
          type == Type.Scalar.STRING
              ? "a string"
              : type == Type.Scalar.INTEGER ? "an integer" : "an object");
    }
    return String.join(" or ", names);
  }

  private static String values(List<String> values) {
    int shown = values.size() > NAMED_VALUES ? NAMED_VALUES - 1 : values.size();
    String text = "{@code " + String.join("}, {@code ", values.subList(0, shown)) + "}";
    return shown == values.size() ? text : text + " and " + (values.size() - shown) + " more";
  }
}
