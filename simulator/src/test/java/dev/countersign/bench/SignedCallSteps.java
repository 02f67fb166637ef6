package dev.countersign.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.auth.Authentication;
import dev.countersign.simulator.auth.UserActions;
import dev.countersign.simulator.call.Call;
import dev.countersign.simulator.crypto.CredentialKey;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.permissions.Grants;
import dev.countersign.simulator.policies.Activity;
import dev.countersign.simulator.policies.Judge;
import dev.countersign.simulator.policies.Spend;
import dev.countersign.simulator.spec.Operation;
import dev.countersign.simulator.state.Entity;
import dev.countersign.simulator.state.Tables;
import dev.countersign.simulator.wire.SimRequest;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What a signed transfer costs the engine, and which step of it how much: the three requests as
 * they are answered, and beside them their steps, each alone with the input that it has there. The
 * organisation has five policies for transfers, none of which triggers.
 */
final class SignedCallSteps {

  private static final String BODY =
      """
      {"kind":"Native","to":"0x00000000000000000000000000000000000000aa","amount":"1000"}""";
  private static final int UNMEASURED = 500;

  private final Workbench bench = new Workbench();
  private final Map<String, List<Double>> took = new LinkedHashMap<>();
  private final String wallet;
  private final String path;

  private SignedCallSteps() {
    this.wallet =
        bench
            .act("createWallet", Map.of(), "{\"network\":\"EthereumSepolia\"}")
            .path("id")
            .asText();
    this.path = "/wallets/" + wallet + "/transfers";
    for (String rule :
        List.of(
            "\"TransactionAmountLimit\",\"configuration\":{\"limit\":1000000,\"currency\":\"USD\"}",
            "\"TransactionAmountLimit\",\"configuration\":{\"limit\":2000000,\"currency\":\"USD\"}",
            "\"TransactionAmountVelocity\",\"configuration\":"
                + "{\"limit\":1000000,\"currency\":\"USD\",\"timeframe\":60}",
            "\"TransactionCountVelocity\",\"configuration\":{\"limit\":1000,\"timeframe\":60}",
            "\"TransactionRecipientWhitelist\",\"configuration\":"
                + "{\"addresses\":[\"0x00000000000000000000000000000000000000aa\"]}")) {
      bench.act(
          "createPolicy",
          Map.of(),
          "{\"name\":\"limit\",\"activityKind\":\"Wallets:Sign\",\"rule\":{\"kind\":"
              + rule
              + "},\"action\":{\"kind\":\"Block\"}}");
    }
  }

  static String table(int calls) {
    SignedCallSteps steps = new SignedCallSteps();
    for (int i = 0; i < UNMEASURED + calls; i++) {
      if (i == UNMEASURED) {
        steps.took.clear();
      }
      steps.once();
    }
    return steps.table();
  }

  /** The three requests, then their steps with the same inputs. */
  private void once() {
    if (took.getOrDefault("init", List.of()).size() % 10 == 0) {
      // so that as many transfers as an hour may have are within the time that velocities look at
      bench.tenant.clock().advance(Duration.ofMinutes(10));
    }
    SimRequest init = bench.init(path, BODY);
    JsonNode challenge = timed("init", () -> bench.engine.handle(init), Workbench::body);
    SimRequest assertion = bench.assertion(challenge);
    JsonNode action = timed("assertion", () -> bench.engine.handle(assertion), Workbench::body);
    SimRequest call = bench.call(path, BODY, action);
    JsonNode answer = timed("call", () -> bench.engine.handle(call), Workbench::body);
    steps(challenge, answer);
  }

  private void steps(JsonNode challenge, JsonNode answer) {
    Operation operation = bench.description.operation("transferAsset");
    byte[] clientData = Workbench.clientData(challenge);
    byte[] signature = bench.signature(clientData);
    timed(
        "signature",
        () -> CredentialKey.parse(bench.publicKey).orElseThrow().verifies(clientData, signature));
    JsonNode again = bench.answer(bench.init(path, BODY));
    JsonNode action = bench.answer(bench.assertion(again));
    SimRequest request = bench.call(path, BODY, action);
    ObjectNode body = (ObjectNode) Json.parse(request.body()).orElseThrow();
    ObjectNode fresh = answer.deepCopy();
    bench.tenant.alone(
        () -> {
          timed("token", () -> Authentication.of(bench.tenant, bench.token, operation.id()));
          Call made =
              new Call(
                  request,
                  operation,
                  Map.of("walletId", wallet),
                  Map.of(),
                  body,
                  bench.tenant,
                  bench.account);
          timed("user action", () -> UserActions.redeem(made));
          timed(
              "permission",
              () -> Grants.allow(bench.tenant, bench.account, "Wallets:Transfers:Create"));
          timed(
              "request schema",
              () -> bench.description.requestSchemas().faultOfBody(operation, body));
          Entity from = bench.tenant.get(Tables.WALLETS, wallet);
          Spend spend =
              new Spend(
                  "EthereumSepolia",
                  "native:eth",
                  BigInteger.valueOf(1000),
                  body.path("to").asText());
          timed(
              "policies", () -> Judge.judge(bench.tenant, Activity.signing(List.of(from), spend)));
          timed(
              "answer schema",
              () ->
                  bench
                      .description
                      .answerSchemas()
                      .fault(operation, 200, "application/json", Optional.of(fresh)));
          return answer;
        });
  }

  private <T> T timed(String step, Supplier<T> work) {
    return timed(step, work, it -> it);
  }

  private <T, R> R timed(String step, Supplier<T> work, Function<T, R> after) {
    long before = System.nanoTime();
    T result = work.get();
    double micros = (System.nanoTime() - before) / 1000.0;
    took.computeIfAbsent(step, it -> new ArrayList<>()).add(micros);
    return after.apply(result);
  }

  private double median(String step) {
    return Statistics.median(took.get(step));
  }

  private String table() {
    double all = median("init") + median("assertion") + median("call");
    double token = median("token");
    StringBuilder table =
        new StringBuilder("a signed transfer under five policies, in process, median\n");
    row(table, "all three requests", all, all);
    row(table, "the token, three times", 3 * token, all);
    row(table, "the challenge", median("init") - token, all);
    row(table, "signature verification", median("signature"), all);
    row(table, "issuing the user action", median("assertion") - median("signature") - token, all);
    row(table, "user action check", median("user action"), all);
    row(table, "permission", median("permission"), all);
    row(table, "schema of the request", median("request schema"), all);
    row(table, "policy evaluation", median("policies"), all);
    row(table, "schema of the answer", median("answer schema"), all);
    double steps = token;
    for (String step :
        List.of("user action", "permission", "request schema", "policies", "answer schema")) {
      steps += median(step);
    }
    row(table, "the transfer itself", median("call") - steps, all);
    return table.toString();
  }

  private static void row(StringBuilder table, String step, double micros, double all) {
    table.append(
        String.format(Locale.ROOT, "%-28s %8.1f µs %5.1f %%%n", step, micros, 100 * micros / all));
  }
}
