package dev.countersign.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTest {

  private static final URI WALLETS = URI.create("https://api.dfns.io/wallets?name=hunter2");

  private static Request.Builder post() {
    return Request.of("createWallet", "POST", WALLETS);
  }

  @Test
  void neitherRequestNorReplyPrintsWhatMayBeSecret() {
    Request request =
        post()
            .header("Authorization", "Bearer hunter2")
            .body("application/json", "hunter2".getBytes())
            .build();
    assertThat(request)
        .hasToString(
            "createWallet POST https://api.dfns.io/wallets [Authorization, Content-Type] 7 bytes");
    Reply reply = Reply.of(200, Map.of("Set-Cookie", List.of("hunter2")), "hunter2".getBytes());
    assertThat(reply).hasToString("200 [Set-Cookie] 7 bytes");
  }

  @Test
  void aHeaderReplacesOneOfTheSameNameWhateverItsCase() {
    Request request = post().header("X-A", "1").header("B", "2").header("x-a", "3").build();
    assertThat(request.headers()).containsExactly(Map.entry("B", "2"), Map.entry("x-a", "3"));
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> request.headers().clear());
  }

  @Test
  void aRequestDoesNotChangeWithItsBuilder() {
    Request.Builder builder = post().header("A", "1");
    Request request = builder.build();
    builder.header("A", "2").header("B", "3").timeout(Duration.ofSeconds(1));
    assertThat(request.headers()).containsExactly(Map.entry("A", "1"));
    assertThat(request.timeout()).isEqualTo(Duration.ofSeconds(30));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hunter2\nX: y",
        "hunter2\r\n",
        "\nhunter2",
        "hunter2\0",
        "hunter2é",
        " hunter2",
        "hunter2 ",
        "hunter2\t",
        "hunter2\u007f",
        "\u2028hunter2",
        "hun\u0001ter2"
      })
  void aHeaderThatWouldBreakOutOfItsLineIsRefusedAndNotShown(String value) {
    Request.Builder builder = post();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.header("X-DFNS-USERACTION", value))
        .withMessageContainingAll("X-DFNS-USERACTION", "at position")
        .withMessageNotContaining("hunter2");
  }

  @Test
  void aRefusedCharacterIsNamedWithItsPosition() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HeaderText.requireValue("The access token", "abc\n"))
        .withMessage(
            "The access token has a line feed at position 4 of 4, which no header may hold there");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HeaderText.requireValue("It", "aé"))
        .withMessageContaining("the character U+00E9 at position 2 of 2");
    assertThat(HeaderText.requireValue("It", "a b\tc~!")).isEqualTo("a b\tc~!");
    assertThat(HeaderText.requireValue("It", "")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "a:b", "a\n", "é", "a(b)", "a\u007f", "a/b"})
  void whatIsNoNameOfAHeaderIsRefused(String name) {
    Request.Builder builder = post();
    assertThatIllegalArgumentException().isThrownBy(() -> builder.header(name, "1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "get", "Get", "GET ", "GET\n", "G-T", "GÉT"})
  void aMethodIsInUpperCase(String method) {
    assertThatIllegalArgumentException().isThrownBy(() -> Request.of("op", method, WALLETS));
  }

  @Test
  void plainHttpToAnotherMachineIsRefused() {
    URI clear = URI.create("http://api.dfns.io/wallets");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Request.of("op", "GET", clear))
        .withMessageContaining("use https");
  }

  @Test
  void aTimeoutIsPositive() {
    Request.Builder builder = post();
    for (Duration timeout : List.of(Duration.ZERO, Duration.ofMillis(-1))) {
      assertThatIllegalArgumentException().isThrownBy(() -> builder.timeout(timeout));
    }
  }

  @Test
  void aReplyDoesNotChangeWithTheHeadersItWasGiven() {
    Map<String, List<String>> headers = new HashMap<>();
    headers.put("A", new ArrayList<>(List.of("1", "2")));
    Reply reply = Reply.of(200, headers, new byte[0]);
    headers.get("A").clear();
    headers.clear();
    assertThat(reply.header("a")).contains("1");
  }

  @Test
  void aReplyFindsNothingUnderANameWithoutValues() {
    assertThat(Reply.of(200, Map.of("A", List.of()), new byte[0]).header("A")).isEmpty();
  }
}
