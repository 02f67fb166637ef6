package dev.countersign.simulator.records;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.call.Answer;
import dev.countersign.simulator.call.Behaviour;
import dev.countersign.simulator.call.Call;
import dev.countersign.simulator.call.Caller;
import dev.countersign.simulator.control.Switches;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.spec.Description;
import dev.countersign.simulator.spec.Operation;
import dev.countersign.simulator.state.Entity;
import dev.countersign.simulator.state.Tables;
import dev.countersign.simulator.state.Tenant;
import dev.countersign.simulator.wire.SimRequest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An end user keeps records of their own wallets, and sees no others. */
final class EndUserTest {

  private static final Description DESCRIPTION = Description.load();
  private static final Map<String, Behaviour> RECORDS = Records.behaviours(DESCRIPTION);

  private final Tenant tenant =
      new Tenant(1, "people", Clock.systemUTC(), Switches.defaults(), (it, due) -> {});
  private final Caller ann = caller("us-ann", "EndUser");
  private final Caller ben = caller("us-ben", "EndUser");
  private final Caller employee = caller("us-eve", "CustomerEmployee");

  private static Caller caller(String id, String kind) {
    return new Caller(
        Entity.of(id, Json.object().put("kind", kind)),
        Entity.of("to-" + id, Json.object().put("kind", "Token")));
  }

  @BeforeEach
  void aWalletOfAnn() {
    ObjectNode shown = Json.object().put("id", "wa-1").put("network", "Base");
    shown.putObject("signingKey").put("delegatedTo", "us-ann");
    tenant.put(Tables.WALLETS, Entity.of("wa-1", shown));
  }

  private Answer call(Caller caller, String id, Map<String, String> parameters, String body) {
    Operation operation =
        DESCRIPTION.operations().stream()
            .filter(it -> it.id().equals(id))
            .findFirst()
            .orElseThrow();
    Call call =
        new Call(
            SimRequest.single(operation.method(), operation.path(), Map.of(), new byte[0]),
            operation,
            parameters,
            Map.of(),
            Json.parse(body.getBytes(StandardCharsets.UTF_8)).orElseThrow(),
            tenant,
            caller);
    return tenant.alone(() -> Objects.requireNonNull(RECORDS.get(id)).answer(call));
  }

  private Answer payout(Caller caller) {
    return call(
        caller,
        "createPayout",
        Map.of(),
        """
        {"provider":"CircleMint","walletId":"wa-1","fiatCurrency":"USD","bankId":"b","rail":"wire",
         "asset":{"kind":"Erc20","contract":"0xab","amount":"1"}}""");
  }

  @Test
  void anEndUserSeesTheirOwnRecordsOnly() {
    String id = payout(ann).body().orElseThrow().path("id").asText();

    for (Caller who : new Caller[] {ann, employee}) {
      assertThat(call(who, "getPayout", Map.of("payoutId", id), "{}").status()).isEqualTo(200);
      assertThat(items(who)).isEqualTo(1);
    }
    assertThat(call(ben, "getPayout", Map.of("payoutId", id), "{}").status()).isEqualTo(404);
    assertThat(items(ben)).isZero();
  }

  @Test
  void anEndUserNamesTheirOwnWalletsOnly() {
    assertThat(payout(ben).status()).isEqualTo(404);
    assertThat(payout(ann).status()).isEqualTo(200);
  }

  @Test
  void whoReadsARecordDoesNotBecomeItsRequester() {
    String id = payout(ann).body().orElseThrow().path("id").asText();

    Answer read = call(employee, "getPayout", Map.of("payoutId", id), "{}");

    assertThat(read.body().orElseThrow().at("/requester/userId").asText()).isEqualTo("us-ann");
  }

  private int items(Caller caller) {
    return call(caller, "listPayouts", Map.of(), "{}").body().orElseThrow().path("items").size();
  }
}
