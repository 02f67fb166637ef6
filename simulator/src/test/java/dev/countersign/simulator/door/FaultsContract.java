package dev.countersign.simulator.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.countersign.Dfns;
import dev.countersign.api.Network;
import dev.countersign.api.wallets.CreateWalletBody;
import dev.countersign.call.Call;
import dev.countersign.call.RetryPolicy;
import dev.countersign.credential.CredentialSource;
import dev.countersign.credential.Issued;
import dev.countersign.error.OutcomeUnknownException;
import dev.countersign.error.ProtocolException;
import dev.countersign.error.RequestRejectedException;
import dev.countersign.error.ServiceUnavailableException;
import dev.countersign.http.DfnsBuilder;
import dev.countersign.pem.PemKeys;
import dev.countersign.pem.PemSigner;
import dev.countersign.rate.Permits;
import dev.countersign.signing.SignatureAlgorithm;
import dev.countersign.simulator.Identity;
import dev.countersign.simulator.Organisation;
import dev.countersign.simulator.Simulator;
import dev.countersign.simulator.faults.Effect;
import dev.countersign.simulator.faults.Fault;
import dev.countersign.simulator.faults.Phase;
import dev.countersign.simulator.faults.PlantedFault;
import dev.countersign.transport.Transport;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the client of this library makes of each fault, the same at every door. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class FaultsContract {

  private static final Duration LATENCY = Duration.ofMillis(400);
  private static final Duration SHORT = Duration.ofMillis(80);
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  @TempDir Path folder;

  private final Simulator simulator = Simulator.start();
  private final AtomicInteger number = new AtomicInteger();
  private Organisation organisation;
  private Transport door;
  private PemSigner key;
  private Dfns dfns;

  abstract Transport open(Simulator simulator);

  abstract URI apiUrl();

  @BeforeAll
  void openDoor() {
    door = open(simulator);
  }

  @BeforeEach
  void prepare() {
    organisation = simulator.addOrganisation("test " + number.incrementAndGet());
    key = PemKeys.generate(SignatureAlgorithm.ED25519, folder.resolve("key.pem"));
    Identity me = organisation.admin("admin", key.publicKeyPem());
    dfns =
        DfnsBuilder.create()
            .transport(door)
            .apiUrl(apiUrl())
            .deadline(Duration.ofSeconds(20))
            .retries(RetryPolicy.none())
            .permits(Permits.unlimited())
            .credentials(CredentialSource.of(Issued.to(me, key)))
            .build();
  }

  @AfterEach
  void closeKey() {
    key.close();
  }

  static Stream<Arguments> effects() {
    Class<?> unknown = OutcomeUnknownException.class;
    Class<?> unavailable = ServiceUnavailableException.class;
    return Stream.of(
        Arguments.of(Effect.html(503), unknown, unavailable),
        Arguments.of(Effect.status(500), unknown, unavailable),
        Arguments.of(Effect.json(502, "{}"), unknown, unavailable),
        Arguments.of(Effect.json(500, "{\"error\":"), unknown, unavailable),
        Arguments.of(Effect.tooManyRequests(), unavailable, unavailable),
        Arguments.of(Effect.tooManyRequests(Duration.ofSeconds(7)), unavailable, unavailable),
        Arguments.of(
            Effect.json(422, "{\"error\":{\"message\":\"no\"}}"),
            RequestRejectedException.class,
            RequestRejectedException.class),
        Arguments.of(Effect.reset(), unknown, unavailable),
        Arguments.of(Effect.empty(), unknown, unavailable),
        Arguments.of(Effect.truncated(), unknown, unavailable),
        Arguments.of(Effect.garbage(), unknown, ProtocolException.class),
        Arguments.of(Effect.stall(SHORT), unknown, unavailable),
        Arguments.of(Effect.stalledBody(SHORT), unknown, unavailable));
  }

  @ParameterizedTest
  @MethodSource("effects")
  void afterTheCommitTheClientDoesNotSayThatNothingHappened(
      Effect effect, Class<?> ofChange, Class<?> ofRead) {
    plant(Fault.of(Phase.AFTER_COMMIT, effect).operation("createWallet").times(1));

    assertThat(failure(create())).isInstanceOf(ofChange);
    assertThat(wallets()).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("effects")
  void beforeAuthenticationNothingHasHappened(Effect effect, Class<?> ofChange, Class<?> ofRead) {
    plant(Fault.of(Phase.BEFORE_AUTHENTICATION, effect).operation("createWallet").times(1));

    assertThat(failure(create())).isInstanceOf(ofChange);
    assertThat(wallets()).isZero();
  }

  @ParameterizedTest
  @MethodSource("effects")
  void aReadFails(Effect effect, Class<?> ofChange, Class<?> ofRead) {
    // the JDK's client repeats a read by itself when the connection breaks
    plant(Fault.of(Phase.BEFORE_COMMIT, effect).operation("listWallets"));

    assertThat(failure(list())).isInstanceOf(ofRead);
    organisation.faults().clear();
    assertThat(wallets()).isZero();
  }

  @Test
  void retryAfterIsPassedOn() {
    plant(Fault.of(Phase.BEFORE_COMMIT, Effect.tooManyRequests(Duration.ofSeconds(7))));
    assertThat(((ServiceUnavailableException) failure(list())).retryAfter())
        .contains(Duration.ofSeconds(7));

    organisation.faults().clear();
    plant(Fault.of(Phase.BEFORE_COMMIT, Effect.tooManyRequests()));
    assertThat(((ServiceUnavailableException) failure(list())).retryAfter()).isEmpty();
  }

  @Test
  void latencyIsWaitedForAndHoldsUpNobodyElse() throws Exception {
    plant(latency(Duration.ofMinutes(1)).times(1));
    CompletableFuture<?> slow = create().within(Duration.ofMinutes(1)).executeAsync();
    while (wallets() == 0 && !slow.isDone()) {
      Thread.sleep(5);
    }
    assertThat(slow).isNotDone();
    assertThat(slow.cancel(true)).isTrue();

    plant(latency(LATENCY));
    long start = System.nanoTime();
    assertThat(create().execute()).isNotNull();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(LATENCY);
  }

  private static Fault.Builder latency(Duration latency) {
    return Fault.of(Phase.AFTER_COMMIT, Effect.latency(latency)).operation("createWallet");
  }

  @Test
  void whoeverDoesNotWaitForAStallDoesNotKnow() {
    plant(
        Fault.of(Phase.AFTER_COMMIT, Effect.stall(Duration.ofSeconds(30)))
            .operation("createWallet"));

    assertThat(failure(create().within(PATIENCE))).isInstanceOf(OutcomeUnknownException.class);
    assertThat(wallets()).isEqualTo(1);
  }

  private PlantedFault plant(Fault.Builder fault) {
    return organisation.faults().add(fault);
  }

  private Call<?> create() {
    return dfns.wallets()
        .createWallet(CreateWalletBody.builder().network(Network.ETHEREUM_SEPOLIA).build());
  }

  private Call<?> list() {
    return dfns.wallets().listWallets();
  }

  private int wallets() {
    return dfns.wallets().listWallets().execute().items().size();
  }

  private static Throwable failure(Call<?> call) {
    Throwable failure = catchThrowable(call::execute);
    assertThat(failure).isNotNull();
    return failure;
  }
}
