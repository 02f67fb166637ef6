package dev.countersign.pem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.signing.SignatureAlgorithm;
import java.security.PublicKey;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ClosingTest {

  @Test
  void closingWaitsForTheSignatureUnderWay() throws Exception {
    SlowKey key = new SlowKey();
    PemSigner signer = new PemSigner("The key", key);
    Thread signing = new Thread(() -> signer.sign(new byte[0]));
    Thread closing = new Thread(signer::close);
    signing.start();
    key.begun.await();
    closing.start();
    while (closing.getState() != Thread.State.WAITING
        && closing.getState() != Thread.State.TERMINATED) {
      Thread.onSpinWait();
    }
    assertThat(key.events).containsExactly("signing");
    key.end.countDown();
    signing.join();
    closing.join();
    assertThat(key.events).containsExactly("signing", "signed", "wiped");
  }

  @Test
  void signaturesDoNotWaitForEachOther() throws Exception {
    SlowKey key = new SlowKey();
    PemSigner signer = new PemSigner("The key", key);
    Thread first = new Thread(() -> signer.sign(new byte[0]));
    Thread second = new Thread(() -> signer.sign(new byte[0]));
    first.start();
    second.start();
    while (first.getState() != Thread.State.WAITING || second.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    assertThat(key.events).containsExactly("signing", "signing");
    key.end.countDown();
    first.join();
    second.join();
  }

  /** A key that signs until it is told to end. */
  private static final class SlowKey implements SoftKey {

    private final List<String> events = new CopyOnWriteArrayList<>();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch end = new CountDownLatch(1);

    @Override
    public SignatureAlgorithm algorithm() {
      return SignatureAlgorithm.ED25519;
    }

    @Override
    public PublicKey publicKey() {
      throw new UnsupportedOperationException();
    }

    @Override
    public byte[] sign(byte[] message) {
      events.add("signing");
      begun.countDown();
      try {
        end.await();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      events.add("signed");
      return new byte[0];
    }

    @Override
    public boolean verifies(byte[] message, byte[] signature) {
      return true;
    }

    @Override
    public void wipe() {
      events.add("wiped");
    }
  }
}
