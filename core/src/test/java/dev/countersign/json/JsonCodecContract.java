package dev.countersign.json;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countersign.error.ProtocolException;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link JsonCodec} does. */
public abstract class JsonCodecContract {

  /** The codec under test. */
  protected abstract JsonCodec codec();

  private JsonValue parse(String text) {
    return codec().parse(text.getBytes(UTF_8));
  }

  private String write(JsonValue value) {
    return new String(codec().write(value), UTF_8);
  }

  private void refused(byte[] text, String... inMessage) {
    assertThatExceptionOfType(ProtocolException.class)
        .isThrownBy(() -> codec().parse(text))
        .withNoCause()
        .satisfies(
            e -> assertThat(inMessage).allSatisfy(m -> assertThat(e).hasMessageContaining(m)));
  }

  private void refused(String text, String... inMessage) {
    refused(text.getBytes(UTF_8), inMessage);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "null",
        "true",
        "false",
        "\"\"",
        "0",
        "-0",
        "1.50",
        "1E400",
        "1e-400",
        "0.1000000000000000000000000000000000001",
        "{\"b\":1,\"a\":{\"c\":[1,2,[null,{}]]},\"\":true}",
        "[\"é\",\"日本\",\"😀\",\"\u2028\u2029\u007f\uffff\"]"
      })
  void compactJsonComesBackAsItWas(String text) {
    assertThat(write(parse(text))).isEqualTo(text);
  }

  @Test
  void whiteSpaceIsLeftOut() {
    assertThat(write(parse(" \t\r\n{ \"a\" : [ 1 , 2 ] }\n"))).isEqualTo("{\"a\":[1,2]}");
  }

  @Test
  void everyEscapeIsUnderstood() {
    assertThat(parse("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0000\\u00e9\\uD83D\\ude00\""))
        .isEqualTo(JsonString.of("\"\\/\b\f\n\r\t\0é😀"));
  }

  @Test
  void controlCharactersAreEscaped() {
    for (char c = 0; c < 0x20; c++) {
      JsonString value = JsonString.of("a" + c + "b");
      String text = write(JsonObject.of("n" + c, value));
      assertThat(text.chars()).as("U+%04X", (int) c).allMatch(b -> b >= 0x20);
      assertThat(parse(text)).isEqualTo(JsonObject.of("n" + c, value));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\ud800", "\\udc00", "a\\ud83d", "\\ude00\\ud83d", "\\ud83dx"})
  void halfASurrogatePairIsKeptInAStringAndRefusedInAName(String escaped) {
    JsonValue value = parse("\"" + escaped + "\"");
    assertThat(value).isEqualTo(JsonString.of(unescape(escaped)));
    assertThat(codec().parse(codec().write(value))).isEqualTo(value);
    refused("{\"" + escaped + "\":1}", "byte");
  }

  private static String unescape(String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '\\') {
        out.append((char) Integer.parseInt(text.substring(i + 2, i + 6), 16));
        i += 5;
      } else {
        out.append(text.charAt(i));
      }
    }
    return out.toString();
  }

  @Test
  void numbersKeepTheirLiteral() {
    String digits = "9".repeat(1_000);
    assertThat(parse("[1.0,1e2,1E+2,-0.0," + digits + "]"))
        .extracting(v -> ((JsonArray) v).elements().stream().map(Object::toString).toList())
        .isEqualTo(List.of("1.0", "1e2", "1E+2", "-0.0", digits));
    assertThat(((JsonNumber) parse(digits)).integerValue()).isEqualTo(new BigInteger(digits));
  }

  @Test
  void aNumberOfMoreThan1000CharactersIsRefused() {
    assertThat(parse("-" + "9".repeat(999))).isInstanceOf(JsonNumber.class);
    refused("[1,-" + "9".repeat(1_000) + "]", "1000 characters", "3");
    refused("0." + "9".repeat(999), "1000 characters");
    refused("1".repeat(100_000), "1000 characters");
  }

  @Test
  void anExponentOfMoreThan9DigitsIsRefused() {
    assertThat(parse("1e999999999")).isInstanceOf(JsonNumber.class);
    refused("{\"a\":1e9999999999}", "exponent", "5");
  }

  @Test
  void membersKeepTheirOrder() {
    StringBuilder text = new StringBuilder("{");
    List<String> names =
        IntStream.range(0, 40).mapToObj(i -> "n" + (i * 7919 % 40)).distinct().toList();
    names.forEach(
        n -> text.append(text.length() > 1 ? "," : "").append('"').append(n).append("\":1"));
    JsonObject object = (JsonObject) parse(text.append('}').toString());
    assertThat(object.names()).isEqualTo(names);
  }

  @Test
  void aNameThatStandsTwiceIsRefused() {
    refused("{\"secret-name\":1,\"b\":2,\"secret-name\":3}");
    refused("[{\"a\":{\"x\":1,\"x\":1}}]");
    refused("{\"a\":1,\"\\u0061\":1}");
    StringBuilder many = new StringBuilder("{");
    IntStream.range(0, 50).forEach(i -> many.append("\"n").append(i).append("\":0,"));
    refused(many.append("\"n7\":0}").toString());
    assertThat(parse("{\"a\":{\"a\":{\"a\":1}},\"b\":{\"a\":1}}")).isInstanceOf(JsonObject.class);
  }

  @Test
  void nestingDeeperThan200LevelsIsRefused() {
    assertThat(parse("[".repeat(200) + "]".repeat(200))).isInstanceOf(JsonArray.class);
    assertThat(parse("{\"a\":".repeat(200) + "1" + "}".repeat(200))).isInstanceOf(JsonObject.class);
    refused("[".repeat(201) + "]".repeat(201), "200 levels", "200");
    refused("{\"a\":".repeat(201) + "1" + "}".repeat(201), "200 levels");
    refused("[".repeat(1_000_000), "200 levels");
  }

  @Test
  void nestingDeeperThan200LevelsIsNotWritten() {
    assertThat(write(nested(200))).isEqualTo("[".repeat(200) + "]".repeat(200));
    JsonValue deeper = nested(201);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> codec().write(deeper))
        .withMessageContaining("200 levels");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> codec().write(JsonObject.of("a", nested(200))))
        .withMessageContaining("200 levels");
  }

  private static JsonValue nested(int levels) {
    JsonValue value = JsonArray.of(List.of());
    for (int i = 1; i < levels; i++) {
      value = JsonArray.of(List.of(value));
    }
    return value;
  }

  @ParameterizedTest
  @MethodSource("dev.countersign.json.MalformedJson#texts")
  void whatIsNotJsonIsRefused(String text) {
    refused(text, "byte");
  }

  @ParameterizedTest
  @MethodSource("dev.countersign.json.MalformedJson#textsAndMore")
  void anythingAfterTheValueIsRefused(String text) {
    refused(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\n\t\r "})
  void blankTextIsRefused(String text) {
    refused(text);
  }

  @Test
  void onlyUtf8IsRead() {
    byte[] marked = "\ufeff{}".getBytes(UTF_8);
    refused(marked, "byte order mark");
    refused("{\"a\":1}".getBytes(UTF_16LE));
    refused("1".getBytes(UTF_16LE));
    refused(bytes(0xFE, 0xFF, 0x00, 0x31));
    refused(bytes(0, 0, 0, '1'));
  }

  @Test
  void whatIsNotWellFormedUtf8IsRefused() {
    for (int[] sequence : MalformedJson.utf8()) {
      for (int offset : new int[] {1, 8, 21}) {
        byte[] text = inQuotes(sequence, offset);
        refused(text, "UTF-8", "byte offset " + offset);
      }
    }
  }

  @Test
  void aWrongByteIsFoundWhereverItStands() {
    for (int offset = 1; offset <= 90; offset++) {
      byte[] text = ("\"" + "a".repeat(90) + "\"").getBytes(UTF_8);
      text[offset] = (byte) 0xFF;
      refused(text, "UTF-8", "byte offset " + offset);
    }
  }

  @Test
  void theEdgesOfEachLengthOfUtf8AreRead() {
    for (int codePoint :
        new int[] {0x7F, 0x80, 0x7FF, 0x800, 0xD7FF, 0xE000, 0xFFFF, 0x10000, 0x10FFFF}) {
      String text = Character.toString(codePoint);
      assertThat(parse("\"" + text + "\"")).isEqualTo(JsonString.of(text));
    }
  }

  private static byte[] inQuotes(int[] sequence, int offset) {
    byte[] text = new byte[offset + sequence.length + 1];
    Arrays.fill(text, (byte) 'a');
    text[0] = '"';
    for (int i = 0; i < sequence.length; i++) {
      text[offset + i] = (byte) sequence[i];
    }
    text[text.length - 1] = '"';
    return text;
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  @Test
  void aMessageNamesThePositionAndNotTheText() {
    for (String text :
        List.of(
            "{\"token\":\"hunter2\",\"token\":1}",
            "{\"token\":\"hunter2\" hunter2}",
            "{\"token\":hunter2}",
            "[\"hunter2\"] hunter2",
            "{\"hunter2",
            "\"hunter2\\hunter2\"",
            "{\"hunter2\":1,\"hunter2\":2}",
            "hunter2",
            "[" + "7".repeat(1_001) + "]")) {
      assertThatExceptionOfType(ProtocolException.class)
          .isThrownBy(() -> parse(text))
          .withNoCause()
          .satisfies(
              e ->
                  assertThat(e)
                      .hasMessageContaining("byte")
                      .message()
                      .doesNotContain("unter", "777"));
    }
  }

  @Test
  void whatIsGivenIsNotChangedAndNotKept() {
    byte[] text = "{\"a\":\"bcd\"}".getBytes(UTF_8);
    byte[] before = text.clone();
    JsonValue value = codec().parse(text);
    assertThat(text).isEqualTo(before);
    Arrays.fill(text, (byte) 0);
    assertThat(value).isEqualTo(JsonObject.of("a", JsonString.of("bcd")));
  }

  @Test
  void longTextsSurviveEveryBoundaryOfABuffer() {
    for (String part : List.of("a", "é", "日", "😀", "\"", "\n", "a😀")) {
      for (int length : new int[] {1_999, 2_000, 3_999, 4_001, 8_191, 16_385}) {
        JsonString value = JsonString.of("x".repeat(length % 4) + part.repeat(length));
        assertThat(codec().parse(codec().write(value))).isEqualTo(value);
        assertThat(write(value)).isEqualTo("\"" + escaped(value.value()) + "\"");
      }
    }
  }

  private static String escaped(String text) {
    return text.replace("\"", "\\\"").replace("\n", "\\n");
  }

  @Test
  void anyValueComesBackAsItWas() {
    for (long seed = 0; seed < 2_000; seed++) {
      JsonValue value = new RandomJson(seed).value();
      byte[] text = codec().write(value);
      assertThat(codec().parse(text)).as("seed %d", seed).isEqualTo(value);
      assertThat(codec().write(codec().parse(text))).as("seed %d", seed).isEqualTo(text);
    }
  }

  @Test
  void anyBytesAreReadOrRefused() {
    for (long seed = 0; seed < 5_000; seed++) {
      Random random = new Random(seed);
      byte[] text = new byte[random.nextInt(60)];
      random.nextBytes(text);
      readOrRefused(text, seed);
    }
  }

  @Test
  void anyDamageIsReadOrRefused() {
    for (long seed = 0; seed < 5_000; seed++) {
      Random random = new Random(seed);
      byte[] text = codec().write(new RandomJson(seed).value());
      for (int i = random.nextInt(3); i >= 0 && text.length > 0; i--) {
        text[random.nextInt(text.length)] = (byte) random.nextInt();
      }
      readOrRefused(Arrays.copyOf(text, text.length - random.nextInt(2)), seed);
    }
  }

  private void readOrRefused(byte[] text, long seed) {
    JsonValue value;
    try {
      value = codec().parse(text);
    } catch (ProtocolException refused) {
      return;
    }
    assertThat(codec().parse(codec().write(value))).as("seed %d", seed).isEqualTo(value);
  }

  @Test
  void oneCodecServesManyThreads() {
    assertThat(
            IntStream.range(0, 2_000)
                .parallel()
                .allMatch(
                    seed -> {
                      JsonValue value = new RandomJson(seed % 50).value();
                      return codec().parse(codec().write(value)).equals(value);
                    }))
        .isTrue();
  }
}
