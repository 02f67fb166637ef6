package dev.countersign.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.countersign.error.ConfigurationException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignerUriTest {

  @Test
  void aPathAloneHasNoAttributes() {
    SignerUri uri = SignerUri.parse("pem:/run/secrets/dfns.pem");
    assertThat(uri.scheme()).isEqualTo("pem");
    assertThat(uri.path()).isEqualTo("/run/secrets/dfns.pem");
    assertThat(uri.attributes()).isEmpty();
  }

  @Test
  void attributesKeepTheirOrder() {
    SignerUri uri = SignerUri.parse("pem:/k.pem?passphrase-env=P&permissions=any");
    assertThat(uri.attributes())
        .containsExactly(entry("passphrase-env", "P"), entry("permissions", "any"));
  }

  @Test
  void onlyTheFirstQuestionMarkAndEqualsSignCut() {
    SignerUri uri = SignerUri.parse("pem:/k.pem?passphrase-file=/a?b=c");
    assertThat(uri.attributes()).containsExactly(entry("passphrase-file", "/a?b=c"));
  }

  @Test
  void percentEncodingIsUtf8AndAPlusSignStaysOne() {
    SignerUri uri = SignerUri.parse("pem:/a%20b+%C3%A9%3f%F0%9F%94%91?x=%26é");
    assertThat(uri.path()).isEqualTo("/a b+é?🔑");
    assertThat(uri.attributes()).containsExactly(entry("x", "&é"));
  }

  @Test
  void theRawPathIsAsItWasWritten() {
    assertThat(SignerUri.parse("pkcs11:token=a%3Bb;object=k?pin-source=file:/p").rawPath())
        .isEqualTo("token=a%3Bb;object=k");
  }

  @Test
  void theSchemeIsLowerCase() {
    assertThat(SignerUri.parse("PEM:/k.pem")).isEqualTo(SignerUri.parse("pem:/k.pem"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ":", ":/k.pem", "/k.pem", "k.pem", "1pem:/k.pem", "p m:/k.pem"})
  void aTextWithoutASchemeIsRefused(String text) {
    assertThatThrownBy(() -> SignerUri.parse(text))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("pem:/run/secrets/dfns.pem");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"pem:/%", "pem:/%4", "pem:/%zz", "pem:/%-1", "pem:/k?x=%", "pem:/k?x=%C3"})
  void wrongPercentEncodingIsRefused(String text) {
    assertThatThrownBy(() -> SignerUri.parse(text))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("%25");
  }

  @ParameterizedTest
  @ValueSource(strings = {"pem:/%C3", "pem:/%ED%A0%80"})
  void aPathThatIsNotUtf8IsRefusedToThoseWhoReadItAsText(String text) {
    SignerUri uri = SignerUri.parse(text);
    assertThat(uri.rawPath()).isEqualTo(text.substring(4));
    assertThatThrownBy(uri::path)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("%25");
  }

  @ParameterizedTest
  @ValueSource(strings = {"pin-value", "PIN", "pin%2Dvalue"})
  void aSecretAmongTheAttributesOfAPathIsRefusedAndNotRepeated(String attribute) {
    assertThatThrownBy(() -> SignerUri.parse("pkcs11:token=x;" + attribute + "=hunter2"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("environment variable")
        .hasMessageNotContaining("hunter2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"pem:/k?", "pem:/k?x", "pem:/k?=y", "pem:/k?x=y&", "pem:/k?&x=y"})
  void anAttributeWithoutNameOrValueIsRefused(String text) {
    assertThatThrownBy(() -> SignerUri.parse(text))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("name=value");
  }

  @Test
  void anAttributeThatStandsTwiceIsRefusedByName() {
    assertThatThrownBy(() -> SignerUri.parse("pem:/k?x=1&x=1"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("'x' stands twice");
  }

  @ParameterizedTest
  @ValueSource(strings = {"pin-value", "pin", "passphrase", "PASSWORD", "pass%77ord", "secret"})
  void aSecretInTheUriIsRefusedAndNotRepeated(String attribute) {
    assertThatThrownBy(() -> SignerUri.parse("pem:/k?" + attribute + "=hunter2"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("environment variable")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void theValuesOfAttributesDoNotPrint() {
    assertThat(SignerUri.parse("pem:/k.pem?passphrase-env=hunter2&permissions=any"))
        .hasToString("pem:/k.pem?passphrase-env&permissions");
  }

  @Test
  void equalityIsThatOfAllParts() {
    SignerUri uri = SignerUri.parse("pem:/k?x=1");
    SignerUri same = SignerUri.parse("pem:/k?x=1");
    assertThat(uri).isEqualTo(same).hasSameHashCodeAs(same);
    assertThat(uri).isNotEqualTo(SignerUri.parse("pem:/k?x=2"));
    assertThat(uri).isNotEqualTo(SignerUri.parse("pem:/l?x=1"));
    assertThat(uri).isNotEqualTo(SignerUri.parse("other:/k?x=1"));
  }

  @Test
  void theAttributesCannotBeChanged() {
    assertThatThrownBy(() -> SignerUri.parse("pem:/k?x=1").attributes().put("y", "2"))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Property
  void whateverTheTextItIsReadOrRefusedWithASentence(@ForAll String text) {
    for (String candidate : new String[] {text, "pem:" + text, "pem:/k?" + text, "pem:/%" + text}) {
      try {
        SignerUri uri = SignerUri.parse(candidate);
        assertThat(candidate.substring(uri.scheme().length() + 1)).startsWith(uri.rawPath());
      } catch (ConfigurationException e) {
        assertThat(e).hasMessageContaining(" ");
      }
    }
  }
}
