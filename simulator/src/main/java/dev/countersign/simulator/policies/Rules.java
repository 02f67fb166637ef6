package dev.countersign.simulator.policies;

import com.fasterxml.jackson.databind.JsonNode;
import dev.countersign.simulator.control.Finding;
import dev.countersign.simulator.state.Entity;
import dev.countersign.simulator.state.Tables;
import dev.countersign.simulator.state.Tenant;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** When a policy's rule triggers. What cannot be inferred triggers the rules that depend on it. */
final class Rules {

  /** A rule: the reason why it triggers, or nothing. */
  @FunctionalInterface
  private interface Rule {
    Optional<String> triggers(Tenant tenant, JsonNode configuration, Activity activity);
  }

  private static final Map<String, Rule> RULES =
      Map.of(
          "AlwaysTrigger", (tenant, configuration, activity) -> Optional.of("always triggers"),
          "TransactionAmountLimit", Rules::amountLimit,
          "TransactionAmountLimitNominal", Rules::nominalLimit,
          "TransactionAmountVelocity", Rules::amountVelocity,
          "TransactionCountVelocity", Rules::countVelocity,
          "TransactionRecipientWhitelist", Rules::whitelist);

  /** The rules that ask a screening service. */
  private static final Map<String, BiFunction<JsonNode, Finding, Optional<String>>> SCREENING =
      Map.of(
          "ChainalysisTransactionPrescreening", ScreeningRules::chainalysis,
          "ChainalysisTransactionScreening", ScreeningRules::chainalysis,
          "GlobalLedgerTransactionPrescreening", ScreeningRules::globalLedger,
          "TravelRuleTransactionPrescreening", ScreeningRules::travelRule);

  private Rules() {}

  /** Whether a kind of rule is simulated. */
  static boolean knows(String kind) {
    return RULES.containsKey(kind) || SCREENING.containsKey(kind);
  }

  /**
   * Why a rule triggers, or nothing if it does not.
   *
   * @param finding asks the screening services
   */
  static Optional<String> triggers(
      Tenant tenant, JsonNode rule, Activity activity, Supplier<Finding> finding) {
    String kind = rule.path("kind").asText();
    BiFunction<JsonNode, Finding, Optional<String>> screening = SCREENING.get(kind);
    if (screening != null) {
      return screening.apply(rule.path("configuration"), finding.get());
    }
    return Objects.requireNonNull(RULES.get(kind), kind)
        .triggers(tenant, rule.path("configuration"), activity);
  }

  private static Optional<String> amountLimit(
      Tenant tenant, JsonNode configuration, Activity activity) {
    BigDecimal limit = configuration.path("limit").decimalValue();
    Optional<BigDecimal> usd = activity.spend().usd(tenant.prices());
    if (usd.isEmpty()) {
      return Optional.of("the amount in USD cannot be inferred");
    }
    return usd.get().compareTo(limit) > 0
        ? Optional.of("the amount exceeds " + limit + " USD")
        : Optional.empty();
  }

  private static Optional<String> nominalLimit(
      Tenant tenant, JsonNode configuration, Activity activity) {
    Spend spend = activity.spend();
    BigInteger amount = spend.amount();
    if (amount == null || spend.isOfNoValue()) {
      return Optional.of("the amount cannot be inferred");
    }
    for (JsonNode asset : configuration.path("assets")) {
      boolean listed =
          asset.path("network").asText().equals(spend.network())
              && asset.path("tid").asText().equalsIgnoreCase(spend.tid());
      if (listed && amount.compareTo(new BigInteger(asset.path("limit").asText())) > 0) {
        return Optional.of(
            "the amount exceeds " + asset.path("limit").asText() + " of " + spend.tid());
      }
    }
    return Optional.empty();
  }

  private static Optional<String> amountVelocity(
      Tenant tenant, JsonNode configuration, Activity activity) {
    Optional<BigDecimal> usd = activity.spend().usd(tenant.prices());
    if (usd.isEmpty()) {
      return Optional.of("the amount in USD cannot be inferred");
    }
    BigDecimal limit = configuration.path("limit").decimalValue();
    for (Entity wallet : activity.wallets()) {
      BigDecimal sum = usd.get();
      for (Entity past : window(tenant, configuration, wallet).toList()) {
        if (past.text("usd").isEmpty()) {
          return Optional.of(
              "the amount in USD of "
                  + past.text("requestId")
                  + " cannot be inferred"
                  + within(configuration, ""));
        }
        sum = sum.add(new BigDecimal(past.text("usd")));
      }
      if (sum.compareTo(limit) > 0) {
        return Optional.of("the wallet's amounts exceed " + limit + within(configuration, " USD"));
      }
    }
    return Optional.empty();
  }

  private static Optional<String> countVelocity(
      Tenant tenant, JsonNode configuration, Activity activity) {
    BigDecimal limit = configuration.path("limit").decimalValue();
    for (Entity wallet : activity.wallets()) {
      long count = 1 + window(tenant, configuration, wallet).count();
      if (BigDecimal.valueOf(count).compareTo(limit) > 0) {
        return Optional.of("the wallet's activities exceed " + limit + within(configuration, ""));
      }
    }
    return Optional.empty();
  }

  private static Optional<String> whitelist(
      Tenant tenant, JsonNode configuration, Activity activity) {
    Spend spend = activity.spend();
    if (spend.recipient() == null || spend.isOfNoValue()) {
      return Optional.of("the recipient cannot be inferred");
    }
    return configuration
            .path("addresses")
            .valueStream()
            .anyMatch(address -> spend.isTo(address.asText()))
        ? Optional.empty()
        : Optional.of("the recipient is not on the whitelist");
  }

  /** A wallet's past activities in the rule's time frame. */
  private static Stream<Entity> window(Tenant tenant, JsonNode configuration, Entity wallet) {
    long since =
        tenant
            .now()
            .minus(Duration.ofMinutes(configuration.path("timeframe").asLong()))
            .toEpochMilli();
    return tenant
        .table(Tables.ACTIVITIES)
        .latestWhere("walletId", wallet.id())
        .takeWhile(past -> past.get("at").asLong() > since);
  }

  private static String within(JsonNode configuration, String unit) {
    return unit + " within " + configuration.path("timeframe").asText() + " minutes";
  }
}
