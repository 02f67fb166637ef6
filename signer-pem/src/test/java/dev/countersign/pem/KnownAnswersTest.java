package dev.countersign.pem;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.HexFormat;
import java.util.stream.IntStream;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.sec.SECNamedCurves;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Signatures that others have published for keys that others have published. */
class KnownAnswersTest {

  @ParameterizedTest
  @CsvSource({
    // RFC 8032, section 7.1, TEST 2 and TEST 3
    "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb, 72,"
        + " 92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7, af82,"
        + " 6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
        + "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
  })
  void ed25519(String seed, String message, String signature) throws Exception {
    PrivateKeyInfo info =
        new PrivateKeyInfo(
            new AlgorithmIdentifier(EdECObjectIdentifiers.id_Ed25519),
            new DEROctetString(HexFormat.of().parseHex(seed)));
    try (PemSigner signer = signer(info)) {
      assertThat(HexFormat.of().formatHex(signer.sign(HexFormat.of().parseHex(message))))
          .isEqualTo(signature);
    }
  }

  @ParameterizedTest
  @CsvSource({
    // RFC 6979, section A.2.5, with SHA-256
    "C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721, sample,"
        + " EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716,"
        + " F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8",
    "C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721, test,"
        + " F1ABB023518351CD71D881567B1EA663ED3EFCF6C5132B354F28D3B0B7D38367,"
        + " 019F4113742A2B14BD25926B49C649155F267E60D3814B4C0CC84250E46F0083",
  })
  void p256(String scalar, String message, String r, String s) throws Exception {
    requireEcdsa(SECObjectIdentifiers.secp256r1, scalar, message, r, s);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // the vectors that Bitcoin libraries share for RFC 6979 on secp256k1, with the smaller s
        "1|Satoshi Nakamoto"
            + "|934b1ea10a4b3c1757e2b0c017d0b6143ce3c9a7e6a4a49860d7a6ab210ee3d8"
            + "|2442ce9d2b916064108014783e923ec36b49743e2ffa1c4496f01a512aafd9e5",
        "1|All those moments will be lost in time, like tears in rain. Time to die..."
            + "|8600dbd41e348fe5c9465ab92d23e3db8b98b873beecd930736488696438cb6b"
            + "|547fe64427496db33bf66019dacbf0039c04199abb0122918601db38a72cfc21",
      })
  void secp256k1(String scalar, String message, String r, String s) throws Exception {
    requireEcdsa(SECObjectIdentifiers.secp256k1, scalar, message, r, s);
  }

  @Test
  void onSecp256k1TheSmallerSIsGiven() {
    BigInteger half = SECNamedCurves.getByName("secp256k1").getN().shiftRight(1);
    try (PemSigner signer = PemSigner.read(PemText.bytes(PemText.sec1(KeyKind.SECP256K1)))) {
      assertThat(IntStream.range(0, 100))
          .allSatisfy(i -> assertThat(s(signer.sign(new byte[i]))).isLessThanOrEqualTo(half));
    }
  }

  private static void requireEcdsa(
      ASN1ObjectIdentifier curve, String scalar, String message, String r, String s)
      throws Exception {
    PrivateKeyInfo info =
        new PrivateKeyInfo(
            new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, curve),
            new ECPrivateKey(256, new BigInteger(scalar, 16)));
    try (PemSigner signer = signer(info)) {
      byte[] signature = signer.sign(PemText.bytes(message));
      ASN1Sequence numbers = ASN1Sequence.getInstance(signature);
      assertThat(ASN1Integer.getInstance(numbers.getObjectAt(0)).getValue())
          .isEqualTo(new BigInteger(r, 16));
      assertThat(s(signature)).isEqualTo(new BigInteger(s, 16));
    }
  }

  private static BigInteger s(byte[] signature) {
    return ASN1Integer.getInstance(ASN1Sequence.getInstance(signature).getObjectAt(1)).getValue();
  }

  private static PemSigner signer(PrivateKeyInfo info) {
    return PemSigner.read(PemText.bytes(PemText.block("PRIVATE KEY", info)));
  }
}
