/** Generates Countersign's typed API from the description of Dfns. Build time only. */
module dev.countersign.codegen {
  requires static transitive org.jspecify;
  requires com.fasterxml.jackson.databind;
  requires com.palantir.javapoet;
  requires java.compiler;

  exports dev.countersign.codegen;
}
