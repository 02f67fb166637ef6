package dev.countersign.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.credential.AccessToken;
import dev.countersign.credential.Credential;
import dev.countersign.credential.CredentialId;
import dev.countersign.credential.CredentialSource;
import dev.countersign.credential.CredentialUse;
import dev.countersign.error.ConfigurationException;
import dev.countersign.error.DfnsException;
import dev.countersign.error.OutcomeUnknownException;
import dev.countersign.error.RequestRejectedException;
import dev.countersign.error.ServiceUnavailableException;
import dev.countersign.error.SigningException;
import dev.countersign.json.JsonObject;
import dev.countersign.transport.Reply;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the engine tells a source of credentials, and what it does with another credential. */
class CredentialUseTest {

  private static final String NO = "{\"error\":{\"message\":\"no\"}}";

  private final EngineFixture fixture = new EngineFixture();
  private final ScriptedTransport transport = fixture.transport;
  private final List<String> told = new CopyOnWriteArrayList<>();
  private final Told source = new Told();

  @AfterEach
  void close() {
    fixture.close();
  }

  private Credential credential(String name, String id) {
    return Credential.of(AccessToken.of("token-" + name), new CredentialId(id), fixture.signer);
  }

  private Call<JsonObject> change() {
    return fixture.engine(source).prepare(EngineFixture.CHANGE, EngineFixture.thing());
  }

  private Call<JsonObject> read() {
    return fixture.engine(source).prepare(EngineFixture.READ, Arguments.path("th-1"));
  }

  /** Gives the credentials it was told to, one after the other, and notes what it is told. */
  private final class Told implements CredentialSource {
    private final Queue<Credential> others = new ArrayDeque<>();

    @Override
    public Credential current() {
      return credential("1", "cr-mine");
    }

    @Override
    public CredentialUse use(CredentialUse.Purpose purpose) {
      told.add("begun " + purpose);
      return new Use("1", current());
    }

    private final class Use implements CredentialUse {
      private final String name;
      private final Credential credential;

      Use(String name, Credential credential) {
        this.name = name;
        this.credential = credential;
      }

      @Override
      public Credential credential() {
        return credential;
      }

      @Override
      public void accepted() {
        told.add("accepted " + name);
      }

      @Override
      public Optional<CredentialUse> refused(DfnsException why) {
        told.add("refused " + name);
        return Optional.ofNullable(others.poll()).map(another -> new Use("2", another));
      }

      @Override
      public void ended() {
        told.add("ended " + name);
      }
    }
  }

  @Test
  void aCallThatGoesThroughIsAcceptedBeforeItTakesEffectAndEnded() {
    transport
        .signing()
        .then(
            () -> {
              told.add("effect");
              return CompletableFuture.completedFuture(
                  Reply.of(200, Map.of(), new byte[] {'{', '}'}));
            });

    assertThat(change().execute()).isNotNull();

    assertThat(told).containsExactly("begun SIGNATURE", "accepted 1", "effect", "ended 1");
  }

