package dev.countersign.hsm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.error.ConfigurationException;
import dev.countersign.signing.SignerProviders;
import dev.countersign.signing.SignerUri;
import org.junit.jupiter.api.Test;

class HsmSignerProviderTest {

  @Test
  void itIsDiscoveredByItsScheme() {
    assertThat(SignerProviders.discover().schemes()).containsExactly("pkcs11");
  }

  @Test
  void itSaysThatItIsNotAvailableAndWhatToUse() {
    SignerUri uri = SignerUri.parse("pkcs11:token=dfns;object=api-key?pin-source=file:/pin");

    assertThatThrownBy(() -> SignerProviders.of(new HsmSignerProvider()).open(uri))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("not available yet")
        .hasMessageContaining("use a pem: key");
  }
}
