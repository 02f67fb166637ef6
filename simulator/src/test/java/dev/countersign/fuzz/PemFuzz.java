package dev.countersign.fuzz;

import static dev.countersign.fuzz.Fuzz.require;

import dev.countersign.error.ConfigurationException;
import dev.countersign.pem.PemSigner;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A PEM text is a key that signs, or is refused in a sentence without any of its base64. */
public final class PemFuzz extends FuzzTarget {

  private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/=]{24,}");

  static Stream<byte[]> seeds() {
    return Stream.concat(
        Stream.of(SeedKeys.pems()).map(pem -> ("\0" + pem).getBytes(StandardCharsets.UTF_8)),
        Fuzz.seeds(
            "\1-----BEGIN ENCRYPTED PRIVATE KEY-----\nMC4CAQAwBQYDK2Vw\n-----END ENCRYPTED PRIVATE KEY-----\n",
            "\1-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00112233445566778899AABBCCDDEEFF\n\nAAAA\n-----END RSA PRIVATE KEY-----\n"));
  }

  @Override
  protected void fed(byte[] input) throws Exception {
    byte[] pem = Fuzz.rest(input);
    Fuzz.bounded(
        pem.length,
        2_000,
        () -> {
          try (PemSigner signer =
              Fuzz.choice(input, 2) == 0
                  ? PemSigner.read(pem)
                  : PemSigner.read(pem, Fuzz.CANARY.toCharArray())) {
            require(signer.sign(new byte[] {1}).length > 0, "A key that is accepted signs");
            requireNoneOf(pem, signer);
          } catch (ConfigurationException e) {
            require(
                String.valueOf(e.getMessage()).startsWith("The PEM text "),
                "A refusal says what it is about");
            requireNoneOf(pem, e);
          }
        });
  }

  /** Nothing but labels, which are capital letters, may be quoted. */
  private static void requireNoneOf(byte[] pem, Object shown) {
    Fuzz.requireNoCanary(shown);
    Matcher runs = BASE64.matcher(Fuzz.latin(pem).replaceAll("-----BEGIN [A-Z0-9 ]*-----", ""));
    while (runs.find()) {
      Fuzz.requireAbsent(runs.group(), shown);
    }
  }
}
