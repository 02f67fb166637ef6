package dev.countersign.simulator.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.error.ConfigurationException;
import dev.countersign.simulator.auth.Directory;
import dev.countersign.simulator.auth.IssuedToken;
import dev.countersign.simulator.auth.Tokens;
import dev.countersign.simulator.call.Answer;
import dev.countersign.simulator.call.Caller;
import dev.countersign.simulator.engine.Engine;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.permissions.Assigning;
import dev.countersign.simulator.state.Tables;
import dev.countersign.simulator.state.Tenant;
import dev.countersign.simulator.wallets.Deposits;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Makes the organisation that a scenario describes. Roles, wallets, webhooks and policies come
 * about as through the API, so that none is there that Dfns would refuse. Not thread-safe.
 */
public final class Loading {

  private static final String USER = "userId";
  private static final String WALLET = "walletId";
  private static final String PERMISSION = "permissionId";

  private final Engine engine;
  private final Tenant tenant;
  private final ScenarioFile file;
  private final Faults faults;
  private final References references;
  private final List<Member> members = new ArrayList<>();
  private final List<Caller> admins = new ArrayList<>();

  private Loading(Engine engine, Tenant tenant, ScenarioFile file) {
    this.engine = engine;
    this.tenant = tenant;
    this.file = file;
    this.faults = new Faults(file.text());
    this.references = new References(faults, USER, WALLET, PERMISSION);
  }

  /**
   * Fills an organisation that is new.
   *
   * @return its people and service accounts, in the scenario's order
   * @throws ConfigurationException with a line for each fault; the organisation is of no use then
   */
  public static List<Member> fill(Engine engine, Tenant tenant, ScenarioFile file) {
    Loading loading = new Loading(engine, tenant, file);
    Settings.apply(tenant, file.text().root(), loading.faults);
    return tenant.alone(loading::fill);
  }

  private List<Member> fill() {
    Assigning.managed(tenant, engine.description());
    Assigning.managedNames()
        .forEach(name -> references.add(PERMISSION, name, Assigning.named(tenant, name).id()));
    each("roles", this::role);
    each("people", this::person);
    each("serviceAccounts", this::serviceAccount);
    each("wallets", this::wallet);
    each("webhooks", (webhook, place) -> act("createWebhook", Map.of(), webhook, place));
    each("policies", this::policy);
    faults.throwIfAny();
    return List.copyOf(members);
  }

  private void each(String field, BiConsumer<ObjectNode, Place> made) {
    int index = 0;
    for (JsonNode element : file.text().root().path(field)) {
      made.accept((ObjectNode) element, Place.ROOT.field(field).element(index++));
    }
  }

  private void role(ObjectNode role, Place place) {
    permission(role.path("name").asText(), role, place);
  }

  private Optional<String> permission(String name, ObjectNode described, Place place) {
    if (isTaken(PERMISSION, name, place)) {
      return Optional.empty();
    }
    ObjectNode body = Json.object().put("name", name);
    body.set("operations", described.path("operations"));
    Optional<String> id = act("createPermission", Map.of(), body, place);
    id.ifPresent(it -> references.add(PERMISSION, name, it));
    return id;
  }

  private void person(ObjectNode person, Place place) {
    String name = person.path("name").asText();
    switch (person.path("kind").asText()) {
      case "admin" -> {
        member(person, place, key -> Directory.human(tenant, name, key.pem()))
            .ifPresent(
                member -> {
                  String admin = Assigning.named(tenant, Assigning.FULL_ADMIN).id();
                  Assigning.assign(tenant, admin, member.userId());
                  admins.add(
                      new Caller(
                          tenant.get(Tables.USERS, member.userId()), member.token().token()));
                });
      }
      case "endUser" -> member(person, place, key -> Directory.endUser(tenant, name, key.pem()));
      default -> member(person, place, key -> Directory.human(tenant, name, key.pem()));
    }
  }

