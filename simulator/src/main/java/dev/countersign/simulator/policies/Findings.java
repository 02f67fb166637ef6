package dev.countersign.simulator.policies;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.control.Finding;
import dev.countersign.simulator.control.Finding.Level;
import dev.countersign.simulator.control.Finding.Problem;
import dev.countersign.simulator.control.Finding.TravelRule;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.state.Entity;
import dev.countersign.simulator.state.Tables;
import dev.countersign.simulator.state.Tenant;
import java.util.Locale;
import java.util.Optional;

/**
 * What screening services are told to find: the next finding first, which is used up by that, then
 * that of the address, then that of the asset, then whatever is found otherwise.
 */
public final class Findings {

  private static final String NEXT = "next";
  private static final String OTHERWISE = "otherwise";

  private Findings() {}

  /** Has the next screened payment have a finding, whatever else is said. */
  public static void next(Tenant tenant, Finding finding) {
    put(tenant, tenant.newId("next"), NEXT, finding);
  }

  /** Has payments from or to an address have a finding. */
  public static void address(Tenant tenant, String address, Finding finding) {
    put(tenant, address(address), "", finding);
  }

  /** Has payments of an asset have a finding. */
  public static void asset(Tenant tenant, String network, String tid, Finding finding) {
    put(tenant, asset(network, tid), "", finding);
  }

  /** Has all other payments have a finding. */
  public static void otherwise(Tenant tenant, Finding finding) {
    put(tenant, OTHERWISE, "", finding);
  }

  /** Forgets what services were told: they find nothing. */
  public static void forget(Tenant tenant) {
    tenant
        .table(Tables.FINDINGS)
        .all()
        .toList()
        .forEach(it -> tenant.remove(Tables.FINDINGS, it.id()));
  }

  /** What is found of a payment; nothing can be of one whose other side is not known. */
  static Finding of(Tenant tenant, Spend spend) {
    Optional<Entity> next = tenant.table(Tables.FINDINGS).where("use", NEXT).findFirst();
    if (next.isPresent()) {
      tenant.remove(Tables.FINDINGS, next.get().id());
      return finding(next.get());
    }
    String recipient = spend.recipient();
    if (recipient == null) {
      return Finding.problem(Problem.UNSCREENABLE);
    }
    return tenant
        .find(Tables.FINDINGS, address(recipient))
        .or(() -> tenant.find(Tables.FINDINGS, asset(spend.network(), spend.tid())))
        .or(() -> tenant.find(Tables.FINDINGS, OTHERWISE))
        .map(Findings::finding)
        .orElse(Finding.clean());
  }

  private static String address(String address) {
    return "address " + (address.startsWith("0x") ? address.toLowerCase(Locale.ROOT) : address);
  }

  private static String asset(String network, String tid) {
    return "asset " + network + " " + tid.toLowerCase(Locale.ROOT);
  }

  private static void put(Tenant tenant, String id, String use, Finding finding) {
    ObjectNode json =
        Json.object()
            .put("use", use)
            .put("risk", finding.risk())
            .put("problem", finding.problem().name())
            .put("travelRule", finding.travelRule().name());
    ArrayNode alerts = json.putArray("alerts");
    for (Finding.Alert alert : finding.alerts()) {
      alerts.addObject().put("level", alert.level().name()).put("category", alert.category());
    }
    finding.exposures().forEach(json.putArray("exposures")::add);
    finding.addresses().forEach(json.putArray("addresses")::add);
    tenant.put(Tables.FINDINGS, Entity.of(id, json));
  }

  private static Finding finding(Entity entity) {
    Finding finding =
        Finding.problem(Problem.valueOf(entity.text("problem")))
            .risk(entity.get("risk").asInt())
            .travelRule(TravelRule.valueOf(entity.text("travelRule")));
    for (JsonNode alert : entity.get("alerts")) {
      finding =
          finding.alert(
              Level.valueOf(alert.path("level").asText()), alert.path("category").asInt());
    }
    for (JsonNode category : entity.get("exposures")) {
      finding = finding.exposure(category.asInt());
    }
    for (JsonNode category : entity.get("addresses")) {
      finding = finding.address(category.asInt());
    }
    return finding;
  }
}
