package dev.countersign.approval;

/**
 * A list of Dfns's in which several that are waited for can be seen by one request.
 *
 * @param list what is on it: the name of a {@link WaitKind}
 * @param parent whose it is: a wallet's or a key's id; empty for approvals, which are all in one
 */
record Shelf(String list, String parent) {

  /** The pending approvals of the organisation. */
  static final Shelf APPROVALS = new Shelf(WaitKind.APPROVAL.name(), "");

  static Shelf of(WaitId<?> id) {
    return id.kind().isApproval() ? APPROVALS : new Shelf(id.kind().name(), id.parent());
  }
}
