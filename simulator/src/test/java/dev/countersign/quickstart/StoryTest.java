package dev.countersign.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The story that {@code bin/quickstart} tells, over both doors. */
class StoryTest {

  @TempDir Path folder;

  private final ByteArrayOutputStream told = new ByteArrayOutputStream();

  @Test
  void isToldInProcess() throws IOException {
    try (Stage stage = Stage.inProcess()) {
      tell(stage);
    }
  }

  @Test
  void isToldOverHttp() throws IOException {
    try (Stage stage = Stage.overHttp()) {
      tell(stage);
    }
  }

  private void tell(Stage stage) throws IOException {
    Transcript transcript = new Transcript(new PrintStream(told, true, StandardCharsets.UTF_8));
    new Story(stage, new KeyFiles(), folder, transcript).tell();

    assertThat(told.toString(StandardCharsets.UTF_8))
        .contains(
            "RequestRejectedException 403", "cannot approve", "Confirmed", "awaiting approval")
        .doesNotContain(Files.readString(folder.resolve("service-account.token")))
        .doesNotContain("PRIVATE KEY");
  }
}
