package dev.countersign.pem;

import dev.countersign.signing.SignatureAlgorithm;
import dev.countersign.signing.Signer;
import dev.countersign.signing.SignerContract;
import java.security.PublicKey;
import java.util.List;
import org.junit.jupiter.api.Nested;

/** The suite of all signers, for a PEM key of each kind. */
class PemSignerContractTest {

  abstract static class OfKind extends SignerContract {

    private final KeyKind kind;

    OfKind(KeyKind kind) {
      this.kind = kind;
    }

    @Override
    protected Signer open() {
      return PemSigner.read(PemText.bytes(PemText.pkcs8(kind)));
    }

    @Override
    protected SignatureAlgorithm algorithm() {
      return kind.algorithm();
    }

    @Override
    protected boolean verifies(PublicKey key, byte[] message, byte[] signature) throws Exception {
      return kind.verifies(key, message, signature);
    }

    @Override
    protected List<byte[]> secrets() {
      return List.of(kind.secret(), kind.privateKey().getEncoded());
    }
  }

  @Nested
  class Ed25519 extends OfKind {
    Ed25519() {
      super(KeyKind.ED25519);
    }
  }

  @Nested
  class P256 extends OfKind {
    P256() {
      super(KeyKind.P256);
    }
  }

  @Nested
  class Secp256k1 extends OfKind {
    Secp256k1() {
      super(KeyKind.SECP256K1);
    }
  }

  @Nested
  class Rsa extends OfKind {
    Rsa() {
      super(KeyKind.RSA);
    }
  }
}
