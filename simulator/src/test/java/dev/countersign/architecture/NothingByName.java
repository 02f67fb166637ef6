package dev.countersign.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Rule 11: what embedders run finds no class, member or file by its name at run time, so that a
 * native image holds all of it. The two exceptions are named here.
 */
final class NothingByName {

  /** Looks up its version; the file is in the jar's reachability metadata. */
  private static final String VERSION = "dev.countersign.http.UserAgent";

  /** Opt-in, and a native image knows what the services files name. */
  private static final String DISCOVERY = "dev.countersign.signing.SignerProviders";

  /** What looks things up by name; an empty set stands for every method. */
  private static final Map<String, Set<String>> LOOKUPS =
      Map.of(
          "java.lang.Class",
          Set.of(
              "forName",
              "newInstance",
              "getConstructor",
              "getConstructors",
              "getDeclaredClasses",
              "getDeclaredConstructor",
              "getDeclaredConstructors",
              "getDeclaredField",
              "getDeclaredFields",
              "getDeclaredMethod",
              "getDeclaredMethods",
              "getField",
              "getFields",
              "getMethod",
              "getMethods",
              "getRecordComponents",
              "getResource",
              "getResourceAsStream"),
          "java.lang.ClassLoader",
          Set.of(),
          "java.lang.Module",
          Set.of("getResourceAsStream"),
          "java.lang.invoke.MethodHandles",
          Set.of("lookup", "privateLookupIn", "publicLookup"),
          "java.lang.invoke.MethodHandles$Lookup",
          Set.of(),
          "java.util.ResourceBundle",
          Set.of(),
          "java.util.ServiceLoader",
          Set.of());

  private NothingByName() {}

  static List<ArchRule> rules() {
    return List.of(
        noClasses()
            .that(areRunByEmbedders())
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.lang.reflect..", "sun..", "jdk.."),
        noClasses()
            .that(areRunByEmbedders())
            .should()
            .dependOnClassesThat()
            .haveNameMatching("java\\.io\\.Object(Input|Output)Stream(\\$.*)?"),
        noClasses().that(areRunByEmbedders()).should().accessTargetWhere(looksUpByName()));
  }

  /** All but the simulator, and but Guice, which no native image has. */
  private static DescribedPredicate<JavaClass> areRunByEmbedders() {
    String[] rooms =
        Stream.concat(Arrays.stream(House.core()), Stream.of(House.HTTP, House.PEM, House.HSM))
            .toArray(String[]::new);
    return DescribedPredicate.describe(
        "embedders run",
        type ->
            JavaClass.Predicates.resideInAnyPackage(rooms).test(type)
                && !type.getSimpleName().endsWith("Module"));
  }

  private static DescribedPredicate<JavaAccess<?>> looksUpByName() {
    return DescribedPredicate.describe(
        "something is looked up by its name",
        access -> {
          String owner = access.getTargetOwner().getName();
          Set<String> names = LOOKUPS.get(owner);
          return names != null
              && (names.isEmpty() || names.contains(access.getName()))
              && !isException(access.getOriginOwner().getName(), access);
        });
  }

  private static boolean isException(String origin, JavaAccess<?> access) {
    String method = access.getOrigin().getName();
    return switch (origin) {
      case VERSION -> method.equals("version") && access.getName().equals("getResourceAsStream");
      case DISCOVERY ->
          method.equals("discover") && access.getTargetOwner().getName().endsWith("ServiceLoader");
      default -> false;
    };
  }
}
