package dev.countersign.simulator.steering;

import static dev.countersign.simulator.steering.ControlFixture.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countersign.simulator.client.OrganisationClient;
import dev.countersign.simulator.control.Asset;
import dev.countersign.simulator.control.Finding;
import dev.countersign.simulator.control.Fired;
import dev.countersign.simulator.documents.FindingJson;
import dev.countersign.simulator.wire.SimResponse;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the world outside does: time passes, money comes, prices and suspicions are told. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WorldControlTest {

  static final Set<String> SHOWN =
      Set.of(
          "getClock",
          "freezeClock",
          "resumeClock",
          "advanceClock",
          "createOffer",
          "withdrawOffer",
          "getBalance",
          "setBalance",
          "deposit",
          "addFinding",
          "forgetFindings",
          "listPrices",
          "setPrice");

  @RegisterExtension private final ControlFixture control = ControlFixture.showing(SHOWN);

  @Test
  void theClockIsFrozenMovedAndRuns() {
    OrganisationClient organisation = control.fresh();
    organisation.freeze();
    Instant before = organisation.now();
    assertThat(organisation.isFrozen()).isTrue();
    String wallet = control.wallet(organisation);
    String offer = organisation.offer(wallet, "0xabc", BigInteger.TEN, Duration.ofHours(1));

    assertThat(organisation.advance(Duration.ofHours(2)))
        .extracting(Fired::subject)
        .contains(offer);
    assertThat(organisation.now()).isEqualTo(before.plus(Duration.ofHours(2)));
    organisation.resume();
    assertThat(organisation.isFrozen()).isFalse();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> organisation.advance(Duration.ofHours(-1)))
        .withMessageStartingWith("duration: ");
  }

  @Test
  void anOfferIsWithdrawnOnce() {
    OrganisationClient organisation = control.fresh();
    organisation.freeze();
    String wallet = control.wallet(organisation);
    String offer = organisation.offer(wallet, "0xabc", BigInteger.TEN, Duration.ofHours(1));
    organisation.withdrawOffer(offer);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> organisation.withdrawOffer(offer))
        .withMessageContaining("cannot be withdrawn");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> organisation.offer("wa-none", "0x", BigInteger.ONE, Duration.ofDays(1)))
        .withMessageContaining("wa-none");
  }

  @Test
  void walletsHaveBalancesAndArePaid() {
    OrganisationClient organisation = control.fresh();
    String wallet = control.wallet(organisation);
    organisation.setBalance(wallet, "native", BigInteger.valueOf(40));
    assertThat(organisation.deposit(wallet, "native", BigInteger.TWO, "0xabc")).isNotEmpty();

    assertThat(organisation.balance(wallet, "native")).isEqualTo(42);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> organisation.balance("wa-none", "native"))
        .withMessageContaining("wa-none");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> organisation.deposit(wallet, "native", BigInteger.ZERO, "0xabc"))
        .withMessageContaining("more than nothing");
  }

  @Test
  void screeningFindsWhatItIsTold() {
    OrganisationClient organisation = control.fresh();
    Finding finding =
        Finding.clean()
            .alert(Finding.Level.values()[0], 3)
            .exposure(5)
            .address(7)
            .risk(50)
            .travelRule(Finding.TravelRule.DECLINED);
    organisation.findNext(finding);
    organisation.findOfAddress("0xabc", finding);
    organisation.findOfAsset("EthereumSepolia", "native:eth", finding);
    organisation.findOtherwise(Finding.problem(Finding.Problem.values()[1]));
    organisation.forgetFindings();

    assertThat(FindingJson.write(FindingJson.read(FindingJson.write(finding))))
        .isEqualTo(FindingJson.write(finding));
    SimResponse wrong =
        control.send("POST", organisation, "/screening", "{\"of\":\"address\",\"finding\":{}}");
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(text(wrong)).contains("\"field\":\"address\"");
  }

  @Test
  void pricesAreSet() {
    OrganisationClient organisation = control.fresh();
    organisation.setPrice(
        "EthereumSepolia", "erc20:0xAb", new Asset("X", 6, new BigDecimal("1.5")));
    assertThat(text(control.send("GET", organisation, "/prices", "")))
        .contains("\"tid\":\"erc20:0xab\"")
        .contains("\"usd\":\"1.5\"");
  }
}
