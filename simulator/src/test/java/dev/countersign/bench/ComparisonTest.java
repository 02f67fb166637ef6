package dev.countersign.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ComparisonTest {

  @Test
  void whatIsExpectedStandsBesideWhatWasMeasured() {
    Comparison comparison = new Comparison();
    comparison.add("ed25519", 50);
    comparison.add("ed25519", 60);
    comparison.add("ed25519Jdk", 1046);
    comparison.add("p256", 136);
    comparison.add("p256Jdk", 170);
    comparison.add("secp256k1", 135);
    assertThat(comparison.table().lines())
        .containsExactly(
            "                     µs     JDK µs   times",
            "ed25519            50.0     1046.0    20.9  expected ≥ 10, measured 20.9",
            "p256              136.0      170.0     1.3"
                + "  expected ≥ 2, measured 1.3: less than expected",
            "secp256k1         135.0          -       -");
  }
}
