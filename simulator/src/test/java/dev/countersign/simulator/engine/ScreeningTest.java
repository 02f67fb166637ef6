package dev.countersign.simulator.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import dev.countersign.simulator.control.Finding;
import dev.countersign.simulator.control.Finding.Level;
import dev.countersign.simulator.control.Finding.Problem;
import dev.countersign.simulator.control.Finding.TravelRule;
import java.math.BigInteger;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Rules that ask a screening service trigger by what a test has it find, and fail closed. */
final class ScreeningTest {

  private static final String TO = "0x00000000000000000000000000000000000000Aa";
  private static final String OTHER = "0x00000000000000000000000000000000000000bB";

  private final World world = new World();
  private final TestClient admin = world.admin;
  private String wallet = "";

  @BeforeEach
  void aWallet() {
    wallet = admin.post("/wallets", "{\"network\":\"EthereumSepolia\"}").text("/id");
  }

  private static String fallbacks(String failure, boolean skip) {
    return """
    {"skipUnscreenableTransaction":%1$s,"skipUnsupportedNetwork":%1$s,\
    "skipUnsupportedAsset":%1$s,"%2$s":%1$s}\
    """
        .formatted(skip, failure);
  }

  private static String chainalysis(String least, String alerts, boolean skip) {
    return Policies.rule(
        "ChainalysisTransactionPrescreening",
        """
        {"alerts":{"alertLevel":"%s","categoryIds":%s},"exposures":{"direct":{"categoryIds":[7]}},\
        "addresses":{"categoryIds":[8]},"fallbackBehaviours":%s}\
        """
            .formatted(least, alerts, fallbacks("skipChainalysisFailure", skip)));
  }

  private static String globalLedger(int threshold, boolean skip) {
    return Policies.rule(
        "GlobalLedgerTransactionPrescreening",
        "{\"riskScoreThreshold\":"
            + threshold
            + ",\"fallbackBehaviours\":"
            + fallbacks("skipGlobalLedgerFailure", skip)
            + "}");
  }

  private static String travelRule(String more) {
    return Policies.rule(
        "TravelRuleTransactionPrescreening",
        "{\"vendor\":\"Notabene\",\"autoTriggerTimeoutSeconds\":60" + more + "}");
  }

  private void blocks(String rule) {
    Policies.create(admin, Policies.signing(rule, Policies.block()));
  }

  private String pay(String to) {
    Response answer =
        admin.post(
            "/wallets/" + wallet + "/transfers",
            "{\"kind\":\"Native\",\"to\":\"" + to + "\",\"amount\":\"5\"}");
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    return answer.text("/status");
  }

  @Test
  void whatNobodySaidAnythingOfIsClean() {
    blocks(chainalysis("LOW", "[]", false));
    blocks(globalLedger(1, false));
    blocks(travelRule(""));

    assertThat(pay(TO)).isEqualTo("Executing");
  }

  @ParameterizedTest
  @CsvSource({
    "MEDIUM, [],    LOW,    1, Executing",
    "MEDIUM, [],    MEDIUM, 1, Rejected",
    "MEDIUM, [],    SEVERE, 1, Rejected",
    "MEDIUM, [1],   HIGH,   1, Rejected",
    "MEDIUM, [2],   HIGH,   1, Executing",
  })
  void anAlertTriggersFromItsLevelOnIfItsCategoryIsListed(
      String least, String categories, Level level, int category, String status) {
    blocks(chainalysis(least, categories, false));
    world.organisation.screening().otherwise(Finding.clean().alert(level, category));

    assertThat(pay(TO)).isEqualTo(status);
  }

  @Test
  void exposuresAndAddressesTriggerIfTheirCategoryIsListed() {
    blocks(chainalysis("SEVERE", "[]", false));
    world.organisation.screening().address(TO, Finding.clean().exposure(7));
    assertThat(pay(TO)).isEqualTo("Rejected");
    world.organisation.screening().address(TO, Finding.clean().exposure(8));
    assertThat(pay(TO)).isEqualTo("Executing");
    world.organisation.screening().address(TO, Finding.clean().address(8));
    assertThat(pay(TO)).isEqualTo("Rejected");
  }

