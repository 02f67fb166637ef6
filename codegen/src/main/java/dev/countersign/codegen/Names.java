package dev.countersign.codegen;

import com.palantir.javapoet.ClassName;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import javax.lang.model.SourceVersion;

/** How names of the API become names in Java. */
final class Names {

  static final String ROOT = "dev.countersign";
  static final String API = ROOT + ".api";

  /** What a view or a builder has already. */
  private static final Set<String> TAKEN =
      Set.of(
          "build",
          "builder",
          "checked",
          "clone",
          "equals",
          "finalize",
          "getClass",
          "has",
          "hashCode",
          "json",
          "notify",
          "notifyAll",
          "of",
          "optional",
          "optionalList",
          "optionalMap",
          "required",
          "requiredList",
          "requiredMap",
          "set",
          "setList",
          "setMap",
          "toBuilder",
          "toString",
          "wait",
          "with");

  private static final Pattern NO_LETTER_OR_DIGIT = Pattern.compile("[^A-Za-z0-9]+");
  private static final Pattern WORD_BOUNDARY =
      Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");

  private Names() {}

  /** A schema's class. */
  static ClassName type(Schema schema) {
    return type(schema.domain(), schema.name());
  }

  /** A class of a domain. */
  static ClassName type(String domain, String name) {
    if (!SourceVersion.isName(name) || !Character.isUpperCase(name.charAt(0))) {
      throw new DescriptionException(name, "this cannot be the name of a Java class");
    }
    return ClassName.get(packageOf(domain), name);
  }

  /** A domain's package; what domains share stands above them. */
  static String packageOf(String domain) {
    return domain.equals(Description.SHARED) ? API : API + "." + domain.toLowerCase(Locale.ROOT);
  }

  /** An accessor, setter, factory or parameter: {@code ed25519-start} is {@code ed25519Start}. */
  static String member(String name) {
    StringBuilder member = new StringBuilder();
    for (String part : NO_LETTER_OR_DIGIT.splitAsStream(name).toList()) {
      member.append(member.isEmpty() ? uncapitalised(part) : capitalised(part));
    }
    return identifier(name, member.toString());
  }

  /** A constant: {@code EthereumSepolia} is {@code ETHEREUM_SEPOLIA}. */
  static String constant(String value) {
    if (value.equals("*")) {
      return "ALL";
    }
    String words = NO_LETTER_OR_DIGIT.matcher(value).replaceAll("_");
    String constant = WORD_BOUNDARY.matcher(words).replaceAll("_").replaceAll("_+", "_");
    return identifier(value, constant.toUpperCase(Locale.ROOT));
  }

  /** The same without words, for a value whose words are another's. */
  static String constantWithoutWords(String value) {
    return identifier(
        value, NO_LETTER_OR_DIGIT.matcher(value).replaceAll("_").toUpperCase(Locale.ROOT));
  }

  /** With a capital first letter. */
  static String capitalised(String name) {
    return name.isEmpty()
        ? name
        : name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
  }

  /** With a small first letter. */
  static String uncapitalised(String name) {
    return name.isEmpty()
        ? name
        : name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
  }

  private static String identifier(String original, String candidate) {
    if (candidate.isEmpty() || candidate.equals("_")) {
      throw new DescriptionException("'" + original + "'", "this cannot be a name in Java");
    }
    if (Character.isDigit(candidate.charAt(0))) {
      return "_" + candidate;
    }
    return SourceVersion.isKeyword(candidate) || TAKEN.contains(candidate)
        ? candidate + "_"
        : candidate;
  }
}
