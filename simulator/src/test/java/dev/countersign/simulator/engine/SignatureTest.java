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
import java.util.regex.Pattern;
import org.bouncycastle.asn1.sec.SECNamedCurves;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECPoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Signatures of keys verify, with other code than made them. */
final class SignatureTest {

  private static final HexFormat HEX = HexFormat.of();
  private static final X9ECParameters CURVE = SECNamedCurves.getByName("secp256k1");

  private static final String ORDER =
      """
      {"kind":"Eip712","types":{"Item":[{"name":"id","type":"uint256"},\
      {"name":"tags","type":"string[]"},{"name":"data","type":"bytes"},\
      {"name":"b4","type":"bytes4"},{"name":"flag","type":"bool"},{"name":"n","type":"int8"}],\
      "Order":[{"name":"items","type":"Item[]"},{"name":"grid","type":"uint8[2][]"},\
      {"name":"who","type":"address[2]"}]},"domain":{"name":"Müller","salt":\
      "0xabababababababababababababababababababababababababababababababab"},\
      "message":{"items":[{"id":\
      "115792089237316195423570985008687907853269984665640564039457584007913129639935",\
      "tags":["a","é"],"data":"0x0102","b4":"0xdeadbeef","flag":true,"n":-5},\
      {"id":"0x10","tags":[],"data":"0x","b4":"0x00000000","flag":false,"n":127}],\
      "grid":[[1,2],[3,255]],"who":["0x0000000000000000000000000000000000000001",\
      "0xCD2a3d9F938E13CD947Ec05AbC7FE734Df8DD826"]}}""";

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

  @Test
  void typedDataIsSignedAsItsStandardSays() {
    Response key = key("ECDSA", "secp256k1");
    // the example of EIP-712
    Response mail =
        signed(
            key,
            """
            {"kind":"Eip712","types":{"Person":[{"name":"name","type":"string"},
            {"name":"wallet","type":"address"}],"Mail":[{"name":"from","type":"Person"},
            {"name":"to","type":"Person"},{"name":"contents","type":"string"}]},
            "domain":{"name":"Ether Mail","version":"1","chainId":1,
            "verifyingContract":"0xCcCCccccCCCCcCCCCCCcCcCccCcCCCcCcccccccC"},
            "message":{"from":{"name":"Cow","wallet":"0xCD2a3d9F938E13CD947Ec05AbC7FE734Df8DD826"},
            "to":{"name":"Bob","wallet":"0xbBbBBBBbbBBBbbbBbbBbbbbBBbBbbbbBbBbbBBbB"},
            "contents":"Hello, Bob!"}}""");
    // arrays, sized and negative numbers, bytes: the digest is that of ethers 6
    Response order = signed(key, ORDER);

    assertThat(
            recovered(
                mail,
                HEX.parseHex("be609aee343fb3c4b28e1df9e632fca64fcfaede20f02e86244efddf30957bd2")))
        .isEqualTo(key.text("/publicKey"));
    assertThat(
            recovered(
                order,
                HEX.parseHex("501bd88b366a199490d55526b0569d29484dcb1842bf869fc60cc382018df131")))
        .isEqualTo(key.text("/publicKey"));
  }

  @ParameterizedTest
  @CsvSource({
    "'\"n\":-5',            '\"n\":128',   message.items.0.n",
    "'\"0xdeadbeef\"',      '\"0xdead\"',  message.items.0.b4",
    "'\"flag\":true',       '\"flag\":1',  message.items.0.flag",
    "'[1,2]',                '[1]',          message.grid.0",
    "'[1,2]',                '[1,256]',      message.grid.0.1",
    "'\"data\":\"0x0102\",', '',            message.items.0.data",
    "'\"type\":\"bytes4\"', '\"type\":\"bytes33\"', message.items.0.b4",
    "'\"type\":\"Item[]\"', '\"type\":\"Other[]\"', types",
  })
  void typedDataThatDoesNotGoWithItsTypesIsRefused(String part, String wrong, String where) {
    String path = "/keys/" + key("ECDSA", "secp256k1").text("/id") + "/signatures";
    String body = ORDER.replaceFirst(Pattern.quote(part), wrong);
    assertThat(body).isNotEqualTo(ORDER);

    Response refused = admin.post(path, body);

    assertThat(refused.status()).as(refused.toString()).isEqualTo(400);
    assertThat(refused.message()).startsWith("Validation error: " + where + ": ");
  }

  @Test
  void typesThatUseThemselvesWithoutEndAreRefused() {
    String path = "/keys/" + key("ECDSA", "secp256k1").text("/id") + "/signatures";
    String nested = "{\"next\":".repeat(40) + "{}" + "}".repeat(40);

    Response refused =
        admin.post(
            path,
            "{\"kind\":\"Eip712\",\"types\":{\"Node\":[{\"name\":\"next\",\"type\":\"Node\"}]},"
                + "\"domain\":{},\"message\":"
                + nested
                + "}");

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.message()).contains("nested too deeply");
  }

  /** The digests are those of ethers 6. */
  @ParameterizedTest
  @CsvSource({
    "0xA0Cf798816D4b9b9866b5330EEa46a18382f251e, 0, 1,"
        + " 2b6c37de2e32c9e97ee0f7db992fb0b611d649ca609f28745229d6521ae2a704",
    "0x00000000000000000000000000000000000000aa, 300, 11155111,"
        + " 78fb41193c1c01191be793da41cac86701e854e18f4971c8661351d1d1803fd6",
    "0x00000000000000000000000000000000000000aa, 127, 0,"
        + " 50b9acd44b0779d39638851e2e7081c3915662dfbe505ba57bbbbfcf2ddb2afa"
  })
  void anAuthorizationIsSignedAsItsStandardSays(
      String address, int nonce, int chainId, String digest) {
    Response key = key("ECDSA", "secp256k1");
    String body =
        "{\"kind\":\"Eip7702\",\"address\":\"%s\",\"nonce\":%d,\"chainId\":%d}"
            .formatted(address, nonce, chainId);

    assertThat(recovered(signed(key, body), HEX.parseHex(digest)))
        .isEqualTo(key.text("/publicKey"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"kind\":\"Eip191\",\"message\":\"0x00\"}",
        "{\"kind\":\"Eip7702\",\"address\":\"0x00\",\"nonce\":1,\"chainId\":1}"
      })
  void whatIsEthereumsDoesNotGoWithEdwardsKeys(String body) {
    String path = "/keys/" + key("EdDSA", "ed25519").text("/id") + "/signatures";

    assertThat(admin.post(path, body).message()).contains("does not go with EdDSA");
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
        "{\"kind\":\"Message\",\"message\":\"0x0\"}",
        "{\"kind\":\"Eip7702\",\"address\":\"0x00\",\"nonce\":1,\"chainId\":1}",
        "{\"kind\":\"Eip7702\",\"address\":\"0x00000000000000000000000000000000000000aa\","
            + "\"nonce\":-1,\"chainId\":1}"
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
