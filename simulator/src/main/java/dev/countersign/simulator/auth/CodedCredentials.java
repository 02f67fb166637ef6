package dev.countersign.simulator.auth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.call.Answer;
import dev.countersign.simulator.call.Behaviour;
import dev.countersign.simulator.call.Call;
import dev.countersign.simulator.call.Times;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.state.Entity;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;

/** How somebody adds a credential on a device that has none yet: with a code made on another. */
final class CodedCredentials {

  private static final String PURPOSE = "new credential with code";

  private CodedCredentials() {}

  static Map<String, Behaviour> behaviours() {
    return Map.of(
        "createCredentialCode", CodedCredentials::issue,
        "createCredentialChallengeWithCode", CodedCredentials::challenge,
        "createCredentialWithCode", CodedCredentials::create);
  }

  private static Answer issue(Call call) {
    Optional<Instant> until = time(call.body().path("expiration"));
    if (until.isEmpty() || !until.get().isAfter(call.now())) {
      return Answer.refused(400, "Validation error: expiration: must be a time to come");
    }
    String code = Codes.issue(call.tenant(), call.caller().user(), Codes.CREDENTIAL, until.get());
    return Answer.ok(Json.object().put("code", code).put("expiration", Times.text(until.get())));
  }

  /** A time in ISO 8601, or as seconds or milliseconds since 1970. */
  private static Optional<Instant> time(JsonNode json) {
    try {
      if (json.isIntegralNumber()) {
        long number = json.asLong();
        return Optional.of(
            number < 100_000_000_000L
                ? Instant.ofEpochSecond(number)
                : Instant.ofEpochMilli(number));
      }
      return Optional.of(OffsetDateTime.parse(json.asText()).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Answer challenge(Call call) {
    String kind = call.text("credentialKind");
    Optional<Answer> unusable = NewCredential.unusable(kind);
    if (unusable.isPresent()) {
      return unusable.get();
    }
    Optional<Entity> user = Codes.redeem(call.tenant(), call.text("code"), Codes.CREDENTIAL);
    if (user.isEmpty()) {
      return Login.invalidCode();
    }
    ObjectNode bound =
        Json.object().put("purpose", PURPOSE).put("kind", kind).put("userId", user.get().id());
    return Login.refusal(call, user.get())
        .orElseGet(
            () -> {
              ObjectNode answer = Challenges.issue(call, bound);
              answer.setAll(CreationChallenge.forKind(call.tenant(), user.get(), kind));
              return Answer.ok(answer);
            });
  }

  private static Answer create(Call call) {
    Optional<Entity> challenge = Challenges.find(call, call.text("challengeIdentifier"), PURPOSE);
    return challenge.isEmpty()
        ? Assertions.unknown()
        : Credentials.create(call, challenge.get(), challenge.get().hiddenText("userId"));
  }
}
