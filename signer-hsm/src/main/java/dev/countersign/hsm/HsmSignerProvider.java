package dev.countersign.hsm;

import dev.countersign.error.ConfigurationException;
import dev.countersign.signing.SignerProvider;
import dev.countersign.signing.SignerUri;
import java.time.Clock;

/**
 * Opens {@code pkcs11:} keys, named as RFC 7512 does: {@code
 * pkcs11:token=dfns;object=api-key?module-path=/usr/lib/softhsm/libsofthsm2.so&pin-source=file:/run/secrets/pin}.
 *
 * <p>Before the question mark, joined by {@code ;}: {@code token}, {@code serial}, {@code slot-id},
 * {@code manufacturer} and {@code model} choose the token, {@code object} (the label) and {@code
 * id} (percent-encoded bytes) the private key; {@code type=private} may be said. What is left out
 * may be anything, and exactly one token and one key must match.
 *
 * <p>Behind it, joined by {@code &}:
 *
 * <dl>
 *   <dt>{@code module-path}
 *   <dd>the HSM's PKCS#11 library, an absolute path
 *   <dt>{@code module-name}
 *   <dd>or the name of a common one, looked for where its maker installs it: {@code softhsm2},
 *       {@code cloudhsm}, {@code luna}, {@code yubihsm}, {@code nshield}
 *   <dt>{@code pin-source}
 *   <dd>{@code file:/path} or {@code env:NAME}: read at each login, on one line of UTF-8. The PIN
 *       itself has no place in the URI
 *   <dt>{@code permissions=any}
 *   <dd>accepts a PIN file that others can read or write; without it the rules for key files hold
 *   <dt>{@code pool-size}
 *   <dd>signatures at once, 1 to 256; 5 unless said, the sessions that SunPKCS11 keeps open
 *   <dt>{@code acquire-timeout}
 *   <dd>longest wait until one of them is free, such as {@code 500ms}, {@code 10s} or {@code 2m};
 *       10 seconds unless said, and like all others a day at most
 *   <dt>{@code sign-timeout}
 *   <dd>longest wait for a signature after that, healing included; 10 seconds unless said
 *   <dt>{@code open-timeout}
 *   <dd>longest wait for the module when opening; 30 seconds unless said
 *   <dt>{@code probe-interval}
 *   <dd>first wait before it is tried whether a token that was lost is back, doubling up to 32
 *       times; 1 second unless said
 * </dl>
 *
 * <p>The key needs a certificate with the same CKA_ID on the token, which nobody validates: Java's
 * SunPKCS11 sees no key without one.
 */
public final class HsmSignerProvider implements SignerProvider {

  private final PinSource.Environment environment;
  private final Clock clock;

  /** For {@link java.util.ServiceLoader}, and for those who name their providers. */
  public HsmSignerProvider() {
    this(System::getenv, Clock.systemUTC());
  }

  HsmSignerProvider(PinSource.Environment environment, Clock clock) {
    this.environment = environment;
    this.clock = clock;
  }

  @Override
  public String scheme() {
    return "pkcs11";
  }

  /**
   * Opens the key that the URI names, after it has signed once and the signature was verified.
   *
   * @return a signer that the caller closes
   * @throws ConfigurationException if an attribute is unknown or missing, none or several tokens or
   *     keys match, the PIN is wrong, or the key cannot be used; the message says what was found
   *     and what to do
   */
  @Override
  public HsmSigner open(SignerUri uri) {
    return HsmSigner.open(HsmUri.parse(uri, environment), clock);
  }
}
