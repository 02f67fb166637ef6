package dev.countersign.json;

import java.util.List;
import java.util.stream.Stream;

/** What no codec may take for JSON. */
final class MalformedJson {

  private MalformedJson() {}

  /** Texts that are not JSON. */
  static Stream<String> texts() {
    return Stream.of(
        "{",
        "[",
        "[1,",
        "{\"a\"",
        "{\"a\":",
        "{\"a\":1",
        "\"a",
        "\"\\",
        "\"\\u12",
        "tru",
        "-",
        "1.",
        "1e",
        "[1}",
        "{\"a\":1]",
        "}",
        "]",
        ",",
        ":",
        "{,}",
        "[,]",
        "[1,]",
        "{\"a\":1,}",
        "{\"a\" 1}",
        "{a:1}",
        "{1:1}",
        "{'a':1}",
        "'a'",
        "01",
        "-01",
        "+1",
        ".5",
        "0x1",
        "1_000",
        "NaN",
        "Infinity",
        "-Infinity",
        "TRUE",
        "nul",
        "nulll",
        "undefined",
        "\"\\x\"",
        "\"\\u00zz\"",
        "\"tab\there\"",
        "\"line\nhere\"",
        "/* c */ 1",
        "// c\n1",
        "# c\n1",
        "\u00a01",
        "\f1");
  }

  /** JSON with something after it. */
  static Stream<String> textsAndMore() {
    return Stream.of("{} {}", "1 2", "null,", "[]]", "{}}", "1 x", "\"a\"\"b\"", "1\0");
  }

  /** Bytes that are not UTF-8. */
  static List<int[]> utf8() {
    return List.of(
        new int[] {0x80}, // a continuation alone
        new int[] {0xC3}, // cut off
        new int[] {0xC3, 'a'},
        new int[] {0xC0, 0xA2}, // an overlong quote
        new int[] {0xC1, 0xBF},
        new int[] {0xE0, 0x9F, 0xBF}, // overlong
        new int[] {0xE2, 0x82}, // cut off
        new int[] {0xE2, 0x82, 'a'},
        new int[] {0xED, 0xA0, 0x80}, // a surrogate
        new int[] {0xED, 0xBF, 0xBF},
        new int[] {0xF0, 0x8F, 0xBF, 0xBF}, // overlong
        new int[] {0xF0, 0x9F, 0x98}, // cut off
        new int[] {0xF4, 0x90, 0x80, 0x80}, // beyond U+10FFFF
        new int[] {0xF5, 0x80, 0x80, 0x80},
        new int[] {0xFF});
  }
}
