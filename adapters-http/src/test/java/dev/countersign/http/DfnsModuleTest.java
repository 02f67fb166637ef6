package dev.countersign.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.inject.AbstractModule;
import com.google.inject.CreationException;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.Module;
import com.google.inject.ProvisionException;
import com.google.inject.Stage;
import com.google.inject.multibindings.Multibinder;
import com.google.inject.multibindings.OptionalBinder;
import com.google.inject.name.Names;
import dev.countersign.Dfns;
import dev.countersign.call.CallListener;
import dev.countersign.call.RetryPolicy;
import dev.countersign.credential.AccessToken;
import dev.countersign.credential.Credential;
import dev.countersign.credential.CredentialSource;
import dev.countersign.credential.EnvironmentCredentials;
import dev.countersign.error.ConfigurationException;
import dev.countersign.error.ServiceUnavailableException;
import dev.countersign.json.JsonCodec;
import dev.countersign.rate.Permits;
import dev.countersign.rate.RateBudget;
import dev.countersign.signing.FakeSigners;
import dev.countersign.signing.SignerProvider;
import dev.countersign.transport.Reply;
import dev.countersign.transport.Transport;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DfnsModuleTest {

  private final FakeSigners signers = new FakeSigners("fake");
  private final Map<String, String> environment = new HashMap<>();
  private FakeDfns server;

  @BeforeEach
  void start() throws IOException {
    server = FakeDfns.start();
    environment.put("DFNS_API_URL", server.url().toString());
    environment.put("DFNS_AUTH_TOKEN", "hunter2-token");
    environment.put("DFNS_SIGNER", "fake:key");
    environment.put("DFNS_CRED_ID", "cr-1");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** What an embedder would write: plugins, and what is to be replaced. */
  private static Module plugins(SignerProvider... providers) {
    return new AbstractModule() {
      @Override
      protected void configure() {
        Multibinder<SignerProvider> set = Multibinder.newSetBinder(binder(), SignerProvider.class);
        for (SignerProvider provider : providers) {
          set.addBinding().toInstance(provider);
        }
      }
    };
  }

  private static <T> Module replacing(Key<T> key, T instance) {
    return new AbstractModule() {
      @Override
      protected void configure() {
        OptionalBinder.newOptionalBinder(binder(), key).setBinding().toInstance(instance);
      }
    };
  }

  private Injector injector(Stage stage, Module... modules) {
    Module[] all = new Module[modules.length + 1];
    System.arraycopy(modules, 0, all, 0, modules.length);
    all[modules.length] = new DfnsModule(environment);
    return Guice.createInjector(stage, all);
  }

  private static String wallet(Injector injector) {
    return injector.getInstance(Dfns.class).wallets().getWallet("wa-1").execute().id();
  }

  @ParameterizedTest
  @EnumSource(
      value = Stage.class,
      names = {"DEVELOPMENT", "PRODUCTION"})
  void theEnvironmentAndAPluginAreEnough(Stage stage) {
    assertThat(wallet(injector(stage, plugins(signers)))).isEqualTo("wa-1");
    assertThat(server.arrivals())
        .singleElement()
        .satisfies(
            a -> assertThat(a.header("Authorization")).containsExactly("Bearer hunter2-token"));
  }

  @Test
  void aListenerIsToldIfOneIsBound() {
    List<String> told = new CopyOnWriteArrayList<>();
    CallListener listener = report -> told.add(report.end() + " " + report.path());
    Injector injector =
        Guice.createInjector(
            new DfnsModule(environment),
            plugins(signers),
            replacing(Key.get(CallListener.class), listener));

    assertThat(injector.getInstance(Dfns.class).wallets().getWallet("wa-1").execute().id())
        .isEqualTo("wa-1");

    assertThat(told).containsExactly("DONE /wallets/wa-1");
  }

  @Test
  void thePortsAreBoundToo() {
    Injector injector = injector(Stage.DEVELOPMENT, plugins(signers));
    assertThat(injector.getInstance(Transport.class)).isInstanceOf(JdkTransport.class);
    assertThat(injector.getInstance(Transport.class))
        .isSameAs(injector.getInstance(Transport.class));
    assertThat(injector.getInstance(JsonCodec.class)).isInstanceOf(JacksonCodec.class);
    assertThat(injector.getInstance(Dfns.class)).isSameAs(injector.getInstance(Dfns.class));
  }

  @Test
  void theSignerIsOpenedOnceAnInjectorAndClosedOnRequest() {
    Module module = new DfnsModule(environment);
    Injector one = Guice.createInjector(module, plugins(signers));
    assertThat(signers.opened()).isEmpty();
    one.getInstance(Dfns.class);
    one.getInstance(CredentialSource.class);
    assertThat(signers.opened()).hasSize(1);
    Guice.createInjector(module, plugins(signers)).getInstance(Dfns.class);
    assertThat(signers.opened()).hasSize(2);
    one.getInstance(EnvironmentCredentials.class).close();
    assertThat(signers.closed()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(
      value = Stage.class,
      names = {"DEVELOPMENT", "PRODUCTION"})
  void otherCredentialsLeaveTheEnvironmentOnlyTheAddress(Stage stage) {
    environment.keySet().retainAll(Set.of("DFNS_API_URL"));
    CredentialSource mine = CredentialSource.of(Credential.of(AccessToken.of("mine")));
    Injector injector = injector(stage, replacing(Key.get(CredentialSource.class), mine));
    assertThat(wallet(injector)).isEqualTo("wa-1");
    assertThat(server.arrivals().get(0).header("Authorization")).containsExactly("Bearer mine");
  }

  @Test
  void everyPieceCanBeReplaced() {
    environment.clear();
    CredentialSource mine = CredentialSource.of(Credential.of(AccessToken.of("mine")));
    Transport transport =
        request ->
            CompletableFuture.completedFuture(
                Reply.of(
                    200, Map.of(), ("{\"id\":\"" + request.uri().getHost() + "\"}").getBytes()));
    Injector injector =
        injector(
            Stage.PRODUCTION,
            replacing(Key.get(CredentialSource.class), mine),
            replacing(Key.get(Transport.class), transport),
            replacing(
                Key.get(URI.class, Names.named("dfns")), URI.create("https://api.uae.dfns.io")));
    assertThat(wallet(injector)).isEqualTo("api.uae.dfns.io");
  }

  @Test
  void requestsComeOutOfTheBudgetOfTheInjector() {
    Injector injector = injector(Stage.DEVELOPMENT, plugins(signers));

    assertThat(wallet(injector)).isEqualTo("wa-1");

    assertThat(injector.getInstance(RateBudget.class).load().taken()).isEqualTo(1);
    assertThat(injector.getInstance(Permits.class))
        .hasToString("TokenBucket(1000 a minute, 100 at once)");
  }

  @Test
  void permitsAndRetriesAreThoseThatAreBound() {
    Permits none =
        requests -> CompletableFuture.failedFuture(new IllegalStateException("the store is down"));
    Injector injector =
        injector(
            Stage.DEVELOPMENT,
            plugins(signers),
            replacing(Key.get(Permits.class), none),
            replacing(Key.get(RetryPolicy.class), RetryPolicy.none()));

    assertThatExceptionOfType(ServiceUnavailableException.class)
        .isThrownBy(() -> wallet(injector))
        .withMessageContaining("nothing was sent");
    assertThat(server.arrivals()).isEmpty();
  }

  @Test
  void aMissingVariableIsNamed() {
    environment.remove("DFNS_API_URL");
    Injector injector = injector(Stage.DEVELOPMENT, plugins(signers));
    assertThatExceptionOfType(ProvisionException.class)
        .isThrownBy(() -> injector.getInstance(Dfns.class))
        .withMessageContaining("DFNS_API_URL is not set")
        .withMessageNotContaining("hunter2")
        .withCauseInstanceOf(ConfigurationException.class);
  }

  @Test
  void inProductionAMissingVariableStopsTheStart() {
    environment.remove("DFNS_AUTH_TOKEN");
    assertThatExceptionOfType(CreationException.class)
        .isThrownBy(() -> injector(Stage.PRODUCTION, plugins(signers)))
        .withMessageContaining("set DFNS_AUTH_TOKEN")
        .withCauseInstanceOf(ConfigurationException.class);
  }

  @Test
  void withoutPluginsThereIsNoSigner() {
    Injector injector = injector(Stage.DEVELOPMENT);
    assertThatExceptionOfType(ProvisionException.class)
        .isThrownBy(() -> injector.getInstance(Dfns.class))
        .withMessageContaining("No signer provider answers to 'fake:'")
        .withMessageNotContaining("hunter2");
  }

  @Test
  void twoPluginsOfOneSchemeAreNamed() {
    Injector injector = injector(Stage.DEVELOPMENT, plugins(signers, new FakeSigners("fake")));
    assertThatExceptionOfType(ProvisionException.class)
        .isThrownBy(() -> injector.getInstance(Dfns.class))
        .withMessageContaining("Two signer providers answer to 'fake:'");
  }

  @Test
  void plainHttpToAnotherMachineIsRefused() {
    environment.put("DFNS_API_URL", "http://api.dfns.io");
    Injector injector = injector(Stage.DEVELOPMENT, plugins(signers));
    assertThatExceptionOfType(ProvisionException.class)
        .isThrownBy(() -> injector.getInstance(Dfns.class))
        .withMessageContaining("use https");
  }
}
