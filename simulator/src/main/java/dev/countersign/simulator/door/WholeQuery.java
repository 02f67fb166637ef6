package dev.countersign.simulator.door;

import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.Request;

/**
 * Lets queries through whose percent-encoding is malformed, such as {@code limit=%zz}: they mean
 * what they say. WireMock answers them with an error page, before anybody is asked.
 */
final class WholeQuery extends Request.Wrapper {

  private static final Pattern MALFORMED = Pattern.compile("%(?![0-9A-Fa-f]{2})");

  private final HttpURI uri;

  private WholeQuery(Request request, HttpURI uri) {
    super(request);
    this.uri = uri;
  }

  /** The request, with a query that can be decoded. */
  static Request of(Request request) {
    String query = request.getHttpURI().getQuery();
    return query == null || !MALFORMED.matcher(query).find()
        ? request
        : new WholeQuery(
            request,
            HttpURI.build(request.getHttpURI())
                .query(MALFORMED.matcher(query).replaceAll("%25"))
                .asImmutable());
  }

  @Override
  public HttpURI getHttpURI() {
    return uri;
  }
}
