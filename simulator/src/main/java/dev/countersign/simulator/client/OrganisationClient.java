package dev.countersign.simulator.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.Balances;
import dev.countersign.simulator.Delivery;
import dev.countersign.simulator.Identity;
import dev.countersign.simulator.control.Asset;
import dev.countersign.simulator.control.Finding;
import dev.countersign.simulator.control.Fired;
import dev.countersign.simulator.control.Switches;
import dev.countersign.simulator.documents.FaultJson;
import dev.countersign.simulator.documents.FindingJson;
import dev.countersign.simulator.documents.UsageJson;
import dev.countersign.simulator.faults.Fault;
import dev.countersign.simulator.faults.PlantedFault;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.state.SwitchesJson;
import dev.countersign.simulator.usage.Coverage;
import dev.countersign.simulator.usage.Usage;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An organisation of a simulator in another process. Its methods fail as {@link SimulatorClient}
 * says. Safe for use by several threads at once.
 */
public final class OrganisationClient {

  private final ControlExchange exchange;
  private final String id;
  private final String name;
  private final String path;

  OrganisationClient(ControlExchange exchange, String id, String name) {
    this.exchange = exchange;
    this.id = id;
    this.name = name;
    this.path = "/organisations/" + ControlExchange.encoded(id);
  }

  /** Its identifier, {@code or-…}. */
  public String id() {
    return id;
  }

  /** What tells it apart from the others of its simulator. */
  public String name() {
    return name;
  }

  /** Makes it as it was at the last {@link #mark}, or at first; there are no faults then. */
  public void reset() {
    exchange.run("POST", path + "/reset");
  }

  /** Has {@link #reset} go back to how it is now. */
  public void mark() {
    exchange.run("POST", path + "/mark");
  }

  /** All of it as JSON, which is secret. */
  public byte[] snapshot() {
    return exchange.bytes(path + "/snapshot");
  }

  /** Removes it. */
  public void remove() {
    exchange.run("DELETE", path);
  }

  /** Registers a human who may do everything; the key is a PEM text. */
  public Identity admin(String username, String publicKey) {
    return identity("admin", username, publicKey);
  }

  /** Registers a human who may do what is listed; the key is a PEM text. */
  public Identity human(String username, String publicKey, String... operations) {
    return identity("human", username, publicKey, operations);
  }

  /** Registers a service account that may do what is listed; the key is a PEM text. */
  public Identity serviceAccount(String username, String publicKey, String... operations) {
    return identity("serviceAccount", username, publicKey, operations);
  }

  /** Registers an end user; the key is a PEM text. */
  public Identity endUser(String username, String publicKey) {
    return identity("endUser", username, publicKey);
  }

  private Identity identity(String kind, String username, String publicKey, String... operations) {
    ObjectNode body =
        Json.object().put("kind", kind).put("name", username).put("publicKey", publicKey);
    if (operations.length > 0) {
      body.set("operations", Json.texts(List.of(operations)));
    }
    return identity(exchange.post(path + "/identities", body));
  }

  static Identity identity(JsonNode json) {
    return Identity.of(
        json.path("organisationId").asText(),
        json.path("userId").asText(),
        json.path("tokenId").asText(),
        json.path("credentialId").asText(),
        json.path("token").asText());
  }

  /** Activates a human or service account. */
  public void activate(String userId) {
    setActive(userId, true);
  }

  /** Deactivates a human or service account: its token is refused from now on. */
  public void deactivate(String userId) {
    setActive(userId, false);
  }

  private void setActive(String userId, boolean active) {
    exchange.put(
        path + "/identities/" + ControlExchange.encoded(userId) + "/activation",
        Json.object().put("active", active));
  }

  /** The codes that a user was mailed and that nobody has used yet, oldest first; secret. */
  public List<String> mailedCodes(String username) {
    return texts(
        exchange
            .get(path + "/mailed-codes?username=" + ControlExchange.encoded(username))
            .path("codes"));
  }

  /** Its time. */
  public Instant now() {
    return Instant.parse(exchange.get(path + "/clock").path("now").asText());
  }

  /** Whether its clock stands. */
  public boolean isFrozen() {
    return exchange.get(path + "/clock").path("frozen").asBoolean();
  }

  /** Stops its clock. */
  public void freeze() {
    exchange.run("POST", path + "/clock/freeze");
  }

  /** Lets its clock run. */
  public void resume() {
    exchange.run("POST", path + "/clock/resume");
  }

  /** Moves its clock forward; what happened on the way, in its order. */
  public List<Fired> advance(Duration duration) {
    return exchange
        .post(path + "/clock/advance", Json.object().put("duration", duration.toString()))
        .path("fired")
        .valueStream()
        .map(
            it ->
                new Fired(
                    Instant.parse(it.path("at").asText()),
                    it.path("what").asText(),
                    it.path("subject").asText()))
        .toList();
  }

  /** Its faults as they stand, spent ones too. */
  public List<PlantedFault> faults() {
    return exchange
        .get(path + "/faults")
        .path("items")
        .valueStream()
        .map(FaultJson::planted)
        .toList();
  }

  /** A fault as it stands. */
  public PlantedFault fault(String faultId) {
    return FaultJson.planted(exchange.get(path + "/faults/" + ControlExchange.encoded(faultId)));
  }

  /** Plants a fault; how it stands. */
  public PlantedFault addFault(Fault fault) {
    return FaultJson.planted(exchange.post(path + "/faults", FaultJson.write(fault)));
  }

