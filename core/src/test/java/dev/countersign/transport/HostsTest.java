package dev.countersign.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://api.dfns.io",
        "HTTPS://api.dfns.io",
        "https://api.dfns.io:8443/prefix?a=b",
        "https://10.0.0.1",
        "https://localhost",
        "http://localhost:8080",
        "HTTP://LOCALHOST",
        "http://127.0.0.1",
        "http://127.255.255.254:65535",
        "http://[::1]:8080",
        "http://[0:0:0:0:0:0:0:1]"
      })
  void whereATokenMayTravelTo(String uri) {
    assertThat(Hosts.requireSecure(URI.create(uri))).hasToString(uri);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://api.dfns.io",
        "HTTP://api.dfns.io",
        "http://10.0.0.1",
        "http://0.0.0.0",
        "http://128.0.0.1",
        "http://localhost.evil.example",
        "http://127.0.0.1.evil.example",
        "http://evil.localhost", // a resolver may send it anywhere
        "http://mylocalhost",
        "http://[::2]",
        "http://[::ffff:10.0.0.1]"
      })
  void plainHttpToAnotherMachineIsRefused(String uri) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Hosts.requireSecure(URI.create(uri)))
        .withMessageContaining("use https");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "api.dfns.io",
        "/wallets",
        "https:///wallets",
        "https:api.dfns.io",
        "ftp://localhost",
        "file:///etc/passwd",
        "ws://localhost",
        "https://under_score.example"
      })
  void whatIsNoHttpUrlWithAHostIsRefused(String uri) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Hosts.requireSecure(URI.create(uri)))
        .withMessageContaining("https://api.dfns.io");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://user:hunter2@api.dfns.io",
        "https://hunter2@api.dfns.io",
        "http://localhost@evil.example/hunter2",
        "https://api.dfns.io/#hunter2"
      })
  void userInformationAndFragmentAreRefusedAndNotShown(String uri) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Hosts.requireSecure(URI.create(uri)))
        .withMessageNotContaining("hunter2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://api.dfns.io:0", "https://api.dfns.io:65536"})
  void aPortThatIsNoneIsRefused(String uri) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Hosts.requireSecure(URI.create(uri)))
        .withMessageContaining("65535");
  }
}
