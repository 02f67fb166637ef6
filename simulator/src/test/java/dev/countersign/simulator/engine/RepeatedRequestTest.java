package dev.countersign.simulator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.simulator.control.Asset;
import java.math.BigDecimal;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The same request is the same request for ever, whatever happens to the world meanwhile. */
final class RepeatedRequestTest {

  private static final String TRANSFER =
      "{\"kind\":\"Native\",\"to\":\"0x00000000000000000000000000000000000000Aa\","
          + "\"amount\":\"100000000000000000\",\"externalId\":\"e-1\"}";

  private final World world = new World();
  private final TestClient admin = world.admin;
  private String transfers = "";
  private String first = "";

  @BeforeEach
  void aTransfer() {
    String wallet = admin.post("/wallets", "{\"network\":\"EthereumSepolia\"}").text("/id");
    transfers = "/wallets/" + wallet + "/transfers";
    first = admin.post(transfers, TRANSFER).text("/id");
  }

  private void isTheFirst(Response response) {
    assertThat(response.status()).as(response.toString()).isEqualTo(200);
    assertThat(response.text("/id")).isEqualTo(first);
  }

  @Test
  void anotherPriceMakesNoOtherRequest() {
    world
        .organisation
        .prices()
        .set("EthereumSepolia", "native:eth", new Asset("ETH", 18, BigDecimal.TEN));

    isTheFirst(admin.post(transfers, TRANSFER));
  }

  @Test
  void itIsTheSameAfterTheOrganisationWasKeptAndMadeAgain() {
    world.organisation.restore(world.organisation.snapshot());

    isTheFirst(admin.post(transfers, TRANSFER));
  }

  @Test
  void itIsTheSameWhenItHasFailedOrIsConfirmed() {
    world.organisation.clock().advance(Duration.ofDays(400));
    assertThat(admin.get(transfers + "/" + first).text("/status")).isEqualTo("Confirmed");
    isTheFirst(admin.post(transfers, TRANSFER));

    first = admin.post(transfers, TRANSFER.replace("e-1", "e-2")).text("/id");
    admin.put(transfers + "/" + first + "/abort", null);

    Response again = admin.post(transfers, TRANSFER.replace("e-1", "e-2"));
    isTheFirst(again);
    assertThat(again.text("/status")).isEqualTo("Failed");
  }
}
