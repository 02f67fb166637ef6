package dev.countersign.refusal;

import dev.countersign.hsm.HsmSignerProvider;
import dev.countersign.hsm.SoftHsm;
import dev.countersign.hsm.TestKey;
import dev.countersign.hsm.TestToken;
import dev.countersign.http.JdkTransport;
import dev.countersign.signing.Signer;
import dev.countersign.simulator.Simulator;
import dev.countersign.simulator.door.HttpSimulator;
import dev.countersign.transport.Transport;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/**
 * The same, signed with a key of each kind on a token of SoftHSM, through one door or the other.
 */
class RefusalsWithHsmTest {

  private static TestToken token;

  @BeforeAll
  static void makeKeys() {
    token = SoftHsm.require().token("refusals");
    for (TestKey kind : new TestKey[] {TestKey.RSA2048, TestKey.P256, TestKey.SECP256K1}) {
      token.with(kind, kind + "-mine").with(kind, kind + "-other");
    }
  }

  abstract static class OfKind extends RefusalsContract {

    private final TestKey kind;

    OfKind(TestKey kind) {
      this.kind = kind;
    }

    @Override
    Signer key(String name) {
      return new HsmSignerProvider().open(token.uri(kind + "-" + name));
    }

    @Override
    Transport open(Simulator simulator) {
      return simulator.transport();
    }

    @Override
    URI apiUrl() {
      return URI.create("https://dfns.invalid");
    }
  }

  @Nested
  class Rsa extends OfKind {
    Rsa() {
      super(TestKey.RSA2048);
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

  @Nested
  class P256OverHttp extends OfKind {

    private HttpSimulator door;

    P256OverHttp() {
      super(TestKey.P256);
    }

    @Override
    Transport open(Simulator simulator) {
      door = HttpSimulator.start(simulator);
      return JdkTransport.builder().build();
    }

    @Override
    URI apiUrl() {
      return door.url();
    }

    @AfterEach
    void closeDoor() {
      door.close();
    }
  }
}
