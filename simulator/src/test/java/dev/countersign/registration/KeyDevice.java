package dev.countersign.registration;

import dev.countersign.action.Challenge;
import dev.countersign.action.KeyAssertions;
import dev.countersign.api.auth.FirstFactorAttestation;
import dev.countersign.api.auth.RegistrationChallenge;
import dev.countersign.credential.AccessToken;
import dev.countersign.credential.Credential;
import dev.countersign.http.JacksonCodec;
import dev.countersign.json.JsonObject;
import dev.countersign.pem.PemKeys;
import dev.countersign.signing.SignatureAlgorithm;
import dev.countersign.signing.Signer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;

/** A device with a key. */
final class KeyDevice implements UserDevice {

  private static final JacksonCodec CODEC = new JacksonCodec();

  private final Signer key;

  KeyDevice() {
    try {
      key =
          PemKeys.generate(
              SignatureAlgorithm.ECDSA_P256_SHA256,
              Files.createTempDirectory("device").resolve("key.pem"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public FirstFactorAttestation register(RegistrationChallenge challenge) {
    return new KeyRegistration(CODEC).firstFactor(challenge.challenge(), "key", key);
  }

  @Override
  public String sign(String challengeText) {
    Challenge challenge =
        Challenge.of((JsonObject) CODEC.parse(challengeText.getBytes(StandardCharsets.UTF_8)));
    Credential credential = Credential.of(AccessToken.of("none"), KeyRegistration.idOf(key), key);
    JsonObject signed =
        new KeyAssertions(CODEC)
            .sign(challenge, credential.key().orElseThrow())
            .redemption(challenge);
    return new String(CODEC.write(signed), StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return "key";
  }
}
