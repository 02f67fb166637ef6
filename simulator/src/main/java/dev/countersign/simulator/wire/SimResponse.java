package dev.countersign.simulator.wire;

import java.util.Map;

/** What the simulator answers. Immutable; does not print its body. */
public final class SimResponse {

  private final int status;
  private final Map<String, String> headers;
  private final byte[] body;
  private final Breakage breakage;

  private SimResponse(int status, Map<String, String> headers, byte[] body, Breakage breakage) {
    this.status = status;
    this.headers = headers;
    this.body = body;
    this.breakage = breakage;
  }

  /** A response with its body's bytes, which belong to the response from now on. */
  public static SimResponse of(int status, Map<String, String> headers, byte[] body) {
    return new SimResponse(status, Map.copyOf(headers), body, Breakage.USUAL);
  }

  /** This response, delivered in another way; a door has to see to that. */
  public SimResponse delivered(Breakage how) {
    return new SimResponse(status, headers, body, how);
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** Header names and values, one value a name; unmodifiable. */
  public Map<String, String> headers() {
    return headers;
  }

  /** The body's bytes, none if there is no body. Not a copy: do not change them. */
  public byte[] body() {
    return body;
  }

  /** How it reaches the client. */
  public Breakage breakage() {
    return breakage;
  }

  /** The status, the names of the headers and the size of the body. */
  @Override
  public String toString() {
    return status + " " + headers.keySet() + " " + body.length + " bytes";
  }
}
