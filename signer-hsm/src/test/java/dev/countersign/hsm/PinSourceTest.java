package dev.countersign.hsm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.credential.SecretFile;
import dev.countersign.error.ConfigurationException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PinSourceTest {

  private static final String PIN = "canary-pässwörd";

  @TempDir private Path folder;

  private static PinSource source(String value) {
    return PinSource.parse(
        value, SecretFile.Readers.ANYONE, Map.of("PIN", PIN, "TWO_LINES", PIN + "\nb")::get);
  }

  private PinSource file(String scheme, String text) throws IOException {
    return source(scheme + Files.writeString(folder.resolve("pin"), text));
  }

  private static void assertReads(PinSource source, String expected) {
    PinMemory memory = PinMemory.of(new Pin(expected.getBytes(StandardCharsets.UTF_8)));
    try (Pin pin = source.read()) {
      assertThat(memory.is(pin)).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"file:", "file://"})
  void aPinIsOneLineOfAFileWhateverEndsIt(String scheme) throws IOException {
    for (String end : new String[] {"", "\n", "\r\n", "\r"}) {
      assertReads(file(scheme, PIN + end), PIN);
    }
    assertReads(file(scheme, " " + PIN + " \n"), " " + PIN + " ");
  }

  @Test
  void aPinIsTheValueOfAVariable() {
    assertReads(source("env:PIN"), PIN);
  }

  /** Cut off, it would be a wrong one, which costs a try. */
  @ParameterizedTest
  @CsvSource({"two\\nlines", "two\\rlines", "empty line\\n\\n", "nothing\\0"})
  void whatIsMoreThanALineIsNoPinAndIsNotRepeated(String text) {
    String odd = text.replace("\\n", "\n").replace("\\r", "\r").replace("\\0", "\0");
    assertThatThrownBy(() -> file("file:", odd).read())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("more than one line")
        .hasMessageNotContaining("lines\n");
    assertThatThrownBy(() -> source("env:TWO_LINES").read())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("TWO_LINES that pin-source names has more than one line")
        .hasMessageNotContaining("canary");
  }

  @Test
  void anEmptyPinIsNone() {
    assertThatThrownBy(() -> file("file:", "\r\n").read())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("is empty");
  }
}
