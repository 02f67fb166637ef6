package dev.countersign.hsm;

import static dev.countersign.fuzz.Fuzz.require;

import dev.countersign.error.ConfigurationException;
import dev.countersign.fuzz.Fuzz;
import dev.countersign.fuzz.FuzzTarget;
import dev.countersign.signing.SignerUri;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A {@code pkcs11:} URI is understood, or refused without what its PIN source says. */
public final class HsmUriFuzz extends FuzzTarget {

  /** A file that is there on every machine that has a JDK; it is not loaded. */
  private static final Path MODULE = Path.of(System.getProperty("java.home"), "release");

  public static Stream<byte[]> seeds() {
    return Fuzz.seeds(
        "token=dfns;object=api-key?pin-source=env:PIN",
        "serial=01;slot-id=3;id=%01%02;type=private?pin-source=file:/run/pin&permissions=any",
        "token=a%22b;manufacturer=x;model=y?pool-size=4&acquire-timeout=5s&sign-timeout=10s",
        "token=x;token=y?module-name=softhsm2");
  }

  @Override
  protected void fed(byte[] input) throws Exception {
    String text = Fuzz.utf8(input).replace("pin-source=", "pin-source=" + Fuzz.CANARY);
    read("pkcs11:" + text);
    String all = "pkcs11:" + Fuzz.utf8(input);
    Fuzz.bounded(
        input.length,
        2_000,
        () -> read(all + (all.contains("?") ? "&" : "?") + "module-path=" + MODULE));
  }

  private static void read(String text) {
    try {
      HsmUri uri = HsmUri.parse(SignerUri.parse(text), name -> null);
      require(uri.module().isAbsolute() && Files.isRegularFile(uri.module()), "A module is there");
      require(!uri.module().toString().matches("(?s).*[\"\\n\\r].*"), "A module can be quoted");
      Fuzz.requireNoCanary(uri.pin(), uri);
    } catch (ConfigurationException e) {
      require(!String.valueOf(e.getMessage()).isBlank(), "A refusal is a sentence");
      Fuzz.requireNoCanary(e);
    }
  }
}
