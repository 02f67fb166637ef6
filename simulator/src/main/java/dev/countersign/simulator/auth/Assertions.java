package dev.countersign.simulator.auth;

import com.fasterxml.jackson.databind.JsonNode;
import dev.countersign.simulator.call.Answer;
import dev.countersign.simulator.call.Call;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.state.Entity;
import dev.countersign.simulator.state.Tables;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Takes signed challenges, and gives user actions for them. */
final class Assertions {

  private Assertions() {}

  /** {@code POST /auth/action}. */
  static Answer complete(Call call) {
    Optional<Entity> challenge =
        Challenges.find(call, call.text("challengeIdentifier"), Challenges.USER_ACTION);
    if (challenge.isEmpty()) {
      return unknown();
    }
    return judge(
        call,
        challenge.get(),
        Credentials.signing(call.tenant(), call.caller()).toList(),
        Challenges.needsSecondFactor(call),
        credentials ->
            Answer.ok(
                Json.object()
                    .put("userAction", UserActions.issue(call, challenge.get(), credentials))));
  }

  /** The refusal of a challenge that cannot be answered, or not by this caller. */
  static Answer unknown() {
    return Answer.refused(400, "Challenge token is not valid.")
        .because("the challenge has expired, was used, or belongs to another token");
  }

  /**
   * Judges the factors of a call's body and spends the challenge.
   *
   * @param allowed the credentials that may sign
   * @param success the answer to one credential, or to the first and the second
   */
  static Answer judge(
      Call call,
      Entity challenge,
      List<Entity> allowed,
      boolean needsSecondFactor,
      Function<List<Entity>, Answer> success) {
    Factor first = factor(call, call.json().path("firstFactor"), allowed, challenge);
    if (first.credential().isEmpty()) {
      return refused(call, challenge, first.fault());
    }
    Entity one = first.credential().get();
    JsonNode given = call.json().path("secondFactor");
    if (given.isMissingNode()) {
      return needsSecondFactor
          ? refused(call, challenge, "a second factor is required")
          : accepted(call, challenge, List.of(one), success);
    }
    List<Entity> others = allowed.stream().filter(it -> !it.id().equals(one.id())).toList();
    Factor second = factor(call, given, others, challenge);
    return second
        .credential()
        .map(two -> accepted(call, challenge, List.of(one, two), success))
        .orElseGet(() -> refused(call, challenge, "second factor: " + second.fault()));
  }

  private static Factor factor(Call call, JsonNode given, List<Entity> allowed, Entity challenge) {
    return Factor.of(call.tenant(), given, allowed, Challenges.text(challenge));
  }

  private static Answer accepted(
      Call call,
      Entity challenge,
      List<Entity> credentials,
      Function<List<Entity>, Answer> success) {
    Challenges.spend(call.tenant(), challenge);
    credentials.forEach(credential -> call.tenant().put(Tables.CREDENTIALS, credential));
    return success.apply(credentials);
  }

  private static Answer refused(Call call, Entity challenge, String reason) {
    if (call.tenant().switches().refusedAssertionSpendsChallenge()) {
      Challenges.spend(call.tenant(), challenge);
    }
    return Answer.refused(call.tenant().switches().refusedAssertionStatus(), "Not Authorized.")
        .because(reason)
        .keepingChanges();
  }
}
