package dev.countersign.simulator.auth;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.state.Tenant;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Objects;

/**
 * The site that passkeys of an organisation are for.
 *
 * @param id a domain
 * @param name what people are shown
 */
record RelyingParty(String id, String name) {

  private static final String LOCAL = "localhost";

  RelyingParty {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(name, "name");
  }

  static RelyingParty of(Tenant tenant) {
    return new RelyingParty(
        tenant.switches().relyingPartyId(), tenant.switches().relyingPartyName());
  }

  /** As challenges show it. */
  ObjectNode shown() {
    return Json.object().put("id", id).put("name", name);
  }

  /** Whether pages of an origin may use its passkeys: over https, or http on this machine. */
  boolean admits(String origin) {
    try {
      URI uri = new URI(origin);
      String host = uri.getHost();
      if (host == null || uri.getUserInfo() != null || !uri.getRawPath().isEmpty()) {
        return false;
      }
      boolean local = within(host, LOCAL);
      boolean secure = "https".equals(uri.getScheme()) || ("http".equals(uri.getScheme()) && local);
      return secure && within(host, id);
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static boolean within(String host, String domain) {
    return host.equals(domain) || host.endsWith("." + domain);
  }
}
