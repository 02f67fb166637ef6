package dev.countersign.simulator.webhooks;

import dev.countersign.simulator.state.Entity;
import dev.countersign.simulator.state.Tenant;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/** Where deliveries may go: to this machine, unless a switch lets them out. */
final class Reach {

  static final String REFUSED =
      "not sent: deliveries stay on this machine unless the switch webhooksLeaveTheMachine is on";

  private Reach() {}

  static boolean includes(Tenant tenant, Entity webhook) {
    return tenant.switches().webhooksLeaveTheMachine() || isLoopback(webhook.text("url"));
  }

  /** Told by the name alone: what a name server says may be another thing the next time. */
  static boolean isLoopback(String url) {
    String host =
        Optional.ofNullable(URI.create(url).getHost()).orElse("").toLowerCase(Locale.ROOT);
    return host.equals("localhost")
        || host.endsWith(".localhost")
        || host.equals("[::1]")
        || host.matches("127([.][0-9]{1,3}){3}");
  }
}
