package dev.countersign.transport;

import dev.countersign.error.OutcomeUnknownException;
import dev.countersign.error.ServiceUnavailableException;
import java.util.concurrent.CompletableFuture;

/**
 * Carries one request to Dfns and brings the reply.
 *
 * <p>It never retries, never signs, never follows a redirect, and never looks into a body. It is
 * safe for use by several threads at once.
 */
public interface Transport {

  /**
   * Sends a request.
   *
   * <p>The future completes with whatever status Dfns answered, redirects and errors included, once
   * the whole body is there. It completes exceptionally
   *
   * <ul>
   *   <li>with {@link ServiceUnavailableException} if the request certainly did not reach Dfns (no
   *       connection was made);
   *   <li>with {@link OutcomeUnknownException} if it may have: no answer within {@link
   *       Request#timeout()}, a connection that broke, a body that stopped or is too large.
   * </ul>
   *
   * <p>Cancelling the future cancels the exchange. Nothing is thrown synchronously except for a
   * caller's fault.
   */
  CompletableFuture<Reply> send(Request request);
}
