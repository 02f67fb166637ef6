package dev.countersign.hsm;

import dev.countersign.error.ConfigurationException;
import dev.countersign.signing.Signer;
import dev.countersign.signing.SignerProvider;
import dev.countersign.signing.SignerUri;

/** Will open {@code pkcs11:} keys; for now it says that it cannot. */
public final class HsmSignerProvider implements SignerProvider {

  /** For {@link java.util.ServiceLoader}, and for those who name their providers. */
  public HsmSignerProvider() {}

  @Override
  public String scheme() {
    return "pkcs11";
  }

  @Override
  public Signer open(SignerUri uri) {
    throw new ConfigurationException(
        "Signing with an HSM (pkcs11:) is not available yet in this version; use a pem: key until then");
  }
}
