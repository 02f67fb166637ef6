package dev.countersign.simulator.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.error.ConfigurationException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be made of a command line's files, in a sentence. */
final class OrganisationsTest {

  @TempDir Path folder;

  @Test
  void twoScenariosOfOneNameAreNamed() throws Exception {
    Path one = Files.writeString(folder.resolve("one.yaml"), "name: x");
    Path two = Files.writeString(folder.resolve("two.yaml"), "name: x\nseed: 2");

    assertThatThrownBy(
            () ->
                Organisations.open(
                    Options.parse("--scenario", one.toString(), "--scenario", two.toString())))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("Two scenarios describe the organisation x, one.yaml and two.yaml; rename one");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aStoreThatCannotGrowIsOneSentence() throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            "sh",
            "-c",
            "ulimit -f 4; trap '' XFSZ; exec \"$0\" \"$@\"",
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-XX:-UsePerfData",
            Main.class.getName(),
            "--port",
            "0",
            "--store",
            folder.resolve("store").toString());
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    builder.redirectErrorStream(true);
    Process process = builder.start();

    String printed =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();

    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(printed)
        .startsWith("The simulator cannot write its store in " + folder.resolve("store") + " (")
        .hasLineCount(1);
    assertThat(process.exitValue()).isEqualTo(1);
  }
}
