package dev.countersign.fuzz;

import static dev.countersign.fuzz.Fuzz.require;

import dev.countersign.transport.HeaderText;
import dev.countersign.transport.Request;
import java.net.URI;
import java.util.stream.Stream;

/** A header goes out as it is, on one line, or not at all. */
public final class HeaderFuzz extends FuzzTarget {

  static Stream<byte[]> seeds() {
    return Fuzz.seeds("Bearer abc", "a\r\nX-Injected: 1", " a", "a\tb", "\u00e9", "");
  }

  @Override
  protected void fed(byte[] input) throws Exception {
    for (String text : new String[] {Fuzz.utf8(input), Fuzz.latin(input)}) {
      value(text);
      value(Fuzz.CANARY + text + Fuzz.CANARY);
      named(text);
    }
  }

  private static void value(String text) {
    boolean valid = text.isEmpty() || text.matches("[!-~]([ -~\\t]*[!-~])?");
    try {
      require(HeaderText.requireValue("The text", text).equals(text), "A value is left as it is");
      require(valid, "What a header may not hold is refused");
    } catch (IllegalArgumentException e) {
      require(!valid, "What a header may hold is accepted");
      Fuzz.requireNoCanary(e);
    }
    try {
      Request request =
          Request.of("op", "GET", URI.create("https://x")).header("X-Y", text).build();
      require(text.equals(request.headers().get("X-Y")), "A value is sent as it is");
      require(valid, "What a header may not hold is not sent");
      Fuzz.requireNoCanary(request);
    } catch (IllegalArgumentException e) {
      require(!valid, "What a header may hold is sent");
      Fuzz.requireNoCanary(e);
    }
  }

  private static void named(String name) {
    try {
      Request request = Request.of("op", "GET", URI.create("https://x")).header(name, "v").build();
      require(
          request.headers().keySet().stream()
              .allMatch(it -> it.matches("[!-~&&[^:\\s\"(),/;<=>?@\\[\\]{}\\\\]]+")),
          "A name is a token");
    } catch (IllegalArgumentException e) {
      require(String.valueOf(e.getMessage()).contains("header"), "A refusal says what it is about");
    }
  }
}
