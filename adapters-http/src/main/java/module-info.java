/** Dfns over java.net.http and Jackson. For those who wire a client, with Guice or without. */
module dev.countersign.adapters.http {
  requires transitive dev.countersign.core;
  requires transitive java.net.http;
  requires static transitive org.jspecify;
  requires com.fasterxml.jackson.core;
  // optional, and only of those who install DfnsModule
  requires static com.google.guice;
  // optional, and only of those who use WebhookEndpoint
  requires static transitive jdk.httpserver;

  exports dev.countersign.http;
}
