package dev.countersign.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.Dfns;
import dev.countersign.call.Arguments;
import dev.countersign.call.Call;
import dev.countersign.call.Calls;
import dev.countersign.call.OnlyPrepares;
import dev.countersign.call.Operation;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class DfnsTest {

  private static final class NoCalls implements OnlyPrepares {
    @Override
    public <T> Call<T> prepare(Operation<T> operation, Arguments arguments) {
      throw new AssertionError("Nothing is prepared here");
    }
  }

  @Test
  void everyDomainHasAnAccessor() throws ReflectiveOperationException {
    Dfns dfns = Dfns.over(new NoCalls());
    for (String domain : Api.DESCRIPTION.domains().keySet()) {
      String name = domain.substring(0, 1).toUpperCase(Locale.ROOT) + domain.substring(1) + "Api";
      assertThat(Dfns.class.getMethod(domain).invoke(dfns)).isInstanceOf(Api.classOf(domain, name));
    }
    assertThat(Api.DESCRIPTION.domains()).hasSize(18);
  }

  @Test
  @SuppressWarnings("NullAway") // what a caller without NullAway may do
  void anEngineIsNeeded() {
    Calls nothing = null;
    assertThatThrownBy(() -> Dfns.over(nothing))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("calls");
  }

  @Test
  void theModuleExportsEveryGeneratedPackage() throws IOException {
    List<String> packages = new ArrayList<>(List.of("dev.countersign", "dev.countersign.api"));
    Api.DESCRIPTION
        .domains()
        .keySet()
        .forEach(d -> packages.add("dev.countersign.api." + d.toLowerCase(Locale.ROOT)));
    assertThat(descriptor().exports())
        .filteredOn(export -> !export.isQualified())
        .extracting(ModuleDescriptor.Exports::source)
        .containsAll(packages);
  }

  /** Core's, not that of a test library: it lies where the facade does. */
  private static ModuleDescriptor descriptor() throws IOException {
    String facade = Dfns.class.getResource("Dfns.class").toString();
    String root = facade.substring(0, facade.length() - "dev/countersign/Dfns.class".length());
    try (InputStream in = java.net.URI.create(root + "module-info.class").toURL().openStream()) {
      return ModuleDescriptor.read(in);
    }
  }
}