  @Test
  void whatIsNotSignedNeedsTheTokenAlone() {
    transport.answer(200, "{}");

    assertThat(read().execute()).isNotNull();

    assertThat(told).containsExactly("begun TOKEN", "accepted 1", "ended 1");
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403})
  void aRefusedSignatureIsMadeOnceMoreWithTheOtherCredential(int status) {
    source.others.add(credential("2", "cr-other"));
    transport
        .answer(200, ScriptedTransport.CHALLENGE)
        .answer(status, NO)
        .signing()
        .answer(200, "{}");

    assertThat(change().execute()).isNotNull();

    assertThat(told)
        .containsExactly("begun SIGNATURE", "refused 1", "ended 1", "accepted 2", "ended 2");
    assertThat(transport.requests())
        .extracting(request -> request.headers().get("Authorization"))
        .containsExactly(
            "Bearer token-1",
            "Bearer token-1",
            "Bearer token-2",
            "Bearer token-2",
            "Bearer token-2");
    assertThat(transport.body(3)).contains("cr-other").doesNotContain("cr-mine");
  }

  @Test
  void aKeyThatCannotSignIsReplacedByTheOther() {
    source.others.add(credential("2", "cr-other"));
    fixture.signer.whileSigning.set(
        () -> {
          fixture.signer.whileSigning.set(() -> {});
          throw new SigningException("the token is gone");
        });
    transport.answer(200, ScriptedTransport.CHALLENGE).signing().answer(200, "{}");

    assertThat(change().execute()).isNotNull();

    assertThat(told)
        .containsExactly("begun SIGNATURE", "refused 1", "ended 1", "accepted 2", "ended 2");
  }

  @Test
  void aTokenThatIsRefusedIsReplacedByTheOther() {
    source.others.add(credential("2", "cr-other"));
    transport.answer(401, NO).answer(200, "{}");

    assertThat(read().execute()).isNotNull();

    assertThat(told)
        .containsExactly("begun TOKEN", "refused 1", "ended 1", "accepted 2", "ended 2");
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 403, 404})
  void aRefusalOfTheRequestSaysNothingAboutTheCredential(int status) {
    source.others.add(credential("2", "cr-other"));
    transport.answer(status, NO);

    assertThatThrownBy(() -> change().execute()).isInstanceOf(RequestRejectedException.class);

    assertThat(told).containsExactly("begun SIGNATURE", "ended 1");
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500, 503})
  void aServiceThatFailsSaysNothingAboutTheCredential(int status) {
    source.others.add(credential("2", "cr-other"));
    transport.answer(200, ScriptedTransport.CHALLENGE).answer(status, NO);

    assertThatThrownBy(() -> change().execute()).isInstanceOf(ServiceUnavailableException.class);

    assertThat(told).containsExactly("begun SIGNATURE", "ended 1");
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403})
  void whatWasSentToTakeEffectIsNeverSentAgain(int status) {
    source.others.add(credential("2", "cr-other"));
    transport.signing().answer(status, NO);

    assertThatThrownBy(() -> change().execute()).isInstanceOf(RequestRejectedException.class);

    assertThat(told).containsExactly("begun SIGNATURE", "accepted 1", "ended 1");
    assertThat(transport.requests()).hasSize(3);
  }

  @Test
  void anUnknownOutcomeEndsTheUseAndIsNotRepeated() {
    source.others.add(credential("2", "cr-other"));
    transport.signing().answer(502, NO);

    assertThatThrownBy(() -> change().execute()).isInstanceOf(OutcomeUnknownException.class);

    assertThat(told).containsExactly("begun SIGNATURE", "accepted 1", "ended 1");
  }

  @Test
  void ifTheOtherIsRefusedTooTheCallerIsToldOfThatOne() {
    source.others.add(credential("2", "cr-other"));
    transport
        .answer(200, ScriptedTransport.CHALLENGE)
        .answer(401, NO)
        .answer(200, ScriptedTransport.CHALLENGE)
        .answer(403, "{\"error\":{\"message\":\"neither\"}}");

    assertThatThrownBy(() -> change().execute()).hasMessageContaining("neither");

    assertThat(told)
        .containsExactly("begun SIGNATURE", "refused 1", "ended 1", "refused 2", "ended 2");
  }

  @Test
  void anInterruptWhileTheKeySignsSaysNothingAgainstTheKey() {
    source.others.add(credential("2", "cr-other"));
    fixture.signer.whileSigning.set(
        () -> {
          Thread.currentThread().interrupt();
          throw new SigningException("interrupted while waiting for the token");
        });
    transport.answer(200, ScriptedTransport.CHALLENGE);

    assertThatThrownBy(() -> change().execute()).isInstanceOf(DfnsException.class);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(told).containsExactly("begun SIGNATURE", "ended 1");
  }

  @Test
  void aCallerWhoIsInterruptedEndsTheUse() throws InterruptedException {
    CountDownLatch asked = new CountDownLatch(1);
    transport.then(
        () -> {
          asked.countDown();
          return new CompletableFuture<>();
        });
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread caller =
        new Thread(
            () -> {
              try {
                thrown.set(new AssertionError(change().execute().toString()));
              } catch (DfnsException e) {
                thrown.set(e);
              }
            });
    caller.start();
    asked.await();
    caller.interrupt();
    caller.join();

    assertThat(thrown.get()).isInstanceOf(ServiceUnavailableException.class);
    assertThat(told).containsExactly("begun SIGNATURE", "ended 1");
  }

  @Test
  void aCallThatIsCancelledEndsTheUseAndSignsNoMore() throws InterruptedException {
    CountDownLatch asked = new CountDownLatch(1);
    transport.then(
        () -> {
          asked.countDown();
          return new CompletableFuture<>();
        });
    CompletableFuture<JsonObject> call = change().executeAsync();
    asked.await();
    call.cancel(true);
    fixture.executor.shutdown();

    assertThat(fixture.executor.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    assertThat(told).containsExactly("begun SIGNATURE", "ended 1");
    assertThat(fixture.signer.signed).isEmpty();
  }

  @Test
  void aSourceThatCannotBeginFailsTheCall() {
    CredentialSource broken =
        () -> {
          throw new ConfigurationException("the token file is gone");
        };

    assertThatThrownBy(
            () ->
                fixture
                    .engine(broken)
                    .prepare(EngineFixture.CHANGE, EngineFixture.thing())
                    .execute())
        .isInstanceOf(ConfigurationException.class);
    assertThat(transport.requests()).isEmpty();
  }
}
