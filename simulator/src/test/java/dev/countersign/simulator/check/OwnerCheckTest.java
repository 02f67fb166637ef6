package dev.countersign.simulator.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.call.Answer;
import dev.countersign.simulator.call.Call;
import dev.countersign.simulator.call.Caller;
import dev.countersign.simulator.control.Switches;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.keys.Delegation;
import dev.countersign.simulator.spec.Description;
import dev.countersign.simulator.spec.Routes;
import dev.countersign.simulator.state.Entity;
import dev.countersign.simulator.state.Tables;
import dev.countersign.simulator.state.Tenant;
import dev.countersign.simulator.wire.SimRequest;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** End users use what is theirs and see nothing else; nobody else uses it. */
final class OwnerCheckTest {

  private static final Description DESCRIPTION = Description.load();

  private final Tenant tenant =
      new Tenant(1, "owners", Clock.systemUTC(), Switches.defaults(), (it, due) -> {});

  private String tokenKind = "Token";

  @BeforeEach
  void aKeyOfTheOrganisationAndOneOfAlice() {
    put("key-org", "wa-org", "");
    put("key-alice", "wa-alice", "us-alice");
    for (String user : new String[] {"us-alice", "us-bob", "us-admin"}) {
      String kind = user.equals("us-admin") ? "CustomerEmployee" : "EndUser";
      tenant.put(Tables.USERS, Entity.of(user, Json.object().put("kind", kind)));
    }
  }

  private void put(String key, String wallet, String owner) {
    tenant.put(
        Tables.KEYS,
        Entity.of(key, Json.object().put("id", key))
            .withHidden(Json.object().put("delegatedTo", owner)));
    ObjectNode shown = Json.object().put("id", wallet);
    ObjectNode signingKey = shown.putObject("signingKey").put("id", key);
    if (!owner.isEmpty()) {
      signingKey.put("delegatedTo", owner);
    }
    tenant.put(Tables.WALLETS, Entity.of(wallet, shown));
  }

  private <T> T call(
      String user, String method, String path, ObjectNode body, Function<Call, T> use) {
    return tenant.alone(
        () -> {
          Routes.Match match = DESCRIPTION.routes().find(method, path).orElseThrow();
          return use.apply(
              new Call(
                  SimRequest.single(method, path, Map.of(), new byte[0]),
                  match.operation(),
                  match.parameters(),
                  Map.of(),
                  body,
                  tenant,
                  new Caller(
                      tenant.get(Tables.USERS, user),
                      Entity.of("to-1", Json.object().put("kind", tokenKind)))));
        });
  }

  private int refusal(String user, String method, String path, ObjectNode body) {
    Optional<Answer> refusal = call(user, method, path, body, new OwnerCheck()::refusal);
    return refusal.map(Answer::status).orElse(200);
  }

  private int refusal(String user, String method, String path) {
    return refusal(user, method, path, Json.object());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/wallets/wa-alice/transfers",
        "/wallets/wa-alice/transactions",
        "/wallets/wa-alice/signatures",
        "/wallets/wa-alice/export",
        "/wallets/wa-alice/activate",
        "/wallets/wa-alice/transfers/xfr-1/cancel",
        "/keys/key-alice/signatures",
        "/keys/key-alice/export",
        "/keys/key-alice/derive"
      })
  void onlyItsOwnerOperatesWhatIsDelegated(String path) {
    assertThat(refusal("us-alice", "POST", path)).isEqualTo(200);
    assertThat(refusal("us-admin", "POST", path)).isEqualTo(403);
    assertThat(refusal("us-bob", "POST", path)).isEqualTo(404);
    assertThat(refusal("us-alice", "POST", path.replace("alice", "org"))).isEqualTo(404);
    assertThat(refusal("us-admin", "POST", path.replace("alice", "org"))).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/wallets/wa-alice", "/wallets/wa-alice/history", "/keys/key-alice"})
  void theOrganisationLooksAtWhatIsDelegated(String path) {
    assertThat(refusal("us-admin", "GET", path)).isEqualTo(200);
    assertThat(refusal("us-alice", "GET", path)).isEqualTo(200);
    assertThat(refusal("us-bob", "GET", path)).isEqualTo(404);
  }

  @Test
  void aTokenOfAnEndUserReachesAsFarAsTheEndUser() {
    tokenKind = "Pat";

    assertThat(refusal("us-alice", "GET", "/wallets/wa-alice")).isEqualTo(200);
    assertThat(refusal("us-alice", "GET", "/wallets/wa-org")).isEqualTo(404);
    assertThat(refusal("us-bob", "GET", "/keys/key-alice")).isEqualTo(404);
    assertThat(refusal("us-admin", "GET", "/keys/key-alice")).isEqualTo(200);
  }

  @Test
  void aWalletIsMadeWithAKeyOfOnesOwnOnly() {
    ObjectNode body = Json.object();
    body.putObject("signingKey").put("id", "key-alice");

    assertThat(refusal("us-alice", "POST", "/wallets", body)).isEqualTo(200);
    assertThat(refusal("us-admin", "POST", "/wallets", body)).isEqualTo(403);
    assertThat(refusal("us-bob", "POST", "/wallets", body)).isEqualTo(404);
    body.putObject("signingKey").put("id", "key-org");
    assertThat(refusal("us-alice", "POST", "/wallets", body)).isEqualTo(404);
    assertThat(refusal("us-admin", "POST", "/wallets", body)).isEqualTo(200);
  }

  @Test
  void aKeyIsDerivedFromOnesOwnOnly() {
    ObjectNode body = Json.object();
    body.putObject("deriveFrom").put("keyId", "key-alice");

    assertThat(refusal("us-admin", "POST", "/keys", body)).isEqualTo(403);
    assertThat(refusal("us-bob", "POST", "/keys", body)).isEqualTo(404);
    assertThat(refusal("us-alice", "POST", "/keys", body)).isEqualTo(200);
  }

  @Test
  void whatAnEndUserMakesIsItsOwn() {
    ObjectNode body = Json.object();
    assertThat(call("us-alice", "POST", "/keys", body, Delegation::owner)).isEqualTo("us-alice");
    assertThat(call("us-admin", "POST", "/keys", body, Delegation::owner)).isEmpty();
    body.put("delegateTo", "us-bob");
    assertThat(call("us-admin", "POST", "/keys", body, Delegation::owner)).isEqualTo("us-bob");
    assertThat(call("us-alice", "POST", "/keys", body, Delegation::refusal).map(Answer::status))
        .contains(403);
    assertThat(call("us-bob", "POST", "/keys", body, Delegation::refusal)).isEmpty();
  }
}
