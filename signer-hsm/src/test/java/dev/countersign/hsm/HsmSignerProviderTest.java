package dev.countersign.hsm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.signing.SignerProviders;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class HsmSignerProviderTest {

  @Test
  void itIsDiscoveredByItsScheme() {
    assertThat(SignerProviders.discover().schemes()).containsExactly("pkcs11");
  }

  @Test
  void theProbeIsNothingThatDfnsTakes() {
    String probe = new String(Probe.message(), StandardCharsets.US_ASCII);
    assertThat(Probe.message()[0]).isZero();
    assertThat(probe).doesNotContain("{", "challenge");
    assertThat(Probe.message()).isEqualTo(Probe.message());
  }

  @Test
  void healthSaysSinceWhenAndAsksNobody() {
    Instant now = Instant.parse("2026-01-02T03:04:05Z");
    SoftHsm hsm = SoftHsm.require();
    TestToken token = hsm.token("health").with(TestKey.P256, "key");
    Shim shim = Shim.load(hsm);
    try (HsmSigner signer =
        new HsmSignerProvider(name -> null, Clock.fixed(now, ZoneOffset.UTC))
            .open(token.uri(shim.path(), "key", "&probe-interval=10m"))) {
      long calls = shim.calls(Shim.SIGN);
      HsmHealth health = signer.health();
      assertThat(health.healthy()).isTrue();
      assertThat(health.since()).isEqualTo(now);
      assertThat(health.lastError()).isEmpty();
      assertThat(health.lastSignature()).contains(now);
      assertThat(health).hasToString("healthy since 2026-01-02T03:04:05Z");
      assertThat(shim.calls(Shim.SIGN)).isEqualTo(calls);
    }
  }
}
