package dev.countersign.endtoend;

import dev.countersign.approval.Wait;
import dev.countersign.approval.WaitId;
import dev.countersign.approval.WaitPace;
import dev.countersign.approval.Waits;
import dev.countersign.credential.EnvironmentCredentials;
import dev.countersign.http.DfnsBuilder;
import dev.countersign.pem.PemSignerProvider;
import dev.countersign.signing.SignerProviders;
import java.time.Duration;

/** Another process that knows of a wait no more than its text. */
final class WaitProgram {

  private WaitProgram() {}

  /** Waits for what the first argument names, and says how it ended. */
  public static void main(String[] arguments) {
    SignerProviders providers = SignerProviders.of(new PemSignerProvider());
    try (EnvironmentCredentials credentials =
            EnvironmentCredentials.read(System.getenv(), providers);
        Waits waits =
            DfnsBuilder.create()
                .apiUrl(credentials.apiUrl())
                .credentials(credentials)
                .build()
                .waits()
                .pace(new WaitPace(Duration.ofMillis(100), Duration.ofMillis(200), 1.5, 0.2))
                .open()) {
      Wait<?> wait = waits.on(WaitId.parse(arguments[0]));
      System.out.println("waiting");
      System.out.println(wait.await(Duration.ofSeconds(60)).getClass().getSimpleName());
    }
  }
}