  @ParameterizedTest
  @CsvSource({
    "exposure, 1, Rejected",
    "exposure, 99, Rejected",
    "address, 1, Rejected",
    "none, 1, Executing"
  })
  void whereNoCategoryIsListedAnyTriggers(String what, int category, String status) {
    String rule =
        chainalysis("SEVERE", "[]", false)
            .replace("\"categoryIds\":[7]", "\"categoryIds\":[]")
            .replace("\"categoryIds\":[8]", "\"categoryIds\":[]");
    blocks(rule);
    Finding found =
        switch (what) {
          case "exposure" -> Finding.clean().exposure(category);
          case "address" -> Finding.clean().address(category);
          default -> Finding.clean();
        };
    world.organisation.screening().otherwise(found);

    assertThat(pay(TO)).isEqualTo(status);
  }

  @ParameterizedTest
  @EnumSource(
      value = Problem.class,
      names = {"NONE"},
      mode = EnumSource.Mode.EXCLUDE)
  void aServiceWithoutAnswerTriggersUnlessTheRuleSkipsThat(Problem problem) {
    String strict =
        Policies.create(admin, Policies.signing(chainalysis("LOW", "[]", false), Policies.block()));
    world.organisation.screening().otherwise(Finding.problem(problem));
    assertThat(pay(TO)).isEqualTo("Rejected");
    admin.delete("/v2/policies/" + strict);

    blocks(chainalysis("LOW", "[]", true));
    blocks(globalLedger(50, true));
    assertThat(pay(TO)).isEqualTo("Executing");
    blocks(globalLedger(50, false));
    assertThat(pay(TO)).isEqualTo("Rejected");
  }

  @Test
  void whatGoesNobodyKnowsWhereCannotBeScreened() {
    String path = "/wallets/" + wallet + "/signatures";
    String body = "{\"kind\":\"Message\",\"message\":\"0x00\"}";
    blocks(chainalysis("LOW", "[]", true));
    assertThat(admin.post(path, body).text("/status")).isEqualTo("Executing");

    blocks(chainalysis("LOW", "[]", false));
    assertThat(admin.post(path, body).text("/status")).isEqualTo("Rejected");
  }

  @Test
  void aRiskScoreTriggersFromTheThresholdOnAndAnAlertAlways() {
    blocks(globalLedger(50, false));
    world.organisation.screening().otherwise(Finding.clean().risk(49));
    assertThat(pay(TO)).isEqualTo("Executing");
    world.organisation.screening().otherwise(Finding.clean().risk(50));
    assertThat(pay(TO)).isEqualTo("Rejected");
    world.organisation.screening().otherwise(Finding.clean().alert(Level.LOW, 1));
    assertThat(pay(TO)).isEqualTo("Rejected");
    assertThatIllegalArgumentException().isThrownBy(() -> Finding.clean().risk(101));
  }

  @ParameterizedTest
  @CsvSource({
    "ACCEPTED,   Executing, Executing",
    "DECLINED,   Rejected,  Rejected",
    "DELIVERED,  Rejected,  Executing",
    "UNANSWERED, Rejected,  Rejected"
  })
  void theOtherSideHasASay(TravelRule answer, String plain, String clearing) {
    String rule = Policies.create(admin, Policies.signing(travelRule(""), Policies.block()));
    world.organisation.screening().otherwise(Finding.clean().travelRule(answer));
    assertThat(pay(TO)).isEqualTo(plain);
    admin.delete("/v2/policies/" + rule);

    blocks(travelRule(",\"autoClearAfterDeliveredTimeoutSeconds\":60"));
    assertThat(pay(TO)).isEqualTo(clearing);
  }

  @Test
  void theNextFindingIsForOnePaymentHoweverManyPoliciesAsk() {
    blocks(globalLedger(50, false));
    Policies.create(
        admin,
        Policies.signing(
            globalLedger(50, false), Policies.ask(Policies.group(1, Policies.anyone()))));
    world.organisation.screening().next(Finding.clean().risk(99));

    assertThat(pay(TO)).isEqualTo("Rejected");
    assertThat(pay(TO)).isEqualTo("Executing");
  }

