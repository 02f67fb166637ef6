package dev.countersign.registration;

import dev.countersign.action.Assertion;
import dev.countersign.action.Challenge;
import dev.countersign.api.auth.FirstFactorAttestation;
import dev.countersign.api.auth.RegistrationChallenge;
import dev.countersign.api.auth.RelyingParty;
import dev.countersign.http.JacksonCodec;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonString;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;

/**
 * A browser with an authenticator: takes WebAuthn's options as JSON, answers with credentials as
 * JSON (WebAuthn Level 3, ES256, attestation {@code none}).
 */
final class PasskeyDevice implements UserDevice {

  private static final JacksonCodec CODEC = new JacksonCodec();
  private static final int PRESENT_AND_VERIFIED = 0x05;
  private static final int WITH_CREDENTIAL = 0x40;

  private final KeyPair keys;
  private final byte[] id;
  private String relyingParty = "";
  private int counter;

  PasskeyDevice() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      keys = generator.generateKeyPair();
      id = sha256(keys.getPublic().getEncoded());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public FirstFactorAttestation register(RegistrationChallenge challenge) {
    relyingParty = challenge.rp().map(RelyingParty::id).orElse("example.com");
    JsonObject options = PasskeyRegistration.options(challenge, relyingParty, "Example");
    return PasskeyRegistration.factor(create(options), "passkey");
  }

  @Override
  public String sign(String challengeText) {
    Challenge challenge =
        Challenge.of((JsonObject) CODEC.parse(challengeText.getBytes(StandardCharsets.UTF_8)));
    JsonObject credential = get(challenge.webAuthn(relyingParty));
    JsonObject signed = Assertion.byPasskey(credential).redemption(challenge);
    return new String(CODEC.write(signed), StandardCharsets.UTF_8);
  }

  /** {@code navigator.credentials.create}. */
  private JsonObject create(JsonObject options) {
    byte[] authenticatorData = authenticatorData(WITH_CREDENTIAL, credentialData());
    Cbor object = new Cbor().map(3).text("fmt").text("none").text("attStmt").map(0);
    object.text("authData").bytes(authenticatorData);
    return credential(
        JsonObject.builder()
            .put("clientDataJSON", base64url(clientData("webauthn.create", options)))
            .put("attestationObject", base64url(object.toBytes()))
            .build());
  }

  /** {@code navigator.credentials.get}. */
  private JsonObject get(JsonObject options) {
    byte[] clientData = clientData("webauthn.get", options);
    byte[] authenticatorData = authenticatorData(0, new byte[0]);
    return credential(
        JsonObject.builder()
            .put("clientDataJSON", base64url(clientData))
            .put("authenticatorData", base64url(authenticatorData))
            .put("signature", base64url(signature(authenticatorData, sha256(clientData))))
            .build());
  }

  private JsonObject credential(JsonObject response) {
    return JsonObject.builder()
        .put("id", base64url(id))
        .put("rawId", base64url(id))
        .put("type", JsonString.of("public-key"))
        .put("response", response)
        .build();
  }

  private byte[] clientData(String type, JsonObject options) {
    return CODEC.write(
        JsonObject.builder()
            .put("type", JsonString.of(type))
            .put("challenge", JsonString.of(options.text("challenge").orElseThrow()))
            .put("origin", JsonString.of("https://" + relyingParty))
            .build());
  }

  private byte[] authenticatorData(int flags, byte[] more) {
    return ByteBuffer.allocate(37 + more.length)
        .put(sha256(relyingParty.getBytes(StandardCharsets.UTF_8)))
        .put((byte) (flags | PRESENT_AND_VERIFIED))
        .putInt(++counter)
        .put(more)
        .array();
  }

  /** No AAGUID, the id, and the public key in COSE. */
  private byte[] credentialData() {
    ECPublicKey key = (ECPublicKey) keys.getPublic();
    Cbor cose = new Cbor().map(5).number(1).number(2).number(3).number(-7).number(-1).number(1);
    cose.number(-2).bytes(coordinate(key.getW().getAffineX()));
    cose.number(-3).bytes(coordinate(key.getW().getAffineY()));
    byte[] encoded = cose.toBytes();
    return ByteBuffer.allocate(18 + id.length + encoded.length)
        .position(16)
        .putShort((short) id.length)
        .put(id)
        .put(encoded)
        .array();
  }

  private static byte[] coordinate(BigInteger value) {
    byte[] bytes = value.toByteArray();
    int skipped = Math.max(0, bytes.length - 32);
    return ByteBuffer.allocate(32)
        .position(32 - bytes.length + skipped)
        .put(bytes, skipped, bytes.length - skipped)
        .array();
  }

  private byte[] signature(byte[]... parts) {
    try {
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(keys.getPrivate());
      for (byte[] part : parts) {
        signature.update(part);
      }
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static JsonString base64url(byte[] bytes) {
    return JsonString.of(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  @Override
  public String toString() {
    return "passkey";
  }

  /** Writes the little CBOR that an attestation needs. */
  private static final class Cbor {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Cbor number(int value) {
      return value < 0 ? head(1, -1 - value) : head(0, value);
    }

    Cbor bytes(byte[] bytes) {
      head(2, bytes.length).out.writeBytes(bytes);
      return this;
    }

    Cbor text(String text) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      head(3, bytes.length).out.writeBytes(bytes);
      return this;
    }

    Cbor map(int size) {
      return head(5, size);
    }

    private Cbor head(int kind, int value) {
      if (value < 24) {
        out.write(kind << 5 | value);
      } else if (value < 256) {
        out.write(kind << 5 | 24);
        out.write(value);
      } else {
        out.write(kind << 5 | 25);
        out.write(value >> 8);
        out.write(value);
      }
      return this;
    }

    byte[] toBytes() {
      return out.toByteArray();
    }
  }
}
