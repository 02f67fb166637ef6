package dev.countersign.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** How this library names itself to Dfns: {@code countersign/0.1.0 (Java 17)}. */
final class UserAgent {

  static final String VALUE =
      "countersign/" + version() + " (Java " + Runtime.version().feature() + ")";

  private UserAgent() {}

  private static String version() {
    try (InputStream in = UserAgent.class.getResourceAsStream("version.properties")) {
      Properties properties = new Properties();
      if (in != null) {
        properties.load(in);
      }
      // a repackaged jar may have lost the file; that is no reason to refuse to work
      return properties.getProperty("version", "unknown");
    } catch (IOException e) {
      return "unknown";
    }
  }
}
