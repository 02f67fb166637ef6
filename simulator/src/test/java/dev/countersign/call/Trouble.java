package dev.countersign.call;

import dev.countersign.error.OutcomeUnknownException;
import dev.countersign.error.ServiceUnavailableException;
import java.time.Instant;

/** What can happen to an exchange that may be tried again. */
enum Trouble {
  LOST,
  NOT_SENT,
  LIMITED,
  SERVER_ERROR,
  BAD_GATEWAY,
  UNAVAILABLE,
  TIMEOUT,
  GARBLED,
  EMPTY;

  /** Whether it may have happened after Dfns did it. */
  boolean leavesDoubt() {
    return this != NOT_SENT && this != LIMITED;
  }

  void on(ScriptedTransport transport) {
    switch (this) {
      case LOST ->
          transport.fail(new OutcomeUnknownException("reset", "x", null, Instant.now(), null));
      case NOT_SENT -> transport.fail(new ServiceUnavailableException("refused", null));
      case LIMITED -> transport.answer(429, "{}");
      case SERVER_ERROR -> transport.answer(500, "{\"error\":{\"message\":\"oh\"}}");
      case BAD_GATEWAY -> transport.answer(502, "<html>Bad gateway</html>");
      case UNAVAILABLE -> transport.answer(503, "");
      case TIMEOUT -> transport.answer(408, "");
      case GARBLED -> transport.answer(200, "<html>Welcome</html>");
      case EMPTY -> transport.answer(200, "");
    }
  }
}
