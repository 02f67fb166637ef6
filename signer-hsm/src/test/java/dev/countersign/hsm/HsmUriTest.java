package dev.countersign.hsm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.error.ConfigurationException;
import dev.countersign.signing.SignerUri;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotEmpty;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HsmUriTest {

  private static final Path MODULE = module("module.so");

  private static Path module(String name) {
    try {
      Path file = Files.createTempDirectory("hsm-uri").toRealPath().resolve(name);
      file.toFile().deleteOnExit();
      file.getParent().toFile().deleteOnExit();
      return Files.writeString(file, "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static HsmUri parse(String path, String query) {
    return HsmUri.parse(
        SignerUri.parse("pkcs11:" + path + "?module-path=" + MODULE + query), name -> null);
  }

  private static AbstractThrowableAssert<?, ?> assertRefused(String uri) {
    return assertThatThrownBy(() -> HsmUri.parse(SignerUri.parse(uri), name -> null))
        .isInstanceOf(ConfigurationException.class);
  }

  @Test
  void allAttributesAreUnderstood() {
    HsmUri uri =
        parse(
            "token=My%20token%3B;serial=0a;slot-id=7;manufacturer=SoftHSM;model=v2;object=cl%C3%A9;id=%00%FFa;type=private",
            "&pin-source=file:/p&pool-size=9&acquire-timeout=500ms&sign-timeout=3s&open-timeout=2m&probe-interval=1ms");

    assertThat(uri.token()).isEqualTo(new TokenQuery("My token;", "0a", "SoftHSM", "v2", 7L));
    assertThat(uri.key()).isEqualTo(new KeyQuery("clé", "00ff61"));
    assertThat(uri.module()).isEqualTo(MODULE);
    assertThat(uri.limits())
        .isEqualTo(
            new Limits(
                9,
                Duration.ofMillis(500),
                Duration.ofSeconds(3),
                Duration.ofMinutes(2),
                Duration.ofMillis(1)));
  }

  @Test
  void whatIsLeftOutMayBeAnythingAndTheLimitsAreThoseOfTheDocument() {
    HsmUri uri = parse("", "");
    assertThat(uri.token()).isEqualTo(new TokenQuery(null, null, null, null, null));
    assertThat(uri.key()).isEqualTo(new KeyQuery(null, null));
    assertThat(uri.limits())
        .isEqualTo(
            new Limits(
                5,
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                Duration.ofSeconds(1)));
  }

  @Test
  void aLinkToAModuleIsTheModule() throws IOException {
    Path link = MODULE.resolveSibling("link.so");
    Files.createSymbolicLink(link, MODULE);
    try {
      assertThat(
              HsmUri.parse(SignerUri.parse("pkcs11:?module-path=" + link), name -> null).module())
          .isEqualTo(MODULE);
    } finally {
      Files.delete(link);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "pkcs11:colour=red?module-path=/m.so, 'colour'",
    "pkcs11:token=a?module-path=/m.so&colour=red, 'colour'",
    "pkcs11:library-version=1?module-path=/m.so, 'library-version'",
    "pkcs11:token=a;token=a?module-path=/m.so, 'token' stands twice",
    "pkcs11:token=a?module-path=/m.so&module-path=/m.so, 'module-path' stands twice",
    "pkcs11:token=a?module-path=/m.so&module-name=softhsm2, both module-path and module-name",
    "pkcs11:pin-source=file:/p?module-path=/m.so, 'pin-source' of the pkcs11: URI belongs behind",
    "pkcs11:module-path=/m.so, 'module-path' of the pkcs11: URI belongs behind",
    "pkcs11:a=b?token=a, 'a'",
    "pkcs11:?token=a&module-path=/m.so, 'token' of the pkcs11: URI belongs before",
    "pkcs11:token=a, add module-path=",
    "pkcs11:?module-path=m.so, not absolute",
    "pkcs11:?module-name=nobody, softhsm2",
    "pkcs11:token?module-path=/m.so, name=value",
    "pkcs11:token=?module-path=/m.so, name=value",
    "pkcs11:token=a;?module-path=/m.so, name=value",
    "pkcs11:?module-path=, 'module-path' of the pkcs11: URI is empty",
    "pkcs11:type=public?module-path=/m.so, only private keys sign",
    "pkcs11:slot-id=-1?module-path=/m.so, slot-id",
    "pkcs11:slot-id=0x1?module-path=/m.so, slot-id",
    "pkcs11:slot-id=99999999999?module-path=/m.so, slot-id",
    "pkcs11:token=%FF?module-path=/m.so, 'token'",
    "pkcs11:?module-path=/m.so&permissions=some, permissions=any",
    "pkcs11:?module-path=/no/such.so, no PKCS#11 module /no/such.so",
  })
  void whatIsUnknownRepeatedContradictoryOrMisplacedIsRefusedByName(String uri, String sentence) {
    assertRefused(uri.replace("/m.so", MODULE.toString())).hasMessageContaining(sentence);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pool-size=0",
        "pool-size=257",
        "pool-size=-1",
        "pool-size=many",
        "acquire-timeout=0s",
        "sign-timeout=10",
        "open-timeout=-1s",
        "probe-interval=1h",
        "sign-timeout=9999999999ms",
        "acquire-timeout=1441m"
      })
  void aLimitThatIsNoneIsRefusedByName(String limit) {
    assertRefused("pkcs11:?module-path=" + MODULE + "&" + limit)
        .hasMessageContaining(limit.substring(0, limit.indexOf('=')));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pkcs11:token=a;pin-value=canary-1?module-path=/m",
        "pkcs11:token=a?pin-value=canary-1",
        "pkcs11:token=a?pin=canary-1",
        "pkcs11:token=a?module-path=/m.so&pin-source=canary-1",
        "pkcs11:token=a?module-path=/m.so&pin-source=|canary-1",
        "pkcs11:canary-1?module-path=/m.so",
        "pkcs11:token=a;CANARY-1=canary-1?module-path=/m.so",
      })
  void aPinInTheUriIsRefusedAndNotRepeated(String uri) {
    assertRefused(uri.replace("/m.so", MODULE.toString())).hasMessageNotContaining("canary-1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\nslot = 1", "a\"b", "a\\b", "a${user.home}b", "a\rb", "a\u0001b"})
  void noModulePathCanBeMoreThanAPathToSunPkcs11(String name) {
    Path odd = module(name);
    assertThatThrownBy(
            () ->
                HsmUri.parse(
                    SignerUri.parse("pkcs11:?module-path=" + odd.toString().replace("%", "%25")),
                    variable -> null))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("control character, a quote, a dollar sign or a backslash");
  }

  @Test
  void blanksAndHashesInAModulePathAreQuoted() {
    Path odd = module("a b#c,(d)=ü.so");
    assertThat(
            HsmUri.parse(SignerUri.parse("pkcs11:?module-path=" + odd.toString()), variable -> null)
                .module())
        .isEqualTo(odd);
  }

  @Property(tries = 300)
  void anyLabelAndAnyIdSurvivePercentEncoding(
      @ForAll @NotEmpty String label, @ForAll @NotEmpty byte[] id) {
    String text = new String(label.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    HsmUri uri =
        parse(
            "object=" + encoded(text.getBytes(StandardCharsets.UTF_8)) + ";id=" + encoded(id), "");
    assertThat(uri.key()).isEqualTo(new KeyQuery(text, HexFormat.of().formatHex(id)));
  }

  private static String encoded(byte[] bytes) {
    StringBuilder encoded = new StringBuilder();
    for (byte b : bytes) {
      encoded.append('%').append(HexFormat.of().toHexDigits(b));
    }
    return encoded.toString();
  }

  @Property(tries = 500)
  void whateverTheTextItIsReadOrRefusedWithASentence(@ForAll String text) {
    for (String uri :
        List.of(
            "pkcs11:" + text,
            "pkcs11:token=" + text + "?module-path=" + MODULE,
            "pkcs11:?module-path=" + MODULE + "&" + text,
            "pkcs11:id=%" + text + "?module-path=" + MODULE)) {
      try {
        assertThat(HsmUri.parse(SignerUri.parse(uri), name -> null).module()).isEqualTo(MODULE);
      } catch (ConfigurationException e) {
        assertThat(e).hasMessageContaining(" ");
      }
    }
  }
}
