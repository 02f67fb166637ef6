package dev.countersign.batch;

import dev.countersign.Dfns;
import dev.countersign.api.wallets.TransferRequest;
import dev.countersign.api.wallets.WalletsOperations;
import dev.countersign.credential.AccessToken;
import dev.countersign.credential.Credential;
import dev.countersign.credential.CredentialId;
import dev.countersign.credential.CredentialSource;
import dev.countersign.error.ServiceUnavailableException;
import dev.countersign.http.DfnsBuilder;
import dev.countersign.jdbc.JdbcJournal;
import dev.countersign.pem.PemSigner;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A process that works on a batch and says one line for each item: its end, and whether it was an
 * earlier one. It reads its access token as a line, since arguments are for all to see.
 */
public final class BatchProgram {

  private BatchProgram() {}

  /** Takes what to do, the address, the credential id, the key's file, the journal's, wallets. */
  public static void main(String[] args) throws IOException, InterruptedException {
    String token =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
    ExecutorService executor = Executors.newCachedThreadPool();
    try (PemSigner signer = PemSigner.open(Path.of(args[3]));
        JdbcJournal journal = JdbcJournal.embedded(Path.of(args[4]))) {
      Dfns dfns =
          DfnsBuilder.create()
              .apiUrl(URI.create(args[1]))
              .credentials(
                  CredentialSource.of(
                      Credential.of(AccessToken.of(token), new CredentialId(args[2]), signer)))
              .build();
      Batch<TransferRequest> batch =
          Batches.builder()
              .calls(dfns::resume)
              .journal(journal)
              .executor(executor)
              .inFlight(6)
              .lease(Duration.ofSeconds(1))
              .build()
              .open("salaries", WalletsOperations.transferAsset());
      List<String> wallets = List.of(args[5].split(","));
      Function<BatchListener<TransferRequest>, BatchRun> start =
          args[0].equals("resume")
              ? batch::resume
              : listener -> batch.start(items(dfns, wallets).iterator(), listener);
      System.out.println("over " + untilItIsOurs(start).total());
    } finally {
      executor.shutdownNow();
    }
  }

  static final int COUNT = 60;

  /** Every second one in the order of its wallet, and every other one whenever it may be. */
  private static Stream<BatchItem<TransferRequest>> items(Dfns dfns, List<String> wallets) {
    return IntStream.rangeClosed(1, COUNT)
        .mapToObj(
            i -> {
              String wallet = wallets.get(i % wallets.size());
              BatchItem<TransferRequest> item =
                  BatchItem.of(
                      "salary-" + i, dfns.wallets().transferAsset(wallet, BatchFixture.payment(i)));
              return i % 4 < 2 ? item.inOrderWith(wallet) : item;
            });
  }

  private static BatchProgress untilItIsOurs(
      Function<BatchListener<TransferRequest>, BatchRun> start) throws InterruptedException {
    while (true) {
      try {
        return start
            .apply(
                result -> {
                  System.out.println(result.end() + (result.isEarlier() ? " earlier" : ""));
                })
            .await();
      } catch (ServiceUnavailableException e) {
        if (!e.getMessage().contains("is being worked on")) {
          throw e;
        }
        Thread.sleep(100);
      }
    }
  }
}
