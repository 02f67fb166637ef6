package dev.countersign.simulator.door;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.extension.requestfilter.AdminRequestFilterV2;
import com.github.tomakehurst.wiremock.extension.requestfilter.RequestFilterAction;
import com.github.tomakehurst.wiremock.http.HttpHeader;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import dev.countersign.transport.Hosts;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;

/**
 * Keeps web pages away from WireMock's own API, which would answer any of them.
 *
 * <p>A page of another origin betrays itself by its {@code Origin}; a name that was made to point
 * at this machine (DNS rebinding) by its {@code Host}. Programs other than browsers send no {@code
 * Origin} and name this machine.
 */
final class AdminGuard implements AdminRequestFilterV2 {

  @Override
  public String getName() {
    return "dfns-admin-guard";
  }

  @Override
  public RequestFilterAction filter(Request request, ServeEvent event) {
    List<String> hosts = values(request, "Host");
    if (hosts.size() != 1 || !isThisMachine(hosts.get(0))) {
      return refusal("a Host that is this machine's, such as 127.0.0.1");
    }
    String origin = "http://" + hosts.get(0);
    if (!values(request, "Origin").stream().allMatch(origin::equalsIgnoreCase)) {
      return refusal("no Origin but its own");
    }
    return RequestFilterAction.continueWith(request);
  }

  private static List<String> values(Request request, String name) {
    HttpHeader header = request.header(name);
    return header.isPresent() ? header.values() : List.of();
  }

  private static boolean isThisMachine(String host) {
    try {
      return Hosts.isLoopback(new URI("http://" + host));
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static RequestFilterAction refusal(String accepted) {
    return RequestFilterAction.stopWith(
        ResponseDefinitionBuilder.responseDefinition()
            .withStatus(403)
            .withHeader("Content-Type", "text/plain;charset=utf-8")
            .withBody("The simulator's admin API accepts " + accepted + ".\n")
            .build());
  }
}
