package dev.countersign.simulator.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsTest {

  @Test
  void withoutArgumentsThereAreDefaults() {
    Options options = Options.parse();

    assertThat(options.port()).isEqualTo(8977);
    assertThat(options.envDir()).isEmpty();
    assertThat(options.task()).isEqualTo(Options.Task.SERVE);
  }

  @Test
  void theUsageNamesTheDefaultPort() {
    assertThat(Options.USAGE).contains("(default: " + Options.parse().port() + ")");
  }

  @Test
  void portAndDirectoryComeInAnyOrder() {
    Options options = Options.parse("--env-dir", "/a/../b", "--port", "0");

    assertThat(options.port()).isZero();
    assertThat(options.envDir()).contains(Path.of("/b").toAbsolutePath());
  }

  @Test
  void aDirectoryIsMadeAbsolute() {
    assertThat(Options.parse("--env-dir", "x").envDir()).contains(Path.of("x").toAbsolutePath());
  }

  @Test
  void scenariosKeepTheirOrder() {
    Options options = Options.parse("--scenario", "/b", "--seed", "-7", "--scenario", "/a");

    assertThat(options.scenarios()).extracting(Path::toString).containsExactly("/b", "/a");
    assertThat(options.seed()).isEqualTo(-7);
  }

  @Test
  void theLoginsAreInTheStoreUnlessADirectoryIsNamed() {
    assertThat(Options.parse("--store", "/s").envDir()).contains(Path.of("/s/logins"));
    assertThat(Options.parse("--store", "/s", "--env-dir", "/e").envDir()).contains(Path.of("/e"));
  }

  @Test
  void initIsATaskOfItsOwn() {
    assertThat(Options.parse("init").task()).isEqualTo(Options.Task.PRINT_SCENARIO);
    assertThat(Options.parse("init", "--schema").task()).isEqualTo(Options.Task.PRINT_SCHEMA);
    assertThat(Options.parse("init", "--help").task()).isEqualTo(Options.Task.HELP);
  }

  @Test
  void helpOutranksWhatFollows() {
    assertThat(Options.parse("--help", "--nonsense").task()).isEqualTo(Options.Task.HELP);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--port            | --port needs a value.",
        "--port x          | --port is a number from 0 to 65535, not x.",
        "--port -1         | --port is a number from 0 to 65535, not -1.",
        "--port 65536      | --port is a number from 0 to 65535, not 65536.",
        "--port 99999999999 | --port is a number from 0 to 65535, not 99999999999.",
        "--seed 1.5        | --seed is a whole number, not 1.5.",
        "--store           | --store needs a value.",
        "--scenario        | --scenario needs a value.",
        "init --port       | init has no option --port.",
        "--env-dir         | --env-dir needs a value.",
        "--verbose         | There is no option --verbose.",
        "8977              | There is no option 8977.",
      })
  void whatIsNotOfTheFormIsNamed(String line, String sentence) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Options.parse(line.split(" ")))
        .withMessage(sentence);
  }

  @Test
  void anEmptyDirectoryIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Options.parse("--env-dir", ""))
        .withMessage("--env-dir is a directory, not \"\".");
  }
}
