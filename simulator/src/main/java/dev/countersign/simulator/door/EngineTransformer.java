package dev.countersign.simulator.door;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.extension.ResponseTransformerV2;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.http.HttpHeader;
import com.github.tomakehurst.wiremock.http.HttpHeaders;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.Response;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import dev.countersign.simulator.wire.Breakage;
import dev.countersign.simulator.wire.SimRequest;
import dev.countersign.simulator.wire.SimResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The bridge between WireMock and the engine, for the stubs that name it.
 *
 * <p>The engine has acted when a stub's own delay or fault takes effect: such a stub gives the
 * client a broken answer to a request that was carried out.
 */
final class EngineTransformer implements ResponseDefinitionTransformerV2, ResponseTransformerV2 {

  private final Function<SimRequest, SimResponse> engine;

  EngineTransformer(Function<SimRequest, SimResponse> engine) {
    this.engine = engine;
  }

  @Override
  public String getName() {
    return EngineStub.NAME;
  }

  @Override
  public boolean applyGlobally() {
    return false;
  }

  /** Asks the engine. */
  @Override
  public ResponseDefinition transform(ServeEvent event) {
    SimResponse response = engine.apply(request(event.getRequest()));
    ResponseDefinitionBuilder definition =
        ResponseDefinitionBuilder.like(event.getResponseDefinition())
            .withStatus(response.status())
            .withBody(response.body());
    response.headers().forEach(definition::withHeader);
    if (!response.breakage().isUsual()) {
      deliver(response.breakage(), definition);
    }
    return definition.build();
  }

  private static void deliver(Breakage breakage, ResponseDefinitionBuilder definition) {
    Duration wait = breakage.delay();
    switch (breakage.kind()) {
      case WHOLE -> {}
      case RESET -> definition.withFault(Fault.CONNECTION_RESET_BY_PEER);
      case EMPTY -> definition.withFault(Fault.EMPTY_RESPONSE);
      case STALLED -> {
        wait = wait.plus(breakage.stall());
        definition.withFault(Fault.EMPTY_RESPONSE);
      }
      case TRUNCATED, STALLED_BODY ->
          definition.withHeader(BrokenBody.HEADER, BrokenBody.instruction(breakage));
    }
    if (!wait.isZero()) {
      definition.withFixedDelay((int) wait.toMillis());
    }
  }

  private static SimRequest request(Request request) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (HttpHeader header : request.getHeaders().all()) {
      headers.put(header.key(), header.values());
    }
    return SimRequest.of(
        request.getMethod().getName(), request.getUrl(), headers, request.getBody());
  }

  /** Takes off what WireMock has put on: Dfns does not name the stub that matched. */
  @Override
  public Response transform(Response response, ServeEvent event) {
    List<HttpHeader> own =
        response.getHeaders().all().stream()
            .filter(header -> !header.key().startsWith("Matched-Stub-"))
            .toList();
    return Response.Builder.like(response).but().headers(new HttpHeaders(own)).build();
  }
}
