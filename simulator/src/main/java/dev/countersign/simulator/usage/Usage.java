package dev.countersign.simulator.usage;

import java.util.Collection;
import java.util.Collections;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What one identity was granted, and what of it its requests needed. A permission that is needed
 * only if something holds counts when it held. Immutable.
 */
public final class Usage {

  /** The kind of service accounts. */
  public static final String SERVICE_ACCOUNT = "ServiceAccount";

  private final String identity;
  private final String name;
  private final String kind;
  private final SortedSet<String> granted;
  private final SortedSet<String> used;
  private final SortedSet<String> lacked;

  /**
   * A usage.
   *
   * @param identity the identifier of the user
   * @param name the user's name
   * @param kind such as {@code ServiceAccount}
   * @param granted what it may do, in the current spelling
   * @param used what it needed and had
   * @param lacked what it needed and had not
   */
  public Usage(
      String identity,
      String name,
      String kind,
      Collection<String> granted,
      Collection<String> used,
      Collection<String> lacked) {
    this.identity = Objects.requireNonNull(identity, "identity");
    this.name = Objects.requireNonNull(name, "name");
    this.kind = Objects.requireNonNull(kind, "kind");
    this.granted = sorted(granted);
    this.used = sorted(used);
    this.lacked = sorted(lacked);
  }

  private static SortedSet<String> sorted(Collection<String> texts) {
    return Collections.unmodifiableSortedSet(new TreeSet<>(texts));
  }

  /** The identifier of the user. */
  public String identity() {
    return identity;
  }

  /** The user's name. */
  public String name() {
    return name;
  }

  /** The kind of identity, such as {@code ServiceAccount}. */
  public String kind() {
    return kind;
  }

  /** What it may do by its permissions, in the current spelling. */
  public SortedSet<String> granted() {
    return granted;
  }

  /** What its requests needed and it had. */
  public SortedSet<String> used() {
    return used;
  }

  /** What its requests needed and it had not. */
  public SortedSet<String> lacked() {
    return lacked;
  }

  /** What it may do and never did. */
  public SortedSet<String> unused() {
    SortedSet<String> unused = new TreeSet<>(granted);
    unused.removeAll(used);
    return Collections.unmodifiableSortedSet(unused);
  }

  /**
   * The least role with which the same requests would pass: a body for {@code createPermission}.
   * Without operations, which Dfns refuses, if nothing was used.
   */
  public String leastPrivilege() {
    StringBuilder json = new StringBuilder("{\"name\":\"Least privilege of ");
    json.append(escaped(name)).append("\",\"operations\":[");
    String comma = "";
    for (String operation : used) {
      json.append(comma).append('"').append(escaped(operation)).append('"');
      comma = ",";
    }
    return json.append("]}").toString();
  }

  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        escaped.append('\\').append(c);
      } else if (c < ' ') {
        escaped.append(String.format("\\u%04x", (int) c));
      } else {
        escaped.append(c);
      }
    }
    return escaped.toString();
  }

  /** The name, and how many permissions of how many were used. */
  @Override
  public String toString() {
    return name + ": " + used.size() + " used, " + unused().size() + " unused";
  }
}
