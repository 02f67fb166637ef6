package dev.countersign.simulator.check;

import dev.countersign.simulator.call.Answer;
import dev.countersign.simulator.call.Call;
import dev.countersign.simulator.call.IdentityKind;
import dev.countersign.simulator.json.Json;
import java.util.Optional;
import java.util.Set;

/** Whether this kind of identity may call the operation at all. */
final class IdentityCheck implements Check {

  private static final String VOTE = "createApprovalDecision";

  /** The description names nobody for it, and it takes a token. */
  private static final String EXCHANGE = "exchangeAccessToken";

  private static final Set<String> KEY_ROTATION =
      Set.of(
          "listCredentials",
          "createCredentialChallenge",
          "createCredential",
          "activateCredential",
          "deactivateCredential",
          "deleteCredential");

  @Override
  public Optional<Answer> refusal(Call call) {
    String operation = call.operation().id();
    // a temporary token came this far only with an operation that it was issued for
    if (isAdmitted(call) || call.caller().isTemporary() || operation.equals(EXCHANGE)) {
      return Optional.empty();
    }
    if (call.caller().isServiceAccount()) {
      if (operation.equals(VOTE)) {
        return vote(call);
      }
      if (KEY_ROTATION.contains(operation)
          && call.tenant().switches().serviceAccountsRotateKeys()) {
        return Optional.empty();
      }
    }
    return Optional.of(
        Answer.refused(403, PermissionCheck.message(call, named(call)))
            .because("a " + call.caller().kind().text() + " may not call " + operation)
            .detail("identityKind", Json.object().textNode(call.caller().kind().text())));
  }

  /** An end user's personal access token may do what both of them may. */
  private static boolean isAdmitted(Call call) {
    return call.operation().admits(call.caller().kind().text())
        && (!call.caller().isPersonalAccessToken()
            || call.operation().admits(IdentityKind.PERSONAL_ACCESS_TOKEN.text()));
  }

  /** The permission that would be needed, or the operation itself if it needs none. */
  private static String named(Call call) {
    return call.operation().permissions().stream()
        .sorted()
        .findFirst()
        .orElse(call.operation().id());
  }

  private static Optional<Answer> vote(Call call) {
    if (call.tenant().switches().serviceAccountsCanApprove()) {
      return Optional.empty();
    }
    return Optional.of(
        Answer.refused(
                call.tenant().switches().refusedVoteStatus(),
                "Service account " + call.caller().userId() + " cannot approve: humans vote")
            .because("a service account may not vote"));
  }
}
