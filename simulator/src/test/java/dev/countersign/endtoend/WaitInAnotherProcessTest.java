package dev.countersign.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.api.wallets.TransferRequest;
import dev.countersign.approval.Wait;
import dev.countersign.approval.WaitId;
import dev.countersign.approval.Waited;
import dev.countersign.approval.Waits;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A wait goes on in another process, over a socket, from its text alone. */
class WaitInAnotherProcessTest {

  @Test
  void anotherProcessGoesOnWithAWait(@TempDir Path folder) throws Exception {
    Path key = folder.resolve("key.pem");
    try (Shop shop = new Shop(key)) {
      String text;
      try (Waits waits = shop.dfns.waits().open()) {
        Wait<TransferRequest> wait = waits.on(WaitId.of(shop.transfer()));
        CompletableFuture<Waited<TransferRequest>> begun = wait.awaitAsync(Duration.ofMinutes(1));
        assertThat(begun).isNotDone();
        text = wait.id().toString();
      }
      Process other = start(text, shop, key);
      try (BufferedReader said =
          new BufferedReader(
              new InputStreamReader(other.getInputStream(), StandardCharsets.UTF_8))) {
        assertThat(said.readLine()).isEqualTo("waiting");
        shop.simulator.organisation().clock().advance(Duration.ofSeconds(5));
        assertThat(said.readLine()).isEqualTo("Confirmed");
        assertThat(other.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(other.exitValue()).isZero();
      } finally {
        other.destroyForcibly();
      }
    }
  }

  private static Process start(String wait, Shop shop, Path key) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                WaitProgram.class.getName(),
                wait)
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("DFNS_API_URL", shop.door.url().toString());
    builder.environment().put("DFNS_AUTH_TOKEN", shop.admin.token());
    builder.environment().put("DFNS_CRED_ID", shop.admin.credentialId());
    builder.environment().put("DFNS_SIGNER", "pem:" + key);
    return builder.start();
  }
}
