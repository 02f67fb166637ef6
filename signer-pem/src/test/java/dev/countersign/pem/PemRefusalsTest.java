package dev.countersign.pem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.countersign.error.ConfigurationException;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every refusal says in a sentence what was found and what to do, and nothing of the key. */
class PemRefusalsTest {

  static Stream<Refusal> refusals() {
    return Refusal.all();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refusals")
  void theSentenceSaysWhatWasFoundAndWhatToDo(Refusal refusal) {
    assertThatThrownBy(() -> read(refusal))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("The PEM text ")
        .hasMessageContaining(refusal.found())
        .hasMessageContaining(refusal.advice())
        .hasNoCause();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refusals")
  void theSentenceRepeatsNothingOfTheKeyOrThePassphrase(Refusal refusal) {
    Throwable thrown = catchThrowable(() -> read(refusal));
    Leaks.requireNone(thrown, refusal.bytes(), List.of(PemFormat.PASSPHRASE, "incorrect-horse"));
  }

  /** One wrong passphrase in 256 gives a correct padding, and a structure without sense. */
  @Test
  void noWrongPassphraseOpensAKeyOrGivesAnotherSentence() {
    List<String> keys =
        List.of(
            PemText.encryptedWithDekInfo(KeyKind.P256, "AES-128-CBC", PemFormat.PASSPHRASE),
            PemText.encryptedWithDekInfo(KeyKind.RSA, "DES-EDE3-CBC", PemFormat.PASSPHRASE));
    for (String pem : keys) {
      List<String> messages =
          IntStream.range(0, 1500)
              .mapToObj(
                  i ->
                      catchThrowable(
                          () -> PemSigner.read(PemText.bytes(pem), ("wrong " + i).toCharArray())))
              .map(Throwable::getMessage)
              .distinct()
              .toList();
      assertThat(messages).singleElement().asString().contains("does not open with");
    }
  }

  @Test
  void aMissingArgumentIsTheCallersFault() {
    assertThatThrownBy(() -> PemSigner.read(null)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> PemSigner.open(null)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> PemSigner.read(new byte[0], null))
        .isInstanceOf(NullPointerException.class);
  }

  private static PemSigner read(Refusal refusal) {
    String passphrase = refusal.passphrase();
    return passphrase == null
        ? PemSigner.read(refusal.bytes())
        : PemSigner.read(refusal.bytes(), passphrase.toCharArray());
  }
}
