package dev.countersign.simulator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.simulator.crypto.Keccak;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.util.HexFormat;
import org.bouncycastle.asn1.sec.SECNamedCurves;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECPoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signatures of keys verify, with other code than made them. */
final class SignatureTest {

  private static final HexFormat HEX = HexFormat.of();
  private static final X9ECParameters CURVE = SECNamedCurves.getByName("secp256k1");

  private final World world = new World();
  private final TestClient admin = world.admin;

  private Response key(String scheme, String curve) {
    return admin.post(
        "/keys", "{\"scheme\":\"" + scheme + "\",\"curve\":\"" + curve + "\",\"name\":\"k\"}");
  }

  private Response signed(Response key, String body) {
    String path = "/keys/" + key.text("/id") + "/signatures";
    Response created = admin.post(path, body);
    assertThat(created.status()).as(created.toString()).isEqualTo(200);
    assertThat(created.text("/status")).isEqualTo("Executing");
    world.organisation.clock().advance(Duration.ofMillis(200));
    Response signed = admin.get(path + "/" + created.text("/id"));
    assertThat(signed.text("/status")).isEqualTo("Signed");
    assertThat(signed.text("/dateSigned")).isNotEmpty();
    return signed;
  }

  @Test
  void anEd25519SignatureOfAMessageVerifies() throws GeneralSecurityException {
    Response key = key("EdDSA", "ed25519");

    Response signed = signed(key, "{\"kind\":\"Message\",\"message\":\"0x68656c6c6f\"}");

    byte[] spki = HEX.parseHex("302a300506032b6570032100" + key.text("/publicKey"));
    Signature verifier = Signature.getInstance("Ed25519");
    verifier.initVerify(
        KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(spki)));
    verifier.update("hello".getBytes(StandardCharsets.UTF_8));
    String signature =
        signed.text("/signature/r").substring(2) + signed.text("/signature/s").substring(2);
    assertThat(verifier.verify(HEX.parseHex(signature))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void aSecp256k1SignatureOfADigestLeadsBackToItsKey(int seed) {
    Response key = key("ECDSA", "secp256k1");
    byte[] digest = Keccak.digest(new byte[] {(byte) seed});

    Response signed =
        signed(key, "{\"kind\":\"Hash\",\"hash\":\"0x" + HEX.formatHex(digest) + "\"}");

    assertThat(recovered(signed, digest)).isEqualTo(key.text("/publicKey"));
  }

  @Test
  void aPersonalMessageIsSignedAsEthereumDoes() {
    Response key = key("ECDSA", "secp256k1");

    Response signed = signed(key, "{\"kind\":\"Eip191\",\"message\":\"0x68656c6c6f\"}");

    byte[] digest =
        Keccak.digest("\u0019Ethereum Signed Message:\n5hello".getBytes(StandardCharsets.UTF_8));
    assertThat(recovered(signed, digest)).isEqualTo(key.text("/publicKey"));
  }

  /** The public key that a signature and its recovery number lead to (SEC 1, 4.1.6). */
  private static String recovered(Response signed, byte[] digest) {
    BigInteger n = CURVE.getN();
    BigInteger r = new BigInteger(signed.text("/signature/r").substring(2), 16);
    BigInteger s = new BigInteger(signed.text("/signature/s").substring(2), 16);
    assertThat(s).isLessThanOrEqualTo(n.shiftRight(1));
    int parity = 2 + signed.body().at("/signature/recid").asInt();
    ECPoint point =
        CURVE.getCurve().decodePoint(HEX.parseHex("0" + parity + String.format("%064x", r)));
    BigInteger z = new BigInteger(1, digest);
    BigInteger inverse = r.modInverse(n);
    ECPoint q =
        ECAlgorithms.sumOfTwoMultiplies(
            point, s.multiply(inverse).mod(n), CURVE.getG(), z.negate().multiply(inverse).mod(n));
    return HEX.formatHex(q.getEncoded(true));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"kind\":\"Hash\",\"hash\":\"0x00\"}",
        "{\"kind\":\"Hash\",\"hash\":\"none\"}",
        "{\"kind\":\"Message\",\"message\":\"0x0\"}"
      })
  void whatCannotBeSignedIsRefused(String body) {
    String path = "/keys/" + key("ECDSA", "secp256k1").text("/id") + "/signatures";

    assertThat(admin.post(path, body).status()).isEqualTo(400);
  }

  @Test
  void aKindThatIsNotSimulatedSaysSo() {
    String path = "/keys/" + key("ECDSA", "secp256k1").text("/id") + "/signatures";

    Response response = admin.post(path, "{\"kind\":\"Psbt\",\"psbt\":\"0x00\"}");

    assertThat(response.status()).isEqualTo(501);
    assertThat(response.message()).contains("Psbt");
  }

  @Test
  void theSameRequestUnderTheSameExternalIdIsTheSameSignature() {
    String path = "/keys/" + key("EdDSA", "ed25519").text("/id") + "/signatures";
    String body = "{\"kind\":\"Message\",\"message\":\"0x01\",\"externalId\":\"s\"}";

    Response first = admin.post(path, body);

    assertThat(admin.post(path, body).text("/id")).isEqualTo(first.text("/id"));
    assertThat(admin.post(path, body.replace("0x01", "0x02")).status()).isEqualTo(409);
    assertThat(admin.get(path).body().path("items")).hasSize(1);
  }

  @Test
  void keysAreListedAndRenamed() {
    String path = "/keys/" + key("EdDSA", "ed25519").text("/id");

    assertThat(admin.put(path, "{\"name\":\"other\"}").text("/name")).isEqualTo("other");
    assertThat(admin.get(path).text("/store/kind")).isEqualTo("Mpc");
    assertThat(admin.get("/keys").body().path("items")).hasSize(1);
    assertThat(key("EdDSA", "secp256k1").status()).isEqualTo(400);
    assertThat(key("ECDSA", "stark").status()).isEqualTo(501);
  }
}
