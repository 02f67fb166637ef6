package dev.countersign.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A small round of what {@code bin/chaos} does at length. */
@Timeout(300)
class ChaosTest {

  private static final int TRANSFERS = 2_000;

  @Test
  void everyTransferIsThereOnceAndEveryCallerIsToldTheTruth() throws Exception {
    Tally tally = new Tally();

    new ChaosRound(TRANSFERS, 16, 6, tally).run();

    assertThat(tally.violations()).isEmpty();
    assertThat(tally.counted("transfer: DONE")).isEqualTo(TRANSFERS);
    assertThat(tally.counted("transfers in the ledger")).isGreaterThanOrEqualTo(TRANSFERS);
    assertThat(tally.counted("transfer: UNKNOWN")).isPositive();
    assertThat(tally.counted("transfer: NO_EFFECT")).isPositive();
    assertThat(tally.counted("new wallet: UNKNOWN")).isPositive();
    for (Hop hop : Hop.values()) {
      for (String kind : Storm.kinds()) {
        assertThat(tally.fired(hop, kind)).as("%s at %s", kind, hop).isPositive();
      }
      assertThat(tally.fired(hop, Storm.REFUSED)).as("refused at %s", hop).isPositive();
    }
  }
}
