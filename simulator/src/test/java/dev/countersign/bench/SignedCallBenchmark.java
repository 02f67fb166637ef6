package dev.countersign.bench;

import dev.countersign.Dfns;
import dev.countersign.api.Network;
import dev.countersign.api.wallets.CreateWalletBody;
import dev.countersign.api.wallets.UpdateWalletBody;
import dev.countersign.api.wallets.Wallet;
import dev.countersign.call.CallEngine;
import dev.countersign.credential.AccessToken;
import dev.countersign.credential.Credential;
import dev.countersign.credential.CredentialId;
import dev.countersign.credential.CredentialSource;
import dev.countersign.http.JacksonCodec;
import dev.countersign.simulator.Identity;
import dev.countersign.simulator.Simulator;
import java.net.URI;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * One signed call from end to end in one process: challenge, signature, call, all three answered by
 * the simulator, which verifies the signature. What is left for the network is nothing.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class SignedCallBenchmark {

  private final BenchmarkKey key = BenchmarkKey.ed25519();
  private final Dfns dfns;
  private final String walletId;
  private final UpdateWalletBody body = UpdateWalletBody.builder().name("renamed").build();

  /** A simulator with one service account and its wallet. */
  public SignedCallBenchmark() {
    Simulator simulator = Simulator.builder().build();
    Identity account =
        simulator
            .organisation()
            .serviceAccount(
                "bench",
                key.signer().publicKeyPem(),
                "Wallets:Create",
                "Wallets:Update",
                "Keys:Create");
    dfns =
        Dfns.over(
            CallEngine.builder()
                .transport(simulator.transport())
                .codec(new JacksonCodec())
                .apiUrl(URI.create("https://dfns.invalid"))
                .credentials(
                    CredentialSource.of(
                        Credential.of(
                            AccessToken.of(account.token()),
                            new CredentialId(account.credentialId()),
                            key.signer())))
                .executor(ForkJoinPool.commonPool())
                .build());
    walletId =
        dfns.wallets()
            .createWallet(CreateWalletBody.builder().network(Network.ETHEREUM_SEPOLIA).build())
            .execute()
            .id();
  }

  /** Wipes the key. */
  @TearDown
  public void close() {
    key.close();
  }

  /** Renames the wallet to the name it has, so that the simulator's state does not grow. */
  @Benchmark
  public Wallet signedCall() {
    return dfns.wallets().updateWallet(walletId, body).execute();
  }
}
