package dev.countersign.transport;

import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;

/** Which URIs a token may travel to. */
public final class Hosts {

  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|\\[::1\\]|\\[0:0:0:0:0:0:0:1\\]");

  private static final int MAX_PORT = 65_535;

  private Hosts() {}

  /**
   * Accepts an absolute {@code https} URI, or {@code http} to a loopback host, without user
   * information or fragment.
   *
   * @return the same URI
   * @throws IllegalArgumentException for any other, with a sentence that says what to do
   */
  public static URI requireSecure(URI uri) {
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (uri.getHost() == null || !(scheme.equals("https") || scheme.equals("http"))) {
      throw new IllegalArgumentException(
          "The address of Dfns is an https URL with a host, such as https://api.dfns.io");
    }
    if (uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
      throw new IllegalArgumentException(
          "The address of Dfns has no user information and no fragment: "
              + scheme
              + "://"
              + uri.getHost());
    }
    if (scheme.equals("http") && !isLoopback(uri)) {
      throw new IllegalArgumentException(
          "Plain http would send the access token in clear to " + uri.getHost() + "; use https");
    }
    if (uri.getPort() == 0 || uri.getPort() > MAX_PORT) {
      throw new IllegalArgumentException(
          "A port is a number from 1 to " + MAX_PORT + ", not " + uri.getPort());
    }
    return uri;
  }

  /** Whether the URI's host is this machine by name or literal address; no name is looked up. */
  public static boolean isLoopback(URI uri) {
    return uri.getHost() != null
        && LOOPBACK.matcher(uri.getHost().toLowerCase(Locale.ROOT)).matches();
  }
}
