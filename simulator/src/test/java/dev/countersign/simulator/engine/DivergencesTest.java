package dev.countersign.simulator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.simulator.control.SwitchesBuilder;
import dev.countersign.simulator.records.Records;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The page of divergences keeps up with the code. */
final class DivergencesTest {

  private static String page() throws IOException {
    return Files.readString(Path.of("..", "docs", "divergences.md"));
  }

  @Test
  void itNamesEveryRecord() throws IOException {
    String row =
        page().lines().filter(line -> line.startsWith("| records")).findFirst().orElseThrow();

    for (String domain : Records.domains()) {
      assertThat(row).contains(" " + domain);
    }
    for (String operation : Records.operations()) {
      assertThat(row).contains("`" + operation + "`");
    }
  }

  @Test
  void itNamesEverySwitch() throws IOException {
    String page = page();

    for (Method method : SwitchesBuilder.class.getDeclaredMethods()) {
      if (method.getReturnType() == SwitchesBuilder.class && method.getParameterCount() == 1) {
        assertThat(page).contains("`" + method.getName() + "`");
      }
    }
  }
}
