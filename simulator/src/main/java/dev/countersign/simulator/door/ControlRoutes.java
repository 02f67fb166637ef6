package dev.countersign.simulator.door;

import com.github.tomakehurst.wiremock.admin.AdminTask;
import com.github.tomakehurst.wiremock.admin.Router;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.common.url.PathParams;
import com.github.tomakehurst.wiremock.core.Admin;
import com.github.tomakehurst.wiremock.extension.AdminApiExtension;
import com.github.tomakehurst.wiremock.http.HttpHeader;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.RequestMethod;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import dev.countersign.simulator.steering.ControlApi;
import dev.countersign.simulator.wire.SimRequest;
import dev.countersign.simulator.wire.SimResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The control API among WireMock's own: guarded like that, and in no journal. */
final class ControlRoutes implements AdminApiExtension {

  /** Where WireMock's own API is. */
  static final String ADMIN = "/__admin";

  /** Where the control API is within it. */
  static final String PREFIX = "/dfns";

  private static final List<RequestMethod> METHODS =
      List.of(
          RequestMethod.GET,
          RequestMethod.POST,
          RequestMethod.PUT,
          RequestMethod.PATCH,
          RequestMethod.DELETE);

  private final ControlApi api;

  ControlRoutes(ControlApi api) {
    this.api = api;
  }

  @Override
  public String getName() {
    return "dfns-control";
  }

  @Override
  public void contributeAdminApiRoutes(Router router) {
    // WireMock finds a route by its task too, so each has its own
    METHODS.forEach(method -> router.add(method, PREFIX + "/**", new Task(api)));
  }

  private static final class Task implements AdminTask {
    private final ControlApi api;

    Task(ControlApi api) {
      this.api = api;
    }

    @Override
    public ResponseDefinition execute(Admin admin, ServeEvent event, PathParams parameters) {
      return answer(api, event.getRequest());
    }
  }

  private static ResponseDefinition answer(ControlApi api, Request request) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (HttpHeader header : request.getHeaders().all()) {
      headers.put(header.key(), header.values());
    }
    String url = request.getUrl();
    SimResponse response =
        api.handle(
            SimRequest.of(
                request.getMethod().getName(),
                url.substring(url.indexOf(PREFIX) + PREFIX.length()),
                headers,
                request.getBody()));
    ResponseDefinitionBuilder definition =
        ResponseDefinitionBuilder.responseDefinition()
            .withStatus(response.status())
            .withBody(response.body());
    response.headers().forEach(definition::withHeader);
    return definition.build();
  }
}
