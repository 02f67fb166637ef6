package dev.countersign.architecture;

import static com.tngtech.archunit.core.domain.JavaModifier.PUBLIC;

import com.tngtech.archunit.core.domain.JavaClasses;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.net.URL;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What embedders can see of adapters, signers and simulator. A line more is a promise more. */
final class PublicTypes {

  static final SortedSet<String> LIST =
      new TreeSet<>(
          List.of(
              "hsm.HsmSignerProvider",
              "http.DfnsBuilder",
              "http.DfnsModule",
              "http.JacksonCodec",
              "http.JdkTransport",
              "pem.PemKeys",
              "pem.PemSigner",
              "pem.PemSignerProvider",
              "simulator.Identity",
              "simulator.Organisation",
              "simulator.Simulator",
              "simulator.control.Asset",
              "simulator.control.Fired",
              "simulator.control.Prices",
              "simulator.control.SimClock",
              "simulator.control.Switches",
              "simulator.door.HttpSimulator",
              "simulator.wire.SimRequest",
              "simulator.wire.SimResponse"));

  private PublicTypes() {}

  /** The public top-level types among these classes that a module but core exports. */
  static SortedSet<String> of(JavaClasses classes) throws IOException {
    Set<String> exported = exportedPackages();
    return classes.stream()
        .filter(type -> exported.contains(type.getPackageName()))
        .filter(type -> type.isTopLevelClass() && type.getModifiers().contains(PUBLIC))
        .map(type -> type.getName().substring(House.ROOT.length() + 1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> exportedPackages() throws IOException {
    Set<String> packages = new TreeSet<>();
    for (URL url :
        Collections.list(PublicTypes.class.getClassLoader().getResources("module-info.class"))) {
      try (InputStream in = url.openStream()) {
        ModuleDescriptor module = ModuleDescriptor.read(in);
        if (module.name().startsWith(House.ROOT) && !module.name().equals(House.ROOT + ".core")) {
          module.exports().forEach(export -> packages.add(export.source()));
        }
      }
    }
    return packages;
  }
}
