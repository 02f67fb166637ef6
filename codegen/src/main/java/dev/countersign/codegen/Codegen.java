package dev.countersign.codegen;

import java.nio.file.Path;

/** Reads the API description and writes the typed API. */
public final class Codegen {

  private Codegen() {}

  /**
   * Takes two arguments: the description's path and the folder to write to.
   *
   * @throws DescriptionException with a sentence, if the description cannot be used
   */
  public static void main(String[] args) {
    if (args.length != 2) {
      throw new IllegalArgumentException("Give the description's path and the folder to write to");
    }
    Generator.generate(Description.read(Path.of(args[0]))).write(Path.of(args[1]));
  }
}
