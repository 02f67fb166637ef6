package dev.countersign.simulator.policies;

import dev.countersign.simulator.state.Entity;
import java.util.List;
import java.util.Objects;

/**
 * Something that policies judge before it takes effect.
 *
 * @param kind such as {@code Wallets:Sign}
 * @param wallets the wallets it concerns; none for other kinds
 * @param spend what leaves them; unknown for other kinds
 * @param target the permission or policy it concerns; empty for wallets
 */
public record Activity(String kind, List<Entity> wallets, Spend spend, String target) {

  /** Using a wallet's key. */
  public static final String SIGN = "Wallets:Sign";

  /** Being paid. */
  public static final String INCOMING = "Wallets:IncomingTransaction";

  /** Updating or archiving a policy. */
  public static final String MODIFY_POLICY = "Policies:Modify";

  /** Updating or archiving a permission. */
  public static final String MODIFY_PERMISSION = "Permissions:Modify";

  /** Assigning or revoking a permission. */
  public static final String ASSIGN_PERMISSION = "Permissions:Assign";

  /** Copies the list. */
  public Activity {
    wallets = List.copyOf(wallets);
    Objects.requireNonNull(target, "target");
  }

  /** Using the key of some wallets. */
  public static Activity signing(List<Entity> wallets, Spend spend) {
    return new Activity(SIGN, wallets, spend, "");
  }

  /**
   * Being paid.
   *
   * @param spend what comes, and as the recipient whom it comes from
   */
  public static Activity incoming(Entity wallet, Spend spend) {
    return new Activity(INCOMING, List.of(wallet), spend, "");
  }

  /** This as far as it concerns some of its wallets. */
  Activity of(List<Entity> some) {
    return new Activity(kind, some, spend, target);
  }

  /** Changing a policy, a permission, or who has it. */
  public static Activity change(String kind, String target) {
    return new Activity(kind, List.of(), Spend.unknown(""), target);
  }
}
