package dev.countersign.signing;

import dev.countersign.error.ConfigurationException;

/**
 * A plugin that opens signers of one kind.
 *
 * <p>Providers have a public constructor without arguments and no state worth speaking of, so that
 * they are safe for use by several threads; discovery through {@link java.util.ServiceLoader} is
 * opt-in, see {@link SignerProviders#discover()}.
 */
public interface SignerProvider {

  /** The URI scheme this provider answers to, in lower case, such as {@code pem}. */
  String scheme();

  /**
   * Opens the key that the URI names, and checks that it can sign.
   *
   * @return a signer that the caller closes
   * @throws ConfigurationException with a sentence that says what was found and what to do
   */
  Signer open(SignerUri uri);
}
