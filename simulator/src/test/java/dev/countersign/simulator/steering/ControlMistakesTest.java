package dev.countersign.simulator.steering;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.countersign.simulator.Organisation;
import dev.countersign.simulator.Simulator;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.wire.SimRequest;
import dev.countersign.simulator.wire.SimResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the control API says to a user's mistake: which field it is, and never that it is ours. */
final class ControlMistakesTest {

  private static final String KEY =
      "-----BEGIN PUBLIC KEY-----\\n"
          + "MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=\\n"
          + "-----END PUBLIC KEY-----\\n";

  private final Simulator simulator = Simulator.start();
  private final Organisation organisation = simulator.organisation();
  private final ControlApi api = new ControlApi(simulator);

  private SimResponse send(String method, String target, String body) {
    return api.handle(
        SimRequest.single(method, target, Map.of(), body.getBytes(StandardCharsets.UTF_8)));
  }

  private SimResponse at(String method, String target, String body) {
    return send(
        method,
        "/v1/organisations/" + organisation.id() + target,
        body.replace('\'', '"').replace("KEY", KEY));
  }

  private static String error(SimResponse response) {
    JsonNode error = Json.parse(response.body()).orElseThrow().path("error");
    return response.status()
        + " "
        + error.path("field").asText()
        + "|"
        + error.path("message").asText();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "PUT | /identities/us-none/activation | {'active':false} | 404 userId",
        "DELETE | /offers/ofr-none | | 404 offerId",
        "POST | /deliveries/whe-none/redelivery | | 404 eventId",
        "POST | /offers | {'walletId':'wa-none','from':'0x1','amount':'1','validFor':'PT1H'} | 400 walletId",
        "POST | /deposits | {'walletId':'wa-none','asset':'native','from':'0x1','amount':'1'} | 400 walletId",
        "PUT | /balances | {'walletId':'wa-none','asset':'native','amount':'1'} | 400 walletId",
        "GET | /balances?walletId=wa-none&asset=native | | 400 walletId",
      })
  void whatIsNotThereIsNamedWhereItIsAskedFor(
      String method, String target, String body, String expected) {
    assertThat(error(at(method, target, body == null ? "" : body)))
        .startsWith(expected + "|" + expected.substring(4) + ": there is no ")
        .endsWith("-none");
  }

  @ParameterizedTest
  @CsvSource({
    "/mailed-codes, username",
    "/balances?asset=native, walletId",
    "/balances?walletId=wa-none, asset",
  })
  void aParameterThatIsNeededIsAskedFor(String target, String field) {
    assertThat(error(at("GET", target, "")))
        .isEqualTo("400 " + field + "|" + field + ": required parameter is missing");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'kind':'human','name':'a','publicKey':'x'} | publicKey",
        "{'kind':'human','name':'a','publicKey':'KEY','operations':['Wallets:Reed']} | operations",
        "{'kind':'serviceAccount','name':'a','publicKey':'KEY','operations':['Wallet:Read']} | operations",
        "{'kind':'admin','name':'taken','publicKey':'KEY'} | name",
        "{'kind':'human','name':'taken','publicKey':'KEY'} | name",
        "{'kind':'endUser','name':'taken','publicKey':'KEY'} | name",
        "{'kind':'serviceAccount','name':'taken','publicKey':'KEY'} | name",
      })
  void anIdentityThatCannotBeNamesItsFieldAndIsNotMade(String body, String field) {
    assertThat(
            at("POST", "/identities", "{'kind':'admin','name':'taken','publicKey':'KEY'}").status())
        .isEqualTo(200);
    assertThat(
            at("POST", "/identities", "{'kind':'serviceAccount','name':'taken','publicKey':'KEY'}")
                .status())
        .isEqualTo(200);

    assertThat(error(at("POST", "/identities", body)))
        .startsWith("400 " + field + "|" + field + ": ");
    assertThat(organisation.usage()).hasSize(2);
  }

  @Test
  void anOldSpellingOfAPermissionIsKnown() {
    organisation.human("a", KEY.replace("\\n", "\n"), "Policies:Approvals:Approve");

    assertThat(organisation.usage().get(0).granted()).containsExactly("Policies:Evaluations:Vote");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'preset':'lostAnswer','operation':'transferAset'} | operation: there is no operation transferAset; the nearest is transferAsset",
        "{'preset':'failedDelivery','operation':'wallet.creatd'} | operation: there is no event wallet.creatd; the nearest is wallet.created",
        "{'preset':'failedDelivery','operation':'transferAsset'} | operation: there is no event transferAsset; the nearest is",
        "{'phase':'WEBHOOK','effect':{'kind':'ANSWER','status':204,'contentType':'a/b','body':'x'}} | effect: An answer with the status 204 has no body",
        "{'preset':'slow','times':99999999999999999999} | times: must have a maximum value of 9223372036854775807",
        "{'preset':'slow','skip':99999999999999999999} | skip: must have a maximum value of 9223372036854775807",
        "{'preset':'slow','probability':0.5,'seed':99999999999999999999} | seed: must have a maximum value of 9223372036854775807",
      })
  void aFaultThatWouldNeverStrikeIsRefused(String body, String message) {
    assertThat(error(at("POST", "/faults", body))).contains("|" + message);
    assertThat(organisation.faults().list()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "x | duration: takes a duration such as PT15M, not x",
        "P99999999999D | duration: The simulator's time ends with the year 9999, before PT2399999999976H from now",
        "PT2562047788015215H | duration: The simulator's time ends with the year 9999, before PT2562047788015215H from now",
      })
  void aClockThatCannotBeMovedSoFarIsNotMoved(String duration, String message) {
    organisation.clock().freeze();
    String before = organisation.clock().toString();

    assertThat(error(at("POST", "/clock/advance", "{'duration':'" + duration + "'}")))
        .isEqualTo("400 duration|" + message);
    assertThat(organisation.clock()).hasToString(before);
  }

  @Test
  void anOfferDoesNotStandForever() {
    assertThat(
            error(
                at(
                    "POST",
                    "/offers",
                    "{'walletId':'wa-none','from':'x','amount':'1','validFor':'P99999999999D'}")))
        .startsWith("400 validFor|validFor: An offer stands from now until some time");
    assertThat(
            error(
                at(
                    "POST",
                    "/offers",
                    "{'walletId':'wa-none','from':'x','amount':'1','validFor':'soon'}")))
        .isEqualTo("400 validFor|validFor: takes a duration such as PT15M, not soon");
  }

  @Test
  void aSwitchIsAtMostAHundredYears() {
    assertThat(error(at("PUT", "/switches", "{'temporaryTokenLifetime':'P99999999999D'}")))
        .startsWith("400 temporaryTokenLifetime|temporaryTokenLifetime: ");
  }

  @Test
  void aPriceIsOfANetworkThatCanBe() {
    assertThat(
            error(
                at(
                    "PUT",
                    "/prices",
                    "{'network':'X Y','tid':'native:x','symbol':'X','decimals':4,'usd':'1'}")))
        .startsWith("400 network|network: ");
    assertThat(organisation.prices().all()).isEmpty();
  }

  @Test
  void aNameIsTakenWhateverTheSeed() {
    assertThat(error(send("POST", "/v1/scenarios", "{\"text\":\"seed: 77\\nname: default\"}")))
        .isEqualTo(
            "400 |scenario.yaml:2: name: The simulator has an organisation of that name already");
    assertThat(simulator.organisations()).hasSize(1);
  }

  @Test
  void aSnapshotThatWouldNeverHappenOrRunIsRefusedAndChangesNothing() {
    String snapshot = new String(organisation.snapshot(), StandardCharsets.UTF_8);
    String strange =
        snapshot.replace(
            "\"agenda\":[]",
            "\"agenda\":[{\"at\":\"2020-01-01T00:00:00Z\",\"number\":1,\"what\":\"doom\",\"subject\":\"x\"}]");
    String far = snapshot.replace("\"ahead\":\"PT0S\"", "\"ahead\":\"PT99999999999999H\"");
    assertThat(strange).isNotEqualTo(snapshot);
    assertThat(far).isNotEqualTo(snapshot);

    for (String damaged :
        new String[] {strange, strange.replace("\"default\"", "\"other\""), far}) {
      assertThat(error(send("POST", "/v1/snapshots", damaged)))
          .startsWith("400 body|body: The snapshot is damaged: ");
    }

    assertThat(simulator.organisations()).hasSize(1);
    assertThat(new String(organisation.snapshot(), StandardCharsets.UTF_8)).isEqualTo(snapshot);
    assertThat(at("GET", "/usage", "").status()).isEqualTo(200);
  }
}
