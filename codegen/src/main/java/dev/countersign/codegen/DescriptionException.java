package dev.countersign.codegen;

/** The API description cannot be used. The message says where and why; a trace would not help. */
public final class DescriptionException extends RuntimeException {

  private static final long serialVersionUID = 1;

  DescriptionException(String where, String problem) {
    super(where + ": " + problem, null, false, false);
  }
}
