package dev.countersign.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The chaos is worth something: it notices each naive way of trying again. Of so many transfers
 * each time ten or more are struck where it shows.
 */
@Timeout(300)
class NaiveRetryTest {

  @TempDir private Path folder;

  private List<String> violations(NaiveRetry naive, int transfers) throws Exception {
    return naive.run(Path.of(".."), folder, transfers, 16, 2);
  }

  @Test
  void aUserActionThatIsSentAgainIsNoticed() throws Exception {
    assertThat(violations(NaiveRetry.REUSE, 150))
        .anyMatch(line -> line.matches("The simulator refused \\d+ requests at TRANSFER.*"));
  }

  @Test
  void aNewExternalIdForEachAttemptIsNoticed() throws Exception {
    assertThat(violations(NaiveRetry.NEW_ID, 250))
        .anyMatch(line -> line.startsWith("Nobody wanted [xfr-"));
  }

  @Test
  void aWalletThatIsCreatedAgainBlindlyIsNoticed() throws Exception {
    assertThat(violations(NaiveRetry.BLIND, 500))
        .anyMatch(line -> line.matches("The wallet wallet-\\d+ is there [23] times.*"));
  }
}
