package dev.countersign.simulator.engine;

import static dev.countersign.fuzz.Fuzz.require;

import dev.countersign.fuzz.Fuzz;
import dev.countersign.fuzz.FuzzTarget;
import dev.countersign.simulator.crypto.AttestationObject;
import dev.countersign.simulator.crypto.AuthenticatorData;
import dev.countersign.simulator.crypto.CredentialKey;
import dev.countersign.simulator.json.Json;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Stream;

/** What an authenticator writes has a key that a credential may have, or is nothing at all. */
public final class AttestationFuzz extends FuzzTarget {

  private static final byte[] CLIENT_DATA = {'{', '}'};

  public static Stream<byte[]> seeds() {
    return Stream.of(TestKey.Kind.P256, TestKey.Kind.ED25519, TestKey.Kind.RSA)
        .flatMap(kind -> Stream.of("none", "packed").map(format -> seed(kind, format)));
  }

  private static byte[] seed(TestKey.Kind kind, String format) {
    Passkey passkey = Passkey.fresh(kind);
    passkey.format = format;
    return Base64.getUrlDecoder()
        .decode(
            passkey
                .credential(Json.object().put("challenge", "c"))
                .at("/credentialInfo/attestationData")
                .asText());
  }

  @Override
  protected void fed(byte[] input) throws Exception {
    Fuzz.bounded(input.length, 2_000, () -> read(input));
    Fuzz.bounded(
        input.length,
        2_000,
        () ->
            AuthenticatorData.parse(input)
                .ifPresent(
                    data -> {
                      require(data.counter() >= 0, "A counter counts from 0");
                      require(
                          data.userPresent() == ((input[32] & 1) != 0), "A flag is where it is");
                      require(!data.attests(new byte[1024]), "No identifier is longer than 1023");
                    }));
  }

  private static void read(byte[] input) {
    Optional<AttestationObject> read = AttestationObject.parse(input);
    if (read.isPresent()) {
      AttestationObject object = read.get();
      require(
          CredentialKey.parse(object.publicKey()).isPresent(), "Its key is one of a credential");
      Optional<String> fault = object.fault(CLIENT_DATA);
      require(fault.isEmpty() || fault.get().contains(" "), "A fault is a sentence");
    }
  }
}
