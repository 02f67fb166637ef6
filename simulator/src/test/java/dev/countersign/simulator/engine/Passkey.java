package dev.countersign.simulator.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import dev.countersign.simulator.crypto.Base64Url;
import dev.countersign.simulator.crypto.Sha256;
import dev.countersign.simulator.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;

/** An authenticator made of software: everything it says can be said wrongly. */
final class Passkey implements Device {

  static final int PRESENT = 0x01;
  static final int VERIFIED = 0x04;
  static final int ATTESTED = 0x40;

  private static final byte[] NOTHING = new byte[0];

  final TestKey.Kind kind;
  final TestKey key;
  final byte[] id;
  String relyingParty = "localhost";
  String origin = "http://localhost:3000";
  String format = "none";
  String type = "";
  String userHandle = "";
  int flags = PRESENT | VERIFIED;
  int counter = 1;
  int counts = 1;
  boolean challengeAsText = true;
  byte[] statedSignature = NOTHING;
  byte[] behind = NOTHING;
  TestKey signer;

  private Passkey(TestKey.Kind kind) {
    this.kind = kind;
    this.key = TestKey.fresh(kind);
    this.signer = key;
    this.id = Arrays.copyOf(Sha256.digest(key.pem().getBytes(StandardCharsets.UTF_8)), 16);
  }

  static Passkey fresh() {
    return fresh(TestKey.Kind.P256);
  }

  static Passkey fresh(TestKey.Kind kind) {
    return new Passkey(kind);
  }

  String credentialId() {
    return Base64Url.encode(id);
  }

  @Override
  public ObjectNode credential(JsonNode challenge) {
    byte[] clientData = clientData("webauthn.create", challenge);
    byte[] data = authenticatorData(flags | ATTESTED, attested());
    ObjectNode credential = Json.object().put("credentialKind", "Fido2");
    credential
        .putObject("credentialInfo")
        .put("credId", credentialId())
        .put("clientData", Base64Url.encode(clientData))
        .put("attestationData", Base64Url.encode(attestationObject(data, clientData)));
    return credential;
  }

  @Override
  public ObjectNode factor(JsonNode challenge) {
    counter += counts;
    byte[] clientData = clientData("webauthn.get", challenge);
    byte[] data = authenticatorData(flags, behind);
    ObjectNode factor = Json.object().put("kind", "Fido2");
    ObjectNode assertion =
        factor
            .putObject("credentialAssertion")
            .put("credId", credentialId())
            .put("clientData", Base64Url.encode(clientData))
            .put("authenticatorData", Base64Url.encode(data))
            .put("signature", Base64Url.encode(signer.sign(signed(data, clientData))));
    if (!userHandle.isEmpty()) {
      assertion.put("userHandle", Base64Url.encode(userHandle));
    }
    return factor;
  }

  private byte[] clientData(String usual, JsonNode challenge) {
    String text = challenge.path("challenge").asText();
    return Json.bytes(
        Json.object()
            .put("type", type.isEmpty() ? usual : type)
            .put("challenge", challengeAsText ? Base64Url.encode(text) : text)
            .put("origin", origin)
            .put("crossOrigin", false));
  }

  private byte[] authenticatorData(int withFlags, byte[] attested) {
    return ByteBuffer.allocate(37 + attested.length)
        .put(Sha256.digest(relyingParty.getBytes(StandardCharsets.UTF_8)))
        .put((byte) withFlags)
        .putInt(counter)
        .put(attested)
        .array();
  }

  private byte[] attested() {
    byte[] cose = cose();
    return ByteBuffer.allocate(18 + id.length + cose.length)
        .put(new byte[16])
        .putShort((short) id.length)
        .put(id)
        .put(cose)
        .array();
  }

  private byte[] attestationObject(byte[] data, byte[] clientData) {
    return cbor(
        out -> {
          out.writeStartObject(3);
          out.writeStringField("fmt", format);
          out.writeFieldName("attStmt");
          if (format.equals("none")) {
            out.writeStartObject(0);
          } else {
            out.writeStartObject(2);
            out.writeNumberField("alg", algorithm());
            out.writeBinaryField(
                "sig",
                statedSignature.length > 0 ? statedSignature : key.sign(signed(data, clientData)));
          }
          out.writeEndObject();
          out.writeBinaryField("authData", data);
          out.writeEndObject();
        });
  }

  private int algorithm() {
    return switch (kind) {
      case P256 -> -7;
      case ED25519 -> -8;
      case SECP256K1 -> -47;
      case RSA -> -257;
    };
  }

  private byte[] cose() {
    byte[] der =
        Base64.getMimeDecoder().decode(key.pem().replaceAll("-----[A-Z ]+-----", "").strip());
    int length = der.length;
    return cbor(
        out -> {
          boolean curve = kind == TestKey.Kind.P256 || kind == TestKey.Kind.SECP256K1;
          out.writeStartObject(curve ? 5 : 4);
          entry(out, 1, curve ? 2 : kind == TestKey.Kind.RSA ? 3 : 1);
          entry(out, 3, algorithm());
          if (kind == TestKey.Kind.RSA) {
            RSAPublicKey rsa = rsa(der);
            entry(out, -1, unsigned(rsa.getModulus()));
            entry(out, -2, unsigned(rsa.getPublicExponent()));
          } else if (curve) {
            entry(out, -1, kind == TestKey.Kind.P256 ? 1 : 8);
            entry(out, -2, Arrays.copyOfRange(der, length - 64, length - 32));
            entry(out, -3, Arrays.copyOfRange(der, length - 32, length));
          } else {
            entry(out, -1, 6);
            entry(out, -2, Arrays.copyOfRange(der, length - 32, length));
          }
          out.writeEndObject();
        });
  }

  private static byte[] signed(byte[] data, byte[] clientData) {
    byte[] digest = Sha256.digest(clientData);
    return ByteBuffer.allocate(data.length + digest.length).put(data).put(digest).array();
  }

  private static RSAPublicKey rsa(byte[] der) {
    try {
      return (RSAPublicKey)
          KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(der));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] unsigned(BigInteger number) {
    byte[] bytes = number.toByteArray();
    return bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
  }

  private static void entry(CBORGenerator out, int name, int value) throws IOException {
    out.writeFieldId(name);
    out.writeNumber(value);
  }

  private static void entry(CBORGenerator out, int name, byte[] value) throws IOException {
    out.writeFieldId(name);
    out.writeBinary(value);
  }

  private interface Writing {
    void to(CBORGenerator out) throws IOException;
  }

  private static byte[] cbor(Writing writing) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (CBORGenerator out = new CBORFactory().createGenerator(bytes)) {
      writing.to(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
