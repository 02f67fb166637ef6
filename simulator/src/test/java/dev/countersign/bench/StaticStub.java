package dev.countersign.bench;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;

/**
 * A plain WireMock server with one static stub and the settings of the simulator's door: what the
 * simulator is measured against.
 */
public final class StaticStub {

  private StaticStub() {}

  /** Takes the body to answer; prints the address when it accepts requests. */
  public static void main(String[] args) {
    WireMockServer server =
        new WireMockServer(
            WireMockConfiguration.options()
                .bindAddress("127.0.0.1")
                .dynamicPort()
                .http2PlainDisabled(true)
                .gzipDisabled(true)
                .templatingEnabled(false)
                .stubRequestLoggingDisabled(true)
                .disableRequestJournal());
    server.stubFor(
        any(anyUrl())
            .willReturn(
                aResponse().withHeader("Content-Type", "application/json").withBody(args[0])));
    server.start();
    System.out.println("Ready at http://127.0.0.1:" + server.port());
  }
}
