package dev.countersign.simulator.records;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.auth.UserActions;
import dev.countersign.simulator.call.Answer;
import dev.countersign.simulator.call.Behaviour;
import dev.countersign.simulator.call.Call;
import dev.countersign.simulator.call.Times;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.state.Entity;
import dev.countersign.simulator.state.Tables;
import dev.countersign.simulator.state.Tenant;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The audit log: the latest thousand requests of an organisation that a user action came with. */
public final class AuditLog {

  private static final int MOST = 1000;
  private static final String TIME = "datePerformed";
  private static final String OTHERS_FORGOTTEN = "othersForgotten";

  /** The header of an answer that lacks rows (docs.dfns.co, List Audit Logs). */
  private static final String TRUNCATED = "X-Dfns-Result-Truncated";

  private static final List<String> COLUMNS = List.of("id", "action", "userId", "username", TIME);

  private AuditLog() {}

  /** The operations that show it. */
  public static Map<String, Behaviour> behaviours() {
    return Map.of("listAuditLogs", AuditLog::list, "getAuditLog", AuditLog::get);
  }

  /** Notes a request that was carried out, if a user action came with it. */
  public static void note(Call call) {
    if (!call.operation().userAction()) {
      return;
    }
    Tenant tenant = call.tenant();
    boolean full = tenant.table(Tables.AUDIT_LOGS).size() == MOST;
    if (full) {
      String oldest = tenant.table(Tables.AUDIT_LOGS).all().findFirst().orElseThrow().id();
      tenant.remove(Tables.AUDIT_LOGS, oldest);
    }
    String id = tenant.newId("al");
    ObjectNode shown =
        Json.object()
            .put("id", id)
            .put("action", call.request().method() + " " + call.request().path())
            .put("actionToken", "not kept")
            .put("userId", call.caller().userId())
            .put("username", call.caller().user().text("username"))
            .put(TIME, Times.text(call.now()));
    shown.set("firstFactorCredential", credential(call));
    tenant.put(
        Tables.AUDIT_LOGS,
        Entity.of(id, shown).withHidden(Json.object().put(OTHERS_FORGOTTEN, full)));
  }

  private static ObjectNode credential(Call call) {
    Optional<Entity> credential =
        UserActions.credential(call).flatMap(it -> call.tenant().find(Tables.CREDENTIALS, it));
    ObjectNode shown =
        Json.object()
            .put("id", credential.map(Entity::id).orElse(""))
            .put("kind", credential.map(it -> it.text("kind")).orElse(null))
            .put("publicKey", credential.map(it -> it.text("publicKey")).orElse(""));
    return shown.putNull("assertion");
  }

  private static Answer get(Call call) {
    String id = call.parameters().getOrDefault("id", "");
    return call.tenant()
        .find(Tables.AUDIT_LOGS, id)
        .map(entity -> Answer.ok(entity.shown()))
        .orElseGet(
            () ->
                Answer.refused(404, "audit log not found")
                    .detail("id", id)
                    .detail("orgId", call.tenant().id()));
  }

  private static Answer list(Call call) {
    Optional<Instant> from = time(call.query("startTime"), Instant.EPOCH);
    Optional<Instant> to = time(call.query("endTime"), Instant.MAX);
    if (from.isEmpty() || to.isEmpty()) {
      return Answer.refused(
          400, "startTime and endTime: must be times such as 2026-04-14T20:41:28Z");
    }
    String user = call.query("userId");
    String rows =
        call.tenant()
            .table(Tables.AUDIT_LOGS)
            .all()
            .filter(entity -> user.isEmpty() || entity.text("userId").equals(user))
            .filter(entity -> !Instant.parse(entity.text(TIME)).isBefore(from.get()))
            .filter(entity -> !Instant.parse(entity.text(TIME)).isAfter(to.get()))
            .map(AuditLog::row)
            .collect(Collectors.joining());
    Answer answer = Answer.text("text/csv", String.join(",", COLUMNS) + "\r\n" + rows);
    return isCut(call.tenant(), from.get()) ? answer.header(TRUNCATED, "true") : answer;
  }

  /** Whether requests since a time may be among those that were forgotten. */
  private static boolean isCut(Tenant tenant, Instant from) {
    List<Entity> kept = tenant.table(Tables.AUDIT_LOGS).all().toList();
    return !kept.isEmpty()
        && kept.get(kept.size() - 1).hidden().path(OTHERS_FORGOTTEN).asBoolean()
        && !from.isAfter(Instant.parse(kept.get(0).text(TIME)));
  }

  private static String row(Entity entity) {
    return COLUMNS.stream()
        .map(column -> quoted(entity.text(column)))
        .collect(Collectors.joining(",", "", "\r\n"));
  }

  /** A field of a row; a spreadsheet shall not take what a user is called for a formula. */
  private static String quoted(String text) {
    String plain = text.matches("[=+@\\t-].*") ? "'" + text : text;
    return plain.matches("[^,\"\\r\\n]*") ? plain : "\"" + plain.replace("\"", "\"\"") + "\"";
  }

  private static Optional<Instant> time(String text, Instant unlessGiven) {
    if (text.isEmpty()) {
      return Optional.of(unlessGiven);
    }
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
