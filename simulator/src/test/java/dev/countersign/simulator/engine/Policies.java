package dev.countersign.simulator.engine;

import static org.assertj.core.api.Assertions.assertThat;

/** Bodies of policies, and bringing them in force. */
final class Policies {

  private Policies() {}

  static String create(TestClient admin, String body) {
    Response response = admin.post("/v2/policies", body);
    assertThat(response.status()).as(response.toString()).isEqualTo(200);
    return response.text("/id");
  }

  static String alwaysAsk(TestClient admin, String activity, String filters, String approvers) {
    return create(admin, body(activity, always(), ask(group(1, approvers)), filters));
  }

  static String body(String activity, String rule, String action, String filters) {
    String body =
        """
        {"name":"a policy","activityKind":"%s","rule":%s,"action":%s"""
            .formatted(activity, rule, action);
    return body + (filters.equals("{}") ? "}" : ",\"filters\":" + filters + "}");
  }

  static String signing(String rule, String action) {
    return body("Wallets:Sign", rule, action, "{}");
  }

  static String always() {
    return "{\"kind\":\"AlwaysTrigger\"}";
  }

  static String rule(String kind, String configuration) {
    return "{\"kind\":\"" + kind + "\",\"configuration\":" + configuration + "}";
  }

  static String block() {
    return "{\"kind\":\"Block\"}";
  }

  static String ask(String... groups) {
    return "{\"kind\":\"RequestApproval\",\"approvalGroups\":[" + String.join(",", groups) + "]}";
  }

  static String group(int quorum, String approvers) {
    return "{\"quorum\":" + quorum + ",\"approvers\":" + approvers + "}";
  }

  static String anyone() {
    return "{}";
  }

  static String only(TestClient... approvers) {
    StringBuilder ids = new StringBuilder();
    for (TestClient approver : approvers) {
      ids.append(ids.isEmpty() ? "" : ",")
          .append('"')
          .append(approver.identity.userId())
          .append('"');
    }
    return "{\"userId\":{\"in\":[" + ids + "]}}";
  }
}
