package dev.countersign.simulator.faults;

import java.util.Set;

/** A request or delivery that faults may strike. */
public interface Occasion {

  /** The operation's name, or the event's kind. */
  String operation();

  /** What {@link Fault#HEADER} says; empty if it is not there. */
  String header();

  /** The identifiers of user, token and credential, as far as they are known. */
  Set<String> identities();
}
