package dev.countersign.batch;

/** What became of one item of a batch. */
public enum ItemEnd {
  /**
   * Dfns took it, and the value is the entity as it was then. A transfer or transaction is on its
   * way with that, not yet confirmed.
   */
  DONE(true),

  /**
   * A policy holds it until people approve: a change request, or an entity that is {@code Pending}
   * and names its approval.
   */
  AWAITING_APPROVAL(true),

  /** Dfns understood it and refused it: nothing happened, and nothing will. */
  REFUSED(true),

  /**
   * It was sent, and nothing tells whether it took effect. Where Dfns recognises a repeat, a
   * resumed batch sends the identical request again; elsewhere this is the end, and somebody has to
   * look.
   */
  UNKNOWN(true),

  /** It certainly had no effect; a resumed batch tries it again. */
  NO_EFFECT(false),

  /**
   * It was not begun, and the reason says why; a resumed batch begins it if it is in the journal.
   */
  NOT_BEGUN(false);

  private final boolean recorded;

  ItemEnd(boolean recorded) {
    this.recorded = recorded;
  }

  /** Whether a journal keeps it: the other two are no ends to a batch, only to one run of it. */
  public boolean isRecorded() {
    return recorded;
  }
}
