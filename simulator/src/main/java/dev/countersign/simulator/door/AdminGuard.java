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
import org.jspecify.annotations.Nullable;

/**
 * Keeps web pages away from the control API and WireMock's own, which would answer any of them, and
 * everybody who has not the token if there is one.
 *
 * <p>A page of another origin betrays itself by its {@code Origin}; a name that was made to point
 * at this machine (DNS rebinding) by its {@code Host}. Programs other than browsers send no {@code
 * Origin} and name this machine, or show the token.
 */
final class AdminGuard implements AdminRequestFilterV2 {

  private static final String BEARER = "Bearer ";

  private final @Nullable ControlToken token;

  /** Lets in whoever is on this machine, or shows the token if there is one. */
  AdminGuard(@Nullable ControlToken token) {
    this.token = token;
  }

  @Override
  public String getName() {
    return "dfns-admin-guard";
  }

  @Override
  public RequestFilterAction filter(Request request, ServeEvent event) {
    List<String> hosts = values(request, "Host");
    if (hosts.size() != 1 || (token == null && !isThisMachine(hosts.get(0)))) {
      return refusal(403, "a Host that is this machine's, such as 127.0.0.1");
    }
    String origin = "http://" + hosts.get(0);
    if (!values(request, "Origin").stream().allMatch(origin::equalsIgnoreCase)) {
      return refusal(403, "no Origin but its own");
    }
    if (token != null && !token.is(bearer(values(request, "Authorization")))) {
      return refusal(401, "whoever shows the control token, as Authorization: Bearer");
    }
    return RequestFilterAction.continueWith(request);
  }

  private static String bearer(List<String> values) {
    return values.size() == 1 && values.get(0).regionMatches(true, 0, BEARER, 0, BEARER.length())
        ? values.get(0).substring(BEARER.length())
        : "";
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

  private static RequestFilterAction refusal(int status, String accepted) {
    return RequestFilterAction.stopWith(
        ResponseDefinitionBuilder.responseDefinition()
            .withStatus(status)
            .withHeader("Content-Type", "text/plain;charset=utf-8")
            .withBody("The simulator's control and admin APIs accept " + accepted + ".\n")
            .build());
  }
}
