package dev.countersign.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.PackageMatcher;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.core.importer.Locations;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The rooms of the house: which packages are which module's, and the classes in them. */
final class House {

  static final String ROOT = "dev.countersign";

  /** Core's rooms from the ground up; each may know those before it. */
  static final List<String> CORE =
      List.of(
          "error",
          "signing",
          "json",
          "transport",
          "credential",
          "rate",
          "action",
          "call",
          "api",
          "registration",
          "lookup",
          "webhook",
          "approval",
          "batch");

  static final String HTTP = ROOT + ".http..";
  static final String PEM = ROOT + ".pem..";
  static final String HSM = ROOT + ".hsm..";
  static final String DELIVERY = ROOT + ".simulator.delivery..";
  static final String JDBC = ROOT + ".jdbc..";
  static final String BUCKET4J = ROOT + ".bucket4j..";
  static final String SIMULATOR = ROOT + ".simulator..";
  static final String CLIENT = ROOT + ".simulator.client..";

  private House() {}

  static String room(String name) {
    return ROOT + "." + name + "..";
  }

  /** The packages of all of core: the facade and every room. */
  static String[] core() {
    String[] packages = new String[CORE.size() + 1];
    packages[0] = ROOT;
    for (int i = 0; i < CORE.size(); i++) {
      packages[i + 1] = room(CORE.get(i));
    }
    return packages;
  }

  /** All production classes of all modules but codegen, which is a tool of the build. */
  static JavaClasses classes() {
    return importer().importPackages(ROOT);
  }

  /** The classes of some rooms alone, and those that were compiled into a folder. */
  static JavaClasses rooms(Set<String> names, Path folder) {
    List<Location> locations = new ArrayList<>();
    for (String name : names) {
      Locations.ofPackage(ROOT + "." + name).forEach(locations::add);
    }
    locations.add(Location.of(folder));
    return importer().importLocations(locations);
  }

  /** The rooms that a rule names and nobody is in; the facade's package counts as one. */
  static Set<String> emptyRooms(JavaClasses classes) {
    Set<String> rooms = new TreeSet<>(List.of(core()));
    rooms.addAll(List.of(HTTP, PEM, HSM, JDBC, BUCKET4J, CLIENT, DELIVERY, SIMULATOR));
    rooms.removeIf(
        room ->
            classes.stream()
                .anyMatch(type -> PackageMatcher.of(room).matches(type.getPackageName())));
    return rooms;
  }

  private static ClassFileImporter importer() {
    return new ClassFileImporter()
        .withImportOption(new ImportOption.DoNotIncludeTests())
        .withImportOption(location -> !location.contains("-tests.jar"))
        .withImportOption(location -> !location.contains("/dev/countersign/codegen/"));
  }
}
