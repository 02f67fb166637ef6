/** A Dfns of one's own. For local development and contract tests. */
module dev.countersign.simulator {
  requires transitive dev.countersign.core;
  requires dev.countersign.adapters.http;
  requires static transitive org.jspecify;
  requires com.fasterxml.jackson.databind;
  requires com.fasterxml.jackson.dataformat.cbor;
  requires com.fasterxml.jackson.dataformat.yaml;
  requires com.networknt.schema;
  requires java.net.http;
  requires org.bouncycastle.provider;
  requires static transitive org.junit.jupiter.api;

  exports dev.countersign.simulator;
  exports dev.countersign.simulator.client;
  exports dev.countersign.simulator.control;
  exports dev.countersign.simulator.door;
  exports dev.countersign.simulator.faults;
  exports dev.countersign.simulator.usage;
  exports dev.countersign.simulator.junit;
  exports dev.countersign.simulator.wire;
}
