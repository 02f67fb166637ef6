package dev.countersign.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class JsonComparisonTest {

  @Test
  void whatIsExpectedStandsBesideWhatWasMeasured() {
    JsonComparison comparison = new JsonComparison();
    comparison.add("decodePolicy", 0.9, 1_900);
    comparison.add("decodePolicyDatabind", 1.0, 1_000);
    comparison.add("encodePolicy", 1.1, 1_000);
    comparison.add("encodePolicyDatabind", 1.0, 1_000);
    comparison.add("encodeWallets", 1.0, 2_001);
    comparison.add("encodeWalletsDatabind", 1.0, 1_000);
    comparison.add("readPolicy", 2, 3);
    assertThat(comparison.table().lines())
        .containsExactly(
            "                      µs databind ratio    bytes databind ratio",
            "decodePolicy        0.90     1.00  0.90     1900     1000  1.90"
                + "  expected ≤ 1.0 and ≤ 2.0",
            "encodePolicy        1.10     1.00  1.10     1000     1000  1.00"
                + "  expected ≤ 1.0 and ≤ 2.0: more than expected",
            "encodeWallets       1.00     1.00  1.00     2001     1000  2.00"
                + "  expected ≤ 1.0 and ≤ 2.0: more than expected",
            "readPolicy          2.00        -     -        3        -     -");
  }

  @Test
  void theMiddleOfManyMeasurementsCounts() {
    assertThat(Statistics.median(List.of(9.0, 1.0, 2.0))).isEqualTo(2);
    assertThat(Statistics.median(List.of(9.0, 1.0, 2.0, 4.0))).isEqualTo(3);
    JsonComparison comparison = new JsonComparison();
    comparison.add("read", 1, 8);
    comparison.add("read", 100, 8);
    comparison.add("read", 1, 8);
    assertThat(comparison.table()).contains("1.00").doesNotContain("34.00");
  }
}
