package dev.countersign.hsm;

import dev.countersign.signing.SignatureAlgorithm;
import dev.countersign.signing.Signer;
import dev.countersign.signing.SignerContract;
import java.security.PublicKey;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/** The suite of all signers, for a key of each kind on a token of SoftHSM. */
class HsmSignerContractTest {

  /** Not RSA-4096, of which {@link ChoosingTest} signs one: it is slow. */
  private static final Set<TestKey> CONTRACT = EnumSet.complementOf(EnumSet.of(TestKey.RSA4096));

  private static TestToken token;

  @BeforeAll
  static void makeKeys() {
    token = SoftHsm.require().token("contract");
    for (TestKey kind : CONTRACT) {
      token.with(kind, kind.name());
    }
  }

  abstract static class OfKind extends SignerContract {

    private final TestKey kind;

    OfKind(TestKey kind) {
      this.kind = kind;
    }

    @Override
    protected Signer open() {
      return new HsmSignerProvider().open(token.uri(kind.name()));
    }

    @Override
    protected SignatureAlgorithm algorithm() {
      return kind.algorithm();
    }

    @Override
    protected boolean verifies(PublicKey key, byte[] message, byte[] signature) throws Exception {
      return TestKey.verifies(key, message, signature);
    }
  }

  @Nested
  class Rsa2048 extends OfKind {
    Rsa2048() {
      super(TestKey.RSA2048);
    }
  }

  @Nested
  class Rsa3072 extends OfKind {
    Rsa3072() {
      super(TestKey.RSA3072);
    }
  }

  @Nested
  class P256 extends OfKind {
    P256() {
      super(TestKey.P256);
    }
  }

  @Nested
  class Secp256k1 extends OfKind {
    Secp256k1() {
      super(TestKey.SECP256K1);
    }
  }
}
