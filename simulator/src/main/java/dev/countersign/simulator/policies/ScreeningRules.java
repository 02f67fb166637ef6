package dev.countersign.simulator.policies;

import com.fasterxml.jackson.databind.JsonNode;
import dev.countersign.simulator.control.Finding;
import dev.countersign.simulator.control.Finding.Level;
import java.util.List;
import java.util.Optional;

/**
 * When the rules that ask a screening service trigger. A service that has no answer triggers them,
 * unless the rule says that this is to be skipped.
 */
final class ScreeningRules {

  private ScreeningRules() {}

  /** Chainalysis, before a payment or after a deposit; of deposits the address is not asked. */
  static Optional<String> chainalysis(JsonNode configuration, Finding finding) {
    if (finding.problem() != Finding.Problem.NONE) {
      return problem(configuration, finding, "skipChainalysisFailure");
    }
    JsonNode alerts = configuration.path("alerts");
    Level least = Level.valueOf(alerts.path("alertLevel").asText());
    for (Finding.Alert alert : finding.alerts()) {
      if (alert.level().compareTo(least) >= 0
          && (alerts.path("categoryIds").isEmpty()
              || lists(alerts.path("categoryIds"), alert.category()))) {
        return Optional.of(
            "Chainalysis alerts: " + alert.level() + ", category " + alert.category());
      }
    }
    return listed(
            configuration.at("/exposures/direct/categoryIds"), finding.exposures(), "an exposure")
        .or(
            () ->
                listed(
                    configuration.at("/addresses/categoryIds"), finding.addresses(), "an address"));
  }

  /** Global Ledger. */
  static Optional<String> globalLedger(JsonNode configuration, Finding finding) {
    if (finding.problem() != Finding.Problem.NONE) {
      return problem(configuration, finding, "skipGlobalLedgerFailure");
    }
    if (!finding.alerts().isEmpty()) {
      return Optional.of("Global Ledger alerts");
    }
    double threshold = configuration.path("riskScoreThreshold").asDouble();
    return finding.risk() >= threshold
        ? Optional.of("Global Ledger's risk score is " + finding.risk())
        : Optional.empty();
  }

  /** The travel rule; what is answered is known at once. */
  static Optional<String> travelRule(JsonNode configuration, Finding finding) {
    if (finding.problem() != Finding.Problem.NONE) {
      return Optional.of("the travel rule message cannot be sent");
    }
    return switch (finding.travelRule()) {
      case ACCEPTED -> Optional.empty();
      case DECLINED -> Optional.of("the other side declines");
      case DELIVERED ->
          configuration.has("autoClearAfterDeliveredTimeoutSeconds")
              ? Optional.empty()
              : Optional.of("the other side has not answered in time");
      case UNANSWERED -> Optional.of("the other side has not answered in time");
    };
  }

  private static Optional<String> problem(
      JsonNode configuration, Finding finding, String skipFailure) {
    String skip =
        switch (finding.problem()) {
          case UNSCREENABLE -> "skipUnscreenableTransaction";
          case UNSUPPORTED_NETWORK -> "skipUnsupportedNetwork";
          case UNSUPPORTED_ASSET -> "skipUnsupportedAsset";
          case FAILURE -> skipFailure;
          case NONE -> throw new IllegalArgumentException("There is no problem");
        };
    return configuration.path("fallbackBehaviours").path(skip).asBoolean()
        ? Optional.empty()
        : Optional.of("it cannot be screened: " + finding.problem());
  }

  private static Optional<String> listed(JsonNode categories, List<Integer> found, String what) {
    boolean all = categories.isArray() && categories.isEmpty();
    return found.stream()
        .filter(category -> all || lists(categories, category))
        .findFirst()
        .map(category -> "Chainalysis finds " + what + " of category " + category);
  }

  private static boolean lists(JsonNode categories, int category) {
    return categories.valueStream().anyMatch(it -> it.asInt() == category);
  }
}
