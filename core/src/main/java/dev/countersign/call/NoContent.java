package dev.countersign.call;

/** The result of an operation that answers nothing but that it is done. */
public enum NoContent {
  /** The one value. */
  DONE
}
