/** One rate budget for a fleet. For those who run several processes under one limit. */
@SuppressWarnings({"requires-automatic", "requires-transitive-automatic"}) // Bucket4j is no module
module dev.countersign.adapters.bucket4j {
  requires transitive dev.countersign.core;
  requires transitive io.github.bucket4j.core;
  requires static transitive org.jspecify;

  exports dev.countersign.bucket4j;
}