  @Test
  void anAddressComesBeforeItsAssetAndBothBeforeTheRest() {
    blocks(globalLedger(50, false));
    world.organisation.screening().otherwise(Finding.clean().risk(99));
    world.organisation.screening().asset("EthereumSepolia", "NATIVE:ETH", Finding.clean());
    world.organisation.screening().address(TO.toLowerCase(Locale.ROOT), Finding.clean().risk(60));

    assertThat(pay(TO)).isEqualTo("Rejected");
    assertThat(pay(OTHER)).isEqualTo("Executing");
    world.organisation.screening().forget();
    assertThat(pay(TO)).isEqualTo("Executing");
  }

  @Test
  void theApprovalSaysWhatWasFound() {
    Policies.create(
        admin,
        Policies.signing(
            chainalysis("LOW", "[]", false), Policies.ask(Policies.group(1, Policies.anyone()))));
    world.organisation.screening().next(Finding.clean().alert(Level.HIGH, 3));

    assertThat(pay(TO)).isEqualTo("Pending");
    assertThat(admin.get("/v2/policy-approvals").text("/items/0/policyEvaluations/0/reason"))
        .isEqualTo("Chainalysis alerts: HIGH, category 3");
  }

  @Test
  void aDepositIsJudgedAndOnlyTold() {
    String hook =
        admin
            .post(
                "/webhooks", "{\"url\":\"https://hook.example\",\"events\":[\"policy.triggered\"]}")
            .text("/id");
    String rule =
        Policies.rule(
            "ChainalysisTransactionScreening",
            """
            {"alerts":{"alertLevel":"LOW","categoryIds":[]},\
            "exposures":{"direct":{"categoryIds":[]}},"fallbackBehaviours":%s}\
            """
                .formatted(fallbacks("skipChainalysisFailure", false)));
    String policy =
        Policies.create(
            admin,
            Policies.body(
                "Wallets:IncomingTransaction",
                rule,
                "{\"kind\":\"NoAction\"}",
                "{\"walletId\":{\"in\":[\"" + wallet + "\"]}}"));
    world.organisation.screening().address(OTHER, Finding.clean().alert(Level.HIGH, 3));
    world.organisation.balances().deposit(wallet, "native", BigInteger.TEN, TO);
    assertThat(admin.get("/webhooks/" + hook + "/events").body().path("items")).isEmpty();

    world.organisation.balances().deposit(wallet, "native", BigInteger.TEN, OTHER);

    JsonNode items = admin.get("/webhooks/" + hook + "/events").body().path("items");
    assertThat(items).hasSize(1);
    JsonNode evaluation = items.get(0).at("/data/policyEvaluation");
    assertThat(evaluation.at("/policy/id").asText()).isEqualTo(policy);
    assertThat(evaluation.at("/activity/kind").asText()).isEqualTo("Wallets:IncomingTransaction");
    assertThat(evaluation.at("/activity/blockchainEvent/from").asText()).isEqualTo(OTHER);
    assertThat(world.organisation.balances().of(wallet, "native"))
        .isEqualTo(BigInteger.valueOf(20));
  }

  @Test
  void aDepositIsJudgedByItsOwnRuleAndActionOnly() {
    String incoming =
        Policies.body("Wallets:IncomingTransaction", "%s", "{\"kind\":\"NoAction\"}", "{}");
    assertThat(admin.post("/v2/policies", incoming.formatted(Policies.always())).status())
        .isEqualTo(400);
    assertThat(
            admin
                .post(
                    "/v2/policies",
                    Policies.body(
                        "Wallets:IncomingTransaction",
                        chainalysis("LOW", "[]", false)
                            .replace("Prescreening", "Screening")
                            .replace("\"addresses\":{\"categoryIds\":[8]},", ""),
                        Policies.block(),
                        "{}"))
                .status())
        .isEqualTo(400);
  }
}
