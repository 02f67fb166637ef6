package dev.countersign.http;

import com.google.inject.AbstractModule;
import com.google.inject.Key;
import com.google.inject.Provider;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.multibindings.Multibinder;
import com.google.inject.multibindings.OptionalBinder;
import com.google.inject.name.Named;
import com.google.inject.name.Names;
import dev.countersign.Dfns;
import dev.countersign.call.CallEngine;
import dev.countersign.call.CallListener;
import dev.countersign.call.RetryPolicy;
import dev.countersign.credential.CredentialSource;
import dev.countersign.credential.EnvironmentCredentials;
import dev.countersign.json.JsonCodec;
import dev.countersign.rate.Permits;
import dev.countersign.rate.RateBudget;
import dev.countersign.rate.TokenBucket;
import dev.countersign.signing.SignerProvider;
import dev.countersign.signing.SignerProviders;
import dev.countersign.transport.Transport;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;

/**
 * Wires a {@link Dfns} with Guice, from environment variables (see {@link EnvironmentCredentials}).
 *
 * <p>Signer plugins are elements of a set: {@code Multibinder.newSetBinder(binder(),
 * SignerProvider.class).addBinding().to(PemSignerProvider.class)}. Every piece can be replaced with
 * {@code OptionalBinder.newOptionalBinder(binder(), …).setBinding()}:
 *
 * <ul>
 *   <li>{@link Transport}: a {@link JdkTransport} with its defaults
 *   <li>{@link JsonCodec}: a {@link JacksonCodec}
 *   <li>{@link CredentialSource}: the environment's; replaced, only {@code DFNS_API_URL} is read
 *   <li>{@code @Named("dfns") URI}: the address of Dfns, {@code DFNS_API_URL}
 *   <li>{@code @Named("dfns") Executor}: what asynchronous calls sign on, a few daemon threads
 *   <li>{@code @Named("dfns") Duration}: the deadline over a whole call
 *   <li>{@code @Named("dfns") Clock}: the system's
 *   <li>{@link CallListener}: nobody is told of calls
 *   <li>{@link RetryPolicy}: {@link RetryPolicy#standard()}
 *   <li>{@link Permits}: this process's own, {@value DfnsBuilder#DEFAULT_LIMIT} requests a minute
 *   <li>{@link RateBudget}: the queue in front of these permits, once an injector
 * </ul>
 *
 * <p>The signer that the environment names is opened when it is first needed, once an injector, and
 * closed with {@code injector.getInstance(EnvironmentCredentials.class).close()}.
 */
// Guice has no part in the module's interface: only those who install this have it on their path
@SuppressWarnings("exports")
public final class DfnsModule extends AbstractModule {

  private static final String NAME = "dfns";

  private final Map<String, String> environment;

  /** From the variables of the process. */
  public DfnsModule() {
    this(System.getenv());
  }

  /** From these variables. */
  public DfnsModule(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  @Override
  protected void configure() {
    Multibinder.newSetBinder(binder(), SignerProvider.class);
    Provider<SignerProviders> providers = getProvider(SignerProviders.class);
    // not a singleton of Guice: in production those are made even where another one replaces them
    Once<EnvironmentCredentials> credentials =
        new Once<>(() -> EnvironmentCredentials.read(environment, providers.get()));
    bind(EnvironmentCredentials.class).toProvider(credentials::get);
    OptionalBinder.newOptionalBinder(binder(), CredentialSource.class)
        .setDefault()
        .to(EnvironmentCredentials.class);
    OptionalBinder.newOptionalBinder(binder(), Key.get(URI.class, Names.named(NAME)))
        .setDefault()
        .toProvider(() -> EnvironmentCredentials.apiUrl(environment));
    OptionalBinder.newOptionalBinder(binder(), Transport.class)
        .setDefault()
        .toProvider(new Once<>(() -> JdkTransport.builder().build())::get);
    OptionalBinder.newOptionalBinder(binder(), JsonCodec.class)
        .setDefault()
        .toInstance(new JacksonCodec());
    OptionalBinder.newOptionalBinder(binder(), Key.get(Executor.class, Names.named(NAME)))
        .setDefault()
        .toInstance(DaemonThreads.signing());
    OptionalBinder.newOptionalBinder(binder(), Key.get(Duration.class, Names.named(NAME)))
        .setDefault()
        .toInstance(CallEngine.DEFAULT_DEADLINE);
    OptionalBinder.newOptionalBinder(binder(), Key.get(Clock.class, Names.named(NAME)))
        .setDefault()
        .toInstance(Clock.systemUTC());
    OptionalBinder.newOptionalBinder(binder(), CallListener.class);
    OptionalBinder.newOptionalBinder(binder(), RetryPolicy.class)
        .setDefault()
        .toInstance(RetryPolicy.standard());
    OptionalBinder.newOptionalBinder(binder(), Permits.class)
        .setDefault()
        .toProvider(new Once<>(() -> TokenBucket.perMinute(DfnsBuilder.DEFAULT_LIMIT))::get);
    Provider<Permits> permits = getProvider(Permits.class);
    OptionalBinder.newOptionalBinder(binder(), RateBudget.class)
        .setDefault()
        .toProvider(new Once<>(() -> RateBudget.over(permits.get()))::get);
  }

  @Provides
  SignerProviders signerProviders(Set<SignerProvider> providers) {
    return SignerProviders.of(providers);
  }

  @Provides
  @Singleton
  Dfns dfns(
      Transport transport,
      JsonCodec codec,
      CredentialSource credentials,
      @Named(NAME) URI apiUrl,
      @Named(NAME) Executor executor,
      @Named(NAME) Duration deadline,
      @Named(NAME) Clock clock,
      Optional<CallListener> listener,
      RetryPolicy retries,
      RateBudget rate) {
    return Dfns.over(
        CallEngine.builder()
            .transport(transport)
            .codec(codec)
            .credentials(credentials)
            .apiUrl(apiUrl)
            .executor(executor)
            .deadline(deadline)
            .clock(clock)
            .listener(listener.orElse(null))
            .retries(retries)
            .rate(rate)
            .build());
  }
}
