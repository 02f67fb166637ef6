package dev.countersign.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.error.ConfigurationException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignerProvidersTest {

  private static final SignerUri URI = SignerUri.parse("first:/key");

  @Test
  void theSchemeChoosesTheProvider() {
    Recorder first = new Recorder("first");
    Recorder second = new Recorder("second");
    assertThatThrownBy(() -> SignerProviders.of(first, second).open(URI)).hasMessage("opened");
    assertThat(first.opened).containsExactly(URI);
    assertThat(second.opened).isEmpty();
  }

  @Test
  void theSchemeOfAProviderMayBeWrittenInUpperCase() {
    Recorder first = new Recorder("FIRST");
    assertThatThrownBy(() -> SignerProviders.of(first).open(URI)).hasMessage("opened");
  }

  @Test
  void twoProvidersOfOneSchemeAreRefusedAndBothNamed() {
    assertThatThrownBy(() -> SignerProviders.of(new Recorder("first"), new Other()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("'first:'")
        .hasMessageContaining(Recorder.class.getName())
        .hasMessageContaining(Other.class.getName());
  }

  @Test
  void anUnknownSchemeIsRefusedWithThoseThatThereAre() {
    SignerProviders providers = SignerProviders.of(new Recorder("second"), new Other());
    assertThatThrownBy(() -> providers.open(SignerUri.parse("vault:/key")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("'vault:'")
        .hasMessageContaining("first, second");
  }

  @Test
  void withoutProvidersTheRefusalSaysThatThereAreNone() {
    assertThatThrownBy(() -> SignerProviders.of().open(URI))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("none at all");
  }

  @Test
  void theSchemesAreSortedAndCannotBeChanged() {
    SignerProviders providers = SignerProviders.of(new Recorder("second"), new Other());
    assertThat(providers.schemes()).containsExactly("first", "second");
    assertThat(providers).hasToString("SignerProviders[first, second]");
    assertThatThrownBy(() -> providers.schemes().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void discoveryFindsWhatTheClassLoaderOffers(@TempDir Path folder) throws Exception {
    try (URLClassLoader loader = offering(folder, Other.class)) {
      assertThat(SignerProviders.discover(loader).schemes()).contains("first");
    }
  }

  @Test
  void discoveryRefusesTwoProvidersOfOneScheme(@TempDir Path folder) throws Exception {
    try (URLClassLoader loader = offering(folder, Other.class, Third.class)) {
      assertThatThrownBy(() -> SignerProviders.discover(loader))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining(Other.class.getName())
          .hasMessageContaining(Third.class.getName());
    }
  }

  @Test
  void discoveryLooksInTheContextClassLoader(@TempDir Path folder) throws Exception {
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    try (URLClassLoader loader = offering(folder, Other.class)) {
      Thread.currentThread().setContextClassLoader(loader);
      assertThat(SignerProviders.discover().schemes()).contains("first");
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }
  }

  private static URLClassLoader offering(Path folder, Class<?>... providers) {
    try {
      Path services = Files.createDirectories(folder.resolve("META-INF/services"));
      Files.write(
          services.resolve(SignerProvider.class.getName()),
          List.of(providers).stream().map(Class::getName).toList());
      return new URLClassLoader(
          new URL[] {folder.toUri().toURL()}, SignerProvidersTest.class.getClassLoader());
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static class Recorder implements SignerProvider {

    private final String scheme;
    private final List<SignerUri> opened = new ArrayList<>();

    Recorder(String scheme) {
      this.scheme = scheme;
    }

    @Override
    public String scheme() {
      return scheme;
    }

    @Override
    public Signer open(SignerUri uri) {
      opened.add(uri);
      throw new ConfigurationException("opened");
    }
  }

  /** Public, as discovery wants it. */
  public static final class Other extends Recorder {
    public Other() {
      super("first");
    }
  }

  /** Another provider of the same scheme. */
  public static final class Third extends Recorder {
    public Third() {
      super("first");
    }
  }
}
