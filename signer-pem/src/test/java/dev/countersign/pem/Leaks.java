package dev.countersign.pem;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/** Looks for pieces of secrets in what a throwable prints, causes and all. */
final class Leaks {

  /** Characters of base64 that do not come together by chance. */
  private static final int PIECE = 8;

  private Leaks() {}

  static void requireNone(Throwable thrown, byte[] pem, List<String> passphrases) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text, true));
    // the names of classes and methods in the trace are no secret, and look like base64
    requireNone(
        text.toString().lines().filter(l -> !l.startsWith("\tat ")).toList(), pem, passphrases);
  }

  static void requireNone(List<String> lines, byte[] pem, List<String> passphrases) {
    String printed = String.join("\n", lines);
    for (String passphrase : passphrases) {
      assertThat(printed).doesNotContain(passphrase);
    }
    new String(pem, StandardCharsets.ISO_8859_1)
        .lines()
        .filter(line -> line.matches("[A-Za-z0-9+/=]{16,}"))
        .forEach(
            line -> {
              for (int i = 0; i + PIECE <= line.length(); i++) {
                assertThat(printed).doesNotContain(line.substring(i, i + PIECE));
              }
              requireNoBytes(printed, line);
            });
  }

  private static void requireNoBytes(String printed, String base64) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      return;
    }
    String hex = HexFormat.of().formatHex(bytes);
    for (int i = 0; i + PIECE <= hex.length(); i += 2) {
      assertThat(printed).doesNotContainIgnoringCase(hex.substring(i, i + PIECE));
    }
  }
}
