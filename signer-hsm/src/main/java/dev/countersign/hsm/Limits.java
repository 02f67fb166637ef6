package dev.countersign.hsm;

import dev.countersign.error.ConfigurationException;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many signatures at once, and how long anybody waits.
 *
 * @param poolSize signatures at once, 1 to 256
 * @param acquire longest wait for one of them to end
 * @param sign longest wait for a signature, with all that is done to heal
 * @param open longest wait when opening
 * @param probe first wait before it is tried whether a lost token is back; doubles up to 32 times
 */
record Limits(int poolSize, Duration acquire, Duration sign, Duration open, Duration probe) {

  private static final Pattern DURATION = Pattern.compile("([1-9][0-9]{0,8})(ms|s|m)");

  private static final Duration LONGEST = Duration.ofDays(1);

  /** SunPKCS11 keeps five sessions open; each signature beyond opens one of its own. */
  private static final int POOL_SIZE = 5;

  static Limits of(Attributes attributes) {
    return new Limits(
        attributes.text("pool-size").map(Limits::size).orElse(POOL_SIZE),
        duration(attributes, "acquire-timeout", Duration.ofSeconds(10)),
        duration(attributes, "sign-timeout", Duration.ofSeconds(10)),
        duration(attributes, "open-timeout", Duration.ofSeconds(30)),
        duration(attributes, "probe-interval", Duration.ofSeconds(1)));
  }

  private static int size(String text) {
    if (!text.matches("[1-9][0-9]{0,2}") || Integer.parseInt(text) > 256) {
      throw new ConfigurationException(
          "The attribute pool-size of the pkcs11: URI is not a number from 1 to 256");
    }
    return Integer.parseInt(text);
  }

  private static Duration duration(Attributes attributes, String name, Duration otherwise) {
    Optional<String> text = attributes.text(name);
    if (text.isEmpty()) {
      return otherwise;
    }
    Matcher matcher = DURATION.matcher(text.get());
    if (!matcher.matches()) {
      throw new ConfigurationException(
          "The attribute " + name + " of the pkcs11: URI is not a time such as 500ms, 10s or 2m");
    }
    long number = Long.parseLong(matcher.group(1));
    Duration time =
        switch (matcher.group(2)) {
          case "ms" -> Duration.ofMillis(number);
          case "s" -> Duration.ofSeconds(number);
          default -> Duration.ofMinutes(number);
        };
    if (time.compareTo(LONGEST) > 0) {
      throw new ConfigurationException(
          "The attribute " + name + " of the pkcs11: URI is more than a day");
    }
    return time;
  }
}