  private void serviceAccount(ObjectNode account, Place place) {
    String name = account.path("name").asText();
    member(
        account, place, key -> Directory.serviceAccount(tenant, name, key.pem(), Tokens.LIFETIME));
  }

  /** Registers somebody with a key. */
  private interface Registering {
    IssuedToken with(MemberKey key);
  }

  private Optional<Member> member(ObjectNode described, Place place, Registering registering) {
    String name = described.path("name").asText();
    if (isTaken(USER, name, place)) {
      return Optional.empty();
    }
    MemberKey key;
    try {
      key = MemberKey.of(described.path("key").asText(), name, tenant, file.files());
    } catch (IllegalArgumentException e) {
      faults.add(place.field("key"), String.valueOf(e.getMessage()));
      return Optional.empty();
    }
    Member member = new Member(name, registering.with(key), key);
    members.add(member);
    references.add(USER, name, member.userId());
    int index = 0;
    for (JsonNode role : described.path("roles")) {
      Place at = place.field("roles").element(index++);
      references.find(PERMISSION, role, at).ifPresent(id -> assign(id, member, at));
    }
    if (!described.path("operations").isEmpty()) {
      permission("Permissions of " + name, described, place)
          .ifPresent(id -> assign(id, member, place));
    }
    return Optional.of(member);
  }

  private void assign(String permission, Member member, Place place) {
    act(
        "createAssignment",
        Map.of("permissionId", permission),
        Json.object().put("identityId", member.userId()),
        place);
  }

  private void wallet(ObjectNode wallet, Place place) {
    String name = wallet.path("name").asText();
    if (isTaken(WALLET, name, place)) {
      return;
    }
    ObjectNode body = wallet.deepCopy();
    body.remove("balances");
    if (body.remove("owner") != null) {
      Optional<String> owner = references.find(USER, wallet.path("owner"), place.field("owner"));
      if (owner.isEmpty()) {
        return;
      }
      body.put("delegateTo", owner.get());
    }
    act("createWallet", Map.of(), body, place)
        .ifPresent(
            id -> {
              references.add(WALLET, name, id);
              balances(id, wallet.path("balances"), place.field("balances"));
            });
  }

  private void balances(String wallet, JsonNode described, Place place) {
    described
        .properties()
        .forEach(
            balance -> {
              BigInteger amount = new BigInteger(balance.getValue().asText());
              try {
                Deposits.set(tenant, wallet, balance.getKey(), amount);
              } catch (IllegalArgumentException e) {
                faults.add(place.field(balance.getKey()), String.valueOf(e.getMessage()));
              }
            });
  }

  private void policy(ObjectNode policy, Place place) {
    act("createPolicy", Map.of(), (ObjectNode) references.resolved(policy, place), place);
  }

  private boolean isTaken(String kind, String name, Place place) {
    boolean taken = references.has(kind, name);
    if (taken) {
      faults.add(place.field("name"), "there is another of the name " + name);
    }
    return taken;
  }

  /** Does an operation; what it made has the identifier that is returned. */
  private Optional<String> act(
      String operation, Map<String, String> parameters, ObjectNode body, Place place) {
    Caller caller = admins.isEmpty() ? Caller.nobody() : admins.get(0);
    Answer answer = engine.act(tenant, caller, operation, parameters, body);
    if (answer.status() == 200) {
      return answer.body().map(it -> it.path("id").asText());
    }
    String sentence = answer.reason().replaceFirst("^Validation error: ", "");
    int colon = sentence.indexOf(": ");
    String field = colon < 0 ? "" : sentence.substring(0, colon);
    if (field.matches("[A-Za-z0-9_]+([.][A-Za-z0-9_]+)*")) {
      faults.add(
          new Place(place.pointer() + "/" + field.replace('.', '/')),
          sentence.substring(colon + 2));
    } else {
      faults.add(place, sentence);
    }
    return Optional.empty();
  }
}
