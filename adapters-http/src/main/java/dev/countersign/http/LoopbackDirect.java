package dev.countersign.http;

import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A proxy selector that keeps plain {@code http}, which goes to this machine only, away from any
 * proxy: the token would travel to it in clear.
 */
final class LoopbackDirect extends ProxySelector {

  private final @Nullable ProxySelector configured;

  /** Over a selector, or over the one that is the default whenever it is asked. */
  LoopbackDirect(@Nullable ProxySelector configured) {
    this.configured = configured;
  }

  @Override
  public List<Proxy> select(URI uri) {
    ProxySelector selector = selector();
    return selector == null || "http".equalsIgnoreCase(uri.getScheme())
        ? List.of(Proxy.NO_PROXY)
        : selector.select(uri);
  }

  @Override
  public void connectFailed(URI uri, SocketAddress address, IOException failure) {
    ProxySelector selector = selector();
    if (selector != null) {
      selector.connectFailed(uri, address, failure);
    }
  }

  private @Nullable ProxySelector selector() {
    return configured != null ? configured : ProxySelector.getDefault();
  }
}
