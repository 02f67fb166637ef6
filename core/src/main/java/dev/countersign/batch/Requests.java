package dev.countersign.batch;

import dev.countersign.action.UserAction;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** By what a submission that comes again is known. */
final class Requests {

  private Requests() {}

  /**
   * A digest of all that the request says but its {@code externalId}, which is another one whenever
   * it is made for the caller.
   */
  static String fingerprint(UserAction action, @Nullable String externalId) {
    String payload = new String(action.payload(), StandardCharsets.UTF_8);
    String rest =
        externalId == null
            ? payload
            : payload.replace("\"externalId\":\"" + externalId + "\"", "\"externalId\":\"\"");
    String all =
        String.join("\n", action.operation(), action.method(), action.path(), action.query(), rest);
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha256.digest(all.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
