package dev.countersign.simulator.auth;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.state.Entity;
import dev.countersign.simulator.state.Tables;
import dev.countersign.simulator.state.Tenant;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The codes that users are sent, or make themselves. Each is redeemed once, for one purpose. */
public final class Codes {

  static final String REGISTRATION = "registration";
  static final String LOGIN = "login";
  static final String RECOVERY = "recovery";
  static final String CREDENTIAL = "credential";

  private Codes() {}

  /** Mails a user a new code; nobody gets the mail, but {@link #mailed} shows it. */
  static void mail(Tenant tenant, Entity user, String purpose) {
    issue(tenant, user, purpose, tenant.now().plus(tenant.switches().mailedCodeLifetime()));
  }

  /** A new code. */
  static String issue(Tenant tenant, Entity user, String purpose, Instant until) {
    forgetExpired(tenant, user);
    String code = tenant.newDigits();
    ObjectNode hidden =
        Json.object()
            .put("purpose", purpose)
            .put("userId", user.id())
            .put("exp", until.getEpochSecond());
    tenant.put(Tables.CODES, Entity.of(code, Json.object()).withHidden(hidden));
    return code;
  }

  /** The codes that a user was mailed and that are still good, oldest first. */
  public static List<String> mailed(Tenant tenant, String username) {
    return Directory.named(tenant, username).stream()
        .flatMap(user -> tenant.table(Tables.CODES).where("userId", user.id()))
        .filter(code -> !code.hiddenText("purpose").equals(CREDENTIAL) && isGood(tenant, code))
        .map(Entity::id)
        .toList();
  }

  /** Whether a code is one of an organisation. */
  static boolean knows(Tenant tenant, String code) {
    return tenant.find(Tables.CODES, code).isPresent();
  }

  /** Redeems a code for the user it was issued to, if it is good. */
  static Optional<Entity> redeem(Tenant tenant, String code, String purpose) {
    Optional<Entity> found =
        tenant
            .find(Tables.CODES, code)
            .filter(it -> it.hiddenText("purpose").equals(purpose) && isGood(tenant, it));
    found.ifPresent(it -> tenant.remove(Tables.CODES, it.id()));
    return found.map(it -> tenant.get(Tables.USERS, it.hiddenText("userId")));
  }

  /** Redeems a code that a certain user has to have been sent. */
  static boolean redeem(Tenant tenant, String code, String purpose, Entity user) {
    return tenant
            .find(Tables.CODES, code)
            .filter(it -> it.hiddenText("userId").equals(user.id()))
            .isPresent()
        && redeem(tenant, code, purpose).isPresent();
  }

  /** Whether a code that a certain user was sent came too late; it is known until the next one. */
  static boolean isExpired(Tenant tenant, String code, String purpose, Entity user) {
    return tenant
        .find(Tables.CODES, code)
        .filter(it -> it.hiddenText("userId").equals(user.id()))
        .filter(it -> it.hiddenText("purpose").equals(purpose) && !isGood(tenant, it))
        .isPresent();
  }

  private static void forgetExpired(Tenant tenant, Entity user) {
    tenant
        .table(Tables.CODES)
        .where("userId", user.id())
        .filter(code -> !isGood(tenant, code))
        .toList()
        .forEach(code -> tenant.remove(Tables.CODES, code.id()));
  }

  private static boolean isGood(Tenant tenant, Entity code) {
    return code.hidden().path("exp").asLong() > tenant.now().getEpochSecond();
  }
}
