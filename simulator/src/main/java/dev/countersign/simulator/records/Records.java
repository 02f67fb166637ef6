package dev.countersign.simulator.records;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.call.Answer;
import dev.countersign.simulator.call.Behaviour;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.spec.Description;
import dev.countersign.simulator.spec.Operation;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What operations do that nobody simulates, as far as the description says: those of whole domains,
 * and a few of others. Never an operation of a domain that is otherwise simulated: no answer is
 * better than one that is made up.
 */
public final class Records {

  private static final Set<String> DOMAINS =
      Set.of(
          "addressWatches",
          "agreements",
          "allocations",
          "exchanges",
          "feeSponsors",
          "payins",
          "payouts",
          "signers",
          "staking",
          "swaps",
          "vaults");

  private static final Set<String> OPERATIONS =
      Set.of(
          "completeOidcLogin",
          "createSocialRegistrationChallenge",
          "exchangeAccessToken",
          "getApplication",
          "initiateOidcLogin",
          "inviteTenantUser",
          "listApplications",
          "socialLogin",
          "ssoLogin",
          "ssoLoginInit");

  private final Layout layout;

  private Records(Layout layout) {
    this.layout = layout;
  }

  /** The domains of which everything is a record, sorted. */
  public static Set<String> domains() {
    return Collections.unmodifiableSet(new TreeSet<>(DOMAINS));
  }

  /** The operations of other domains that are answered alike, sorted. */
  public static Set<String> operations() {
    return Collections.unmodifiableSet(new TreeSet<>(OPERATIONS));
  }

  /** By the operation's name. */
  public static Map<String, Behaviour> behaviours(Description description) {
    Layout layout = new Layout(description);
    Records records = new Records(layout);
    Map<String, Behaviour> all = new HashMap<>();
    description.operations().stream()
        .filter(Records::covers)
        .forEach(operation -> all.put(operation.id(), records.behaviour(operation)));
    all.putAll(Agreements.behaviours(layout));
    all.putAll(Quarantines.behaviours(layout));
    all.putAll(AuditLog.behaviours());
    return all;
  }

  static boolean covers(Operation operation) {
    return DOMAINS.contains(operation.domain()) || OPERATIONS.contains(operation.id());
  }

  private Behaviour behaviour(Operation operation) {
    Desk.Work work = work(operation);
    return call -> Desk.answer(layout, call, work);
  }

  private Desk.Work work(Operation operation) {
    Place place = new Place(operation.path(), operation.path());
    return switch (operation.method()) {
      case "GET" -> looking(operation, place);
      case "POST" -> isCollection(place) ? Changing::create : acting(operation, place);
      case "PUT" -> place.isMember() ? Changing::change : acting(operation, place);
      case "DELETE" -> place.isMember() ? Changing::remove : desk -> Changing.list(desk, false);
      default -> Records::sample;
    };
  }

  private Desk.Work looking(Operation operation, Place place) {
    if (place.isMember()) {
      return Looking::read;
    }
    if (layout.isList(operation)) {
      return Looking::list;
    }
    return layout.at("POST", place.template()).isPresent() ? Looking::lookUp : Records::sample;
  }

  private Desk.Work acting(Operation operation, Place place) {
    boolean isBodysList =
        operation
            .bodySchema()
            .map(layout.shapes()::resolve)
            .filter(it -> it.path("properties").has(place.name()))
            .isPresent();
    if (isBodysList) {
      return desk -> Changing.list(desk, true);
    }
    boolean answersMember =
        place.parent().isMember()
            && layout
                .reader(place.parent().parent().template())
                .flatMap(Operation::answerSchema)
                .equals(operation.answerSchema());
    return answersMember ? Changing::act : Records::sample;
  }

  /** Whether what is posted there can be looked at, as one of many or in the member above. */
  private boolean isCollection(Place place) {
    return layout.at("GET", place.template()).isPresent()
        || layout.reader(place.template()).isPresent()
        || layout.isPartOfMember(place);
  }

  /** Nothing is kept: an answer that is valid, and made of what was sent. */
  private static Answer sample(Desk desk) {
    if (desk.call.operation().method().equals("GET")) {
      return desk.answer(Json.object());
    }
    ObjectNode given = desk.said().put("id", desk.shelf.newId(desk.place));
    for (String field : List.of("status", "kind")) {
      desk.meant(field, desk.place.name()).ifPresent(value -> given.put(field, value));
    }
    return desk.answer(given);
  }
}
