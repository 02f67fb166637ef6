package dev.countersign.lookup;

import dev.countersign.json.JsonObject;
import java.time.Instant;

/** What a look-up of an unknown outcome gave. */
public sealed interface Finding permits Finding.Found, Finding.NotFound, Finding.CannotTell {

  /**
   * The change took effect: here is what came of it.
   *
   * @param entity the entity as Dfns lists it, such as for {@code Wallet.of(entity)}
   * @param certain whether it bears the request's own mark, such as its {@code externalId}; else it
   *     is the only one that looks like it and came since the request was sent
   */
  record Found(JsonObject entity, boolean certain) implements Finding {}

  /**
   * Nothing like it is there. The request may still have been on its way, or Dfns busy with it:
   * before it is sent anew, look again when it is a few minutes old.
   *
   * @param asOf when Dfns was asked, by the caller's clock
   */
  record NotFound(Instant asOf) implements Finding {}

  /**
   * This cannot be looked up, or more than one thing looks like it.
   *
   * @param why one sentence, for people
   */
  record CannotTell(String why) implements Finding {}
}