  /** Removes a fault. */
  public void removeFault(String faultId) {
    exchange.run("DELETE", path + "/faults/" + ControlExchange.encoded(faultId));
  }

  /** Removes its faults. */
  public void clearFaults() {
    exchange.run("DELETE", path + "/faults");
  }

  /** Sets the price of an asset. */
  public void setPrice(String network, String tid, Asset asset) {
    exchange.put(
        path + "/prices",
        Json.object()
            .put("network", network)
            .put("tid", tid)
            .put("symbol", asset.symbol())
            .put("decimals", asset.decimals())
            .put("usd", asset.usd().toPlainString()));
  }

  /** What is not documented about Dfns, as it is in it. */
  public Switches switches() {
    return SwitchesJson.read(exchange.get(path + "/switches"), Switches.defaults());
  }

  /** Sets what is not documented about Dfns. */
  public void setSwitches(Switches switches) {
    exchange.put(path + "/switches", SwitchesJson.write(switches));
  }

  /** What was answered and why, the latest thousand lines, oldest first. */
  public List<String> decisions() {
    return texts(exchange.get(path + "/decisions").path("lines"));
  }

  /**
   * Has somebody offer a wallet some of its network's native asset; the offer's identifier.
   *
   * @param amount in smallest units
   */
  public String offer(String walletId, String from, BigInteger amount, Duration validFor) {
    return exchange
        .post(
            path + "/offers",
            Json.object()
                .put("walletId", walletId)
                .put("from", from)
                .put("amount", amount.toString())
                .put("validFor", validFor.toString()))
        .path("id")
        .asText();
  }

  /** Has an offer be withdrawn by the one who made it. */
  public void withdrawOffer(String offerId) {
    exchange.run("DELETE", path + "/offers/" + ControlExchange.encoded(offerId));
  }

  /** What its webhooks were sent, and how that ended, oldest first. */
  public List<Delivery> deliveries() {
    return exchange
        .get(path + "/deliveries")
        .path("items")
        .valueStream()
        .map(
            it ->
                new Delivery(
                    it.path("eventId").asText(),
                    it.path("webhookId").asText(),
                    it.path("kind").asText(),
                    it.path("attempt").asInt(),
                    text(it, "retryOf").orElse(null),
                    text(it, "status").map(Integer::valueOf).orElse(null),
                    text(it, "error").orElse(null),
                    text(it, "nextAttempt").map(Instant::parse).orElse(null)))
        .toList();
  }

  /** Sends an event once more, as an event of its own; the new event's identifier. */
  public String redeliver(String eventId) {
    return exchange
        .post(path + "/deliveries/" + ControlExchange.encoded(eventId) + "/redelivery", new byte[0])
        .path("eventId")
        .asText();
  }

  /** What a wallet has of an asset, in smallest units; see {@link Balances}. */
  public BigInteger balance(String walletId, String asset) {
    return new BigInteger(
        exchange
            .get(
                path
                    + "/balances?walletId="
                    + ControlExchange.encoded(walletId)
                    + "&asset="
                    + ControlExchange.encoded(asset))
            .path("amount")
            .asText());
  }

  /** Has a wallet have so much, without anything having happened. */
  public void setBalance(String walletId, String asset, BigInteger amount) {
    exchange.put(path + "/balances", money(walletId, asset, amount));
  }

  /** Has a wallet be paid; the hash of the transaction. */
  public String deposit(String walletId, String asset, BigInteger amount, String from) {
    return exchange
        .post(path + "/deposits", money(walletId, asset, amount).put("from", from))
        .path("hash")
        .asText();
  }

  private static ObjectNode money(String walletId, String asset, BigInteger amount) {
    return Json.object()
        .put("walletId", walletId)
        .put("asset", asset)
        .put("amount", amount.toString());
  }

  /** Has the next payment that is screened have a finding. */
  public void findNext(Finding finding) {
    find(Json.object().put("of", "next"), finding);
  }

  /** Has payments to an address, and deposits from it, have a finding. */
  public void findOfAddress(String address, Finding finding) {
    find(Json.object().put("of", "address").put("address", address), finding);
  }

  /** Has payments of an asset have a finding, unless something is said of the address. */
  public void findOfAsset(String network, String tid, Finding finding) {
    find(Json.object().put("of", "asset").put("network", network).put("tid", tid), finding);
  }

  /** Has all other payments have a finding. */
  public void findOtherwise(Finding finding) {
    find(Json.object().put("of", "otherwise"), finding);
  }

  /** Forgets what screening services were to find. */
  public void forgetFindings() {
    exchange.run("DELETE", path + "/screening");
  }

  private void find(ObjectNode of, Finding finding) {
    of.set("finding", FindingJson.write(finding));
    exchange.post(path + "/screening", of);
  }

  private static Optional<String> text(JsonNode json, String field) {
    return Optional.ofNullable(json.get(field)).map(JsonNode::asText);
  }

  /** Which operations its requests called, and how they were answered. */
  public Coverage coverage() {
    return UsageJson.coverage(exchange.get(path + "/coverage"));
  }

  /** What each identity was granted, and what of it its requests needed. */
  public List<Usage> usage() {
    return exchange.get(path + "/usage").path("items").valueStream().map(UsageJson::usage).toList();
  }

  /** Forgets what its requests have touched. */
  public void forgetTraffic() {
    exchange.run("DELETE", path + "/usage");
  }

  /** Its identifier. */
  @Override
  public String toString() {
    return id;
  }

  private static List<String> texts(JsonNode array) {
    return array.valueStream().map(JsonNode::asText).toList();
  }
}
