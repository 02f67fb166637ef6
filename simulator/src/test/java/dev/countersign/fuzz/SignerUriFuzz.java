package dev.countersign.fuzz;

import static dev.countersign.fuzz.Fuzz.require;

import dev.countersign.error.ConfigurationException;
import dev.countersign.signing.SignerUri;
import java.util.stream.Stream;

/** A signer URI is read, or refused without showing the value of any attribute. */
public final class SignerUriFuzz extends FuzzTarget {

  static Stream<byte[]> seeds() {
    return Fuzz.seeds(
        "pem:/run/secrets/dfns.pem",
        "pem:/x?passphrase-env=NAME&permissions=any",
        "pkcs11:token=dfns;object=api-key?module-path=/usr/lib/x.so&pin-source=file:/run/pin",
        "pkcs11:token=a%20b;id=%01%FF?pin-value=1234",
        "PEM:/a%2Fb?x=%zz");
  }

  @Override
  protected void fed(byte[] input) throws Exception {
    String text = Fuzz.utf8(input);
    Fuzz.bounded(input.length, 2_000, () -> read(text));
    int question = text.indexOf('?');
    if (question >= 0) {
      // every value behind the question mark could be a secret in the wrong place
      read(text.substring(0, question) + text.substring(question).replace("=", "=" + Fuzz.CANARY));
    }
  }

  private static void read(String text) {
    SignerUri uri;
    try {
      uri = SignerUri.parse(text);
    } catch (ConfigurationException e) {
      Fuzz.requireNoCanary(e);
      return;
    }
    Fuzz.requireNoCanary(uri);
    require(
        uri.attributes().keySet().stream().noneMatch(it -> it.equalsIgnoreCase("pin-value")),
        "An attribute that holds a secret is refused");
    require(SignerUri.parse(text).equals(uri), "The same text is the same URI");
    require(uri.scheme().matches("[a-z][a-z0-9+.-]*"), "A scheme is one");
    try {
      require(uri.path() != null, "A path is there");
    } catch (ConfigurationException e) {
      Fuzz.requireNoCanary(e);
    }
  }
}
