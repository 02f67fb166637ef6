package dev.countersign.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import dev.countersign.error.DfnsException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The rules of the house, as numbered in ARCHITECTURE.md. Rule 0 and rule 6 are tests of their own.
 */
final class HouseRules {

  private HouseRules() {}

  /** Each rule by its number, as the parts it is checked in. */
  static Map<Integer, List<ArchRule>> all() {
    Map<Integer, List<ArchRule>> rules = new LinkedHashMap<>();
    rules.put(1, coreStandsAlone());
    rules.put(2, adaptersDoNotKnowEachOther());
    rules.put(3, noCycles());
    rules.put(4, librariesStayInTheirRooms());
    rules.put(5, generatedTypesKnowOnlyTheirGround());
    rules.put(7, exceptionsAreOurs());
    rules.put(8, everythingIsFinal());
    rules.put(9, recordsHoldNoSecrets());
    rules.put(10, markedAndSilent());
    rules.put(11, NothingByName.rules());
    return rules;
  }

  private static List<ArchRule> coreStandsAlone() {
    List<ArchRule> rules = new ArrayList<>();
    rules.add(
        classes()
            .that()
            .resideInAnyPackage(House.core())
            .should()
            .onlyDependOnClassesThat(
                resideInAnyPackage(House.core())
                    .or(
                        resideInAnyPackage(
                            "java.lang..",
                            "java.util..",
                            "java.time..",
                            "java.math..",
                            "java.security..",
                            "java.io..",
                            "java.nio..",
                            "javax.crypto..",
                            "org.jspecify.."))
                    .or(named("java.net.URI"))
                    .or(primitives())));
    for (int i = 0; i < House.CORE.size(); i++) {
      for (int above = i + 1; above < House.CORE.size(); above++) {
        rules.add(
            noClasses()
                .that()
                .resideInAPackage(House.room(House.CORE.get(i)))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(House.room(House.CORE.get(above))));
      }
    }
    return rules;
  }

  private static List<ArchRule> adaptersDoNotKnowEachOther() {
    List<ArchRule> rules = new ArrayList<>();
    List<String> adapters = List.of(House.HTTP, House.PEM, House.HSM, House.JDBC, House.BUCKET4J);
    for (String adapter : adapters) {
      for (String other : adapters) {
        if (!adapter.equals(other)) {
          rules.add(
              noClasses()
                  .that()
                  .resideInAPackage(adapter)
                  .should()
                  .dependOnClassesThat()
                  .resideInAPackage(other));
        }
      }
    }
    rules.add(
        noClasses()
            .that()
            .resideOutsideOfPackage(House.SIMULATOR)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(House.SIMULATOR));
    return rules;
  }

  private static List<ArchRule> noCycles() {
    return List.of(
        slices().matching(House.ROOT + ".(**)").should().beFreeOfCycles(),
        noClasses()
            .that()
            .resideInAnyPackage(House.CORE.stream().map(House::room).toArray(String[]::new))
            .should()
            .dependOnClassesThat()
            .resideInAPackage(House.ROOT));
  }

  private static List<ArchRule> librariesStayInTheirRooms() {
    return List.of(
        only("java.net.http..", House.HTTP, House.CLIENT, House.DELIVERY),
        only("com.fasterxml.jackson..", House.HTTP, House.SIMULATOR),
        only("com.github.tomakehurst..", House.SIMULATOR),
        only("org.bouncycastle..", House.PEM, House.SIMULATOR),
        only("java.sql..", House.JDBC),
        only("javax.sql..", House.JDBC),
        only("org.hsqldb..", House.JDBC),
        only("io.github.bucket4j..", House.BUCKET4J),
        only("com.sun.jna..", House.HSM),
        noClasses()
            .that()
            .haveSimpleNameNotEndingWith("Module")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.google.inject..", "jakarta.inject.."));
  }

  private static List<ArchRule> generatedTypesKnowOnlyTheirGround() {
    return List.of(
        classes()
            .that()
            .resideInAPackage(House.room("api"))
            .should()
            .onlyDependOnClassesThat(
                resideInAnyPackage(
                        House.room("api"),
                        House.room("call"),
                        House.room("json"),
                        House.room("credential"),
                        "java.lang..",
                        "java.util..",
                        "java.time..",
                        "java.math..",
                        "org.jspecify..")
                    .or(primitives())));
  }

  private static List<ArchRule> exceptionsAreOurs() {
    return List.of(
        classes()
            .that()
            .areAssignableTo(Throwable.class)
            .should()
            .beAssignableTo(DfnsException.class),
        GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS);
  }

  private static List<ArchRule> everythingIsFinal() {
    return List.of(
        fields()
            .that()
            .areDeclaredInClassesThat(not(collectsOrIterates()))
            .and()
            .doNotHaveModifier(JavaModifier.SYNTHETIC)
            .should()
            .beFinal(),
        classes()
            .that()
            .resideInAnyPackage(House.core())
            .and()
            .areNotInterfaces()
            .and()
            .doNotHaveModifier(JavaModifier.ABSTRACT)
            .and()
            .areNotAnonymousClasses()
            .and()
            .areNotEnums()
            .should()
            .haveModifier(JavaModifier.FINAL));
  }

  private static List<ArchRule> recordsHoldNoSecrets() {
    return List.of(
        fields()
            .that()
            .areDeclaredInClassesThat()
            .areRecords()
            .and()
            .areNotStatic()
            .should()
            .notHaveRawType(
                named("dev.countersign.credential.Secret")
                    .or(named("dev.countersign.credential.AccessToken"))
                    .or(named("dev.countersign.credential.Credential"))
                    .or(named("java.security.PrivateKey"))
                    .or(named("java.security.KeyPair"))
                    .or(named("[B"))
                    .or(named("[C"))));
  }

  private static List<ArchRule> markedAndSilent() {
    return List.of(
        classes().should(LivesIn.aMarkedPackage()),
        noClasses().that(not(new MainClass())).should(GeneralCodingRules.ACCESS_STANDARD_STREAMS),
        noClasses().should().dependOnClassesThat().resideInAPackage("java.util.logging.."),
        noClasses()
            .that()
            .resideInAnyPackage(House.core())
            .should()
            .dependOnClassesThat(named("java.lang.System$Logger")));
  }

  private static ArchRule only(String library, String... rooms) {
    return noClasses()
        .that()
        .resideOutsideOfPackages(rooms)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library);
  }

  private static DescribedPredicate<JavaClass> named(String name) {
    return DescribedPredicate.describe(name, type -> type.getName().equals(name));
  }

  private static DescribedPredicate<JavaClass> primitives() {
    return DescribedPredicate.describe(
        "primitive types and their arrays", type -> type.getBaseComponentType().isPrimitive());
  }

  /** Builders, iterators and scanners change; each one beyond the name Builder is named here. */
  private static DescribedPredicate<JavaClass> collectsOrIterates() {
    return DescribedPredicate.describe(
        "builders and iterators",
        type ->
            type.getSimpleName().endsWith("Builder")
                || Set.of("dev.countersign.call.PagedCall$Pages", "dev.countersign.pem.PemScanner")
                    .contains(type.getName()));
  }

  private static DescribedPredicate<JavaClass> not(DescribedPredicate<JavaClass> predicate) {
    return DescribedPredicate.not(predicate);
  }

  private static final class MainClass extends DescribedPredicate<JavaClass> {
    MainClass() {
      super("main classes");
    }

    @Override
    public boolean test(JavaClass type) {
      return type.tryGetMethod("main", String[].class).isPresent();
    }
  }
}
