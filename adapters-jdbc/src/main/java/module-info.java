/** Journals in a database. For those whose batches have to survive. */
module dev.countersign.adapters.jdbc {
  requires transitive dev.countersign.core;
  requires transitive java.sql;
  requires static transitive org.jspecify;
  // optional, and only of those who open an embedded journal
  requires static org.hsqldb;

  exports dev.countersign.jdbc;
}
