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
              "bucket4j.Bucket4jPermits",
              "hsm.HsmHealth",
              "hsm.HsmSigner",
              "hsm.HsmSignerProvider",
              "http.DfnsBuilder",
              "http.DfnsModule",
              "http.JacksonCodec",
              "http.JdkTransport",
              "http.WebhookEndpoint",
              "jdbc.JdbcJournal",
              "pem.PemKeys",
              "pem.PemSigner",
              "pem.PemSignerProvider",
              "simulator.Balances",
              "simulator.Deliveries",
              "simulator.Delivery",
              "simulator.Identity",
              "simulator.LoadedScenario",
              "simulator.Organisation",
              "simulator.Payment",
              "simulator.Scenario",
              "simulator.Screening",
              "simulator.Simulator",
              "simulator.client.OrganisationClient",
              "simulator.client.ScenarioClient",
              "simulator.client.SimulatorClient",
              "simulator.control.Asset",
              "simulator.control.Finding",
              "simulator.control.Fired",
              "simulator.control.Prices",
              "simulator.control.SimClock",
              "simulator.control.Switches",
              "simulator.control.SwitchesBuilder",
              "simulator.door.ControlToken",
              "simulator.door.HttpSimulator",
              "simulator.faults.Effect",
              "simulator.faults.Fault",
              "simulator.faults.Faults",
              "simulator.faults.Occasion",
              "simulator.faults.Phase",
              "simulator.faults.PlantedFault",
              "simulator.faults.Presets",
              "simulator.faults.WebhookFaults",
              "simulator.junit.Admin",
              "simulator.junit.EndUser",
              "simulator.junit.Happened",
              "simulator.junit.Human",
              "simulator.junit.Named",
              "simulator.junit.ServiceAccount",
              "simulator.junit.SimulatorExtension",
              "simulator.junit.WithSimulator",
              "simulator.usage.Coverage",
              "simulator.usage.Usage",
              "simulator.wire.Breakage",
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
