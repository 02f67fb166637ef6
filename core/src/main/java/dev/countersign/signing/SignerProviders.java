package dev.countersign.signing;

import dev.countersign.error.ConfigurationException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;

/**
 * The signer plugins of a program, by scheme. Immutable.
 *
 * <p>There is no default signer and no global registry: the plugins are named, or {@link
 * #discover() discovered} where one trusts the class path.
 */
public final class SignerProviders {

  private final Map<String, SignerProvider> byScheme;

  private SignerProviders(Map<String, SignerProvider> byScheme) {
    this.byScheme = Collections.unmodifiableMap(byScheme);
  }

  /** These plugins. */
  public static SignerProviders of(SignerProvider... providers) {
    return of(List.of(providers));
  }

  /**
   * These plugins.
   *
   * @throws ConfigurationException if two of them answer to one scheme; the message names both
   */
  public static SignerProviders of(Collection<? extends SignerProvider> providers) {
    Map<String, SignerProvider> byScheme = new TreeMap<>();
    for (SignerProvider provider : providers) {
      String scheme = provider.scheme().toLowerCase(Locale.ROOT);
      SignerProvider other = byScheme.putIfAbsent(scheme, provider);
      if (other != null) {
        throw new ConfigurationException(
            "Two signer providers answer to '"
                + scheme
                + ":': "
                + other.getClass().getName()
                + " and "
                + provider.getClass().getName()
                + "; leave one out");
      }
    }
    return new SignerProviders(byScheme);
  }

  /** The plugins that {@link ServiceLoader} finds for the thread's context class loader. */
  public static SignerProviders discover() {
    List<SignerProvider> found = new ArrayList<>();
    ServiceLoader.load(SignerProvider.class).forEach(found::add);
    return of(found);
  }

  /** The plugins that {@link ServiceLoader} finds for one class loader. */
  public static SignerProviders discover(ClassLoader loader) {
    List<SignerProvider> found = new ArrayList<>();
    ServiceLoader.load(SignerProvider.class, loader).forEach(found::add);
    return of(found);
  }

  /** The schemes that can be opened, sorted. */
  public Set<String> schemes() {
    return byScheme.keySet();
  }

  /**
   * Opens the key that a URI names.
   *
   * @return a signer that the caller closes
   * @throws ConfigurationException if no plugin answers to the scheme, or the plugin cannot open
   *     the key
   */
  public Signer open(SignerUri uri) {
    SignerProvider provider = byScheme.get(uri.scheme());
    if (provider == null) {
      throw new ConfigurationException(
          "No signer provider answers to '"
              + uri.scheme()
              + ":'; "
              + (byScheme.isEmpty()
                  ? "there is none at all: put a signer module on the path and name its provider"
                  : "there are providers for " + String.join(", ", byScheme.keySet())));
    }
    return provider.open(uri);
  }

  @Override
  public String toString() {
    return "SignerProviders" + byScheme.keySet();
  }
}
