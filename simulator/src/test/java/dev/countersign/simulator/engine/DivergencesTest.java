package dev.countersign.simulator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.simulator.control.Switches;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The page of divergences keeps up with the code. */
final class DivergencesTest {

  @Test
  void itNamesEverySwitch() throws IOException {
    String page = Files.readString(Path.of("..", "docs", "divergences.md"));

    for (Method method : Switches.Builder.class.getDeclaredMethods()) {
      if (method.getReturnType() == Switches.Builder.class && method.getParameterCount() == 1) {
        assertThat(page).contains("`" + method.getName() + "`");
      }
    }
  }
}
