package dev.countersign.batch;

import dev.countersign.Dfns;
import dev.countersign.api.Network;
import dev.countersign.api.wallets.CreateWalletBody;
import dev.countersign.api.wallets.TransferAssetBody;
import dev.countersign.api.wallets.TransferAssetBodyNative;
import dev.countersign.api.wallets.TransferRequest;
import dev.countersign.api.wallets.WalletsOperations;
import dev.countersign.call.CallEngine;
import dev.countersign.call.RetryPolicy;
import dev.countersign.credential.CredentialSource;
import dev.countersign.credential.Issued;
import dev.countersign.error.OutcomeUnknownException;
import dev.countersign.http.JacksonCodec;
import dev.countersign.pem.MemoryKey;
import dev.countersign.signing.Signer;
import dev.countersign.simulator.Identity;
import dev.countersign.simulator.Simulator;
import dev.countersign.transport.Reply;
import dev.countersign.transport.Request;
import dev.countersign.transport.Transport;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A simulator in the same process, somebody who may do everything, and a transport to meddle with.
 */
final class BatchFixture implements AfterEachCallback, AutoCloseable {

  static final String TO = "0x00000000000000000000000000000000000000Aa";

  final MemoryJournal journal = MemoryJournal.create();
  final Simulator simulator = Simulator.start();
  final ExecutorService executor = Executors.newCachedThreadPool();
  final List<Request> sent = new CopyOnWriteArrayList<>();

  /** For a listener to add to. */
  final List<ItemResult<TransferRequest>> results = new CopyOnWriteArrayList<>();

  /** What meddles with the exchanges. */
  final AtomicReference<UnaryOperator<Transport>> meddling =
      new AtomicReference<>(UnaryOperator.identity());

  final Dfns dfns;
  final String wallet;

  BatchFixture() {
    Signer signer = MemoryKey.signer();
    Identity admin = simulator.organisation().admin("admin@example.com", signer.publicKeyPem());
    Transport transport = this::send;
    this.dfns =
        Dfns.over(
            CallEngine.builder()
                .transport(transport)
                .codec(new JacksonCodec())
                .apiUrl(URI.create("https://dfns.invalid"))
                .credentials(CredentialSource.of(Issued.to(admin, signer)))
                .retries(RetryPolicy.none())
                .executor(executor)
                .build());
    this.wallet = newWallet();
  }

  private CompletableFuture<Reply> send(Request request) {
    Transport direct =
        one -> {
          sent.add(one);
          return CompletableFuture.supplyAsync(() -> simulator.transport().send(one), executor)
              .thenCompose(reply -> reply);
        };
    return meddling.get().apply(direct).send(request);
  }

  String newWallet() {
    return dfns.wallets()
        .createWallet(CreateWalletBody.builder().network(Network.ETHEREUM_SEPOLIA).build())
        .execute()
        .id();
  }

  BatchItem<TransferRequest> transfer(String wallet, int amount) {
    return BatchItem.of("i-" + amount, dfns.wallets().transferAsset(wallet, payment(amount)));
  }

  Iterator<BatchItem<TransferRequest>> transfers(int count) {
    return IntStream.rangeClosed(1, count).mapToObj(i -> transfer(wallet, i)).iterator();
  }

  Iterator<BatchItem<TransferRequest>> inOrder(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(i -> transfer(wallet, i).inOrderWith(wallet))
        .iterator();
  }

  static TransferAssetBody payment(int amount) {
    return TransferAssetBodyNative.builder().to(TO).amount("" + amount).build();
  }

  /** The amounts of all transfers that Dfns has of a wallet, smallest first. */
  List<Integer> ledger(Dfns dfns, String wallet) {
    List<Integer> amounts = new ArrayList<>();
    dfns.wallets().listTransfers(wallet).stream()
        .forEach(
            transfer ->
                amounts.add(
                    Integer.valueOf(
                        transfer.json().toString().replaceAll(".*\"amount\":\"(\\d+)\".*", "$1"))));
    Collections.sort(amounts);
    return amounts;
  }

  List<Integer> ledger() {
    return ledger(dfns, wallet);
  }

  static List<Integer> upTo(int count) {
    return IntStream.rangeClosed(1, count).boxed().toList();
  }

  static boolean pays(Request request) {
    return request.method().equals("POST") && request.uri().getPath().endsWith("/transfers");
  }

  static boolean asks(Request request) {
    return request.uri().getPath().endsWith("/auth/action/init");
  }

  /** Holds up requests of one kind until the gate is opened. */
  Gate hold(Predicate<Request> which) {
    Gate gate = new Gate(which);
    meddling.set(gate::before);
    return gate;
  }

  /** Dfns pays, and nobody hears of it. */
  void loseAnswersToPayments() {
    meddling.set(
        transport ->
            request ->
                pays(request)
                    ? transport
                        .send(request)
                        .thenCompose(
                            reply ->
                                CompletableFuture.failedFuture(
                                    new OutcomeUnknownException(
                                        "reset", "x", null, Instant.now(), null)))
                    : transport.send(request));
  }

  void meddleNoMore() {
    meddling.set(UnaryOperator.identity());
  }

  Batch<TransferRequest> batch(int inFlight) {
    return batches(inFlight).open("pay", WalletsOperations.transferAsset());
  }

  Batches batches(int inFlight) {
    return batches(journal, inFlight);
  }

  Batches batches(BatchJournal journal, int inFlight) {
    return Batches.builder()
        .calls(dfns::resume)
        .journal(journal)
        .executor(executor)
        .inFlight(inFlight)
        .build();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    close();
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
