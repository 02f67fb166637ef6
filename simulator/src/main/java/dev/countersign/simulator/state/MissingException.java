package dev.countersign.simulator.state;

/** Something that an organisation does not have was asked for by its identifier. */
public final class MissingException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  private final String id;

  MissingException(TableKey table, String id) {
    super("There is no " + id + " among the " + table);
    this.id = id;
  }

  /** The identifier. */
  public String id() {
    return id;
  }
}
