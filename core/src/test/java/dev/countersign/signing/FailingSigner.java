package dev.countersign.signing;

import dev.countersign.error.SigningException;
import java.security.PublicKey;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A signer that fails while it is told to, and counts what it is asked. */
public final class FailingSigner implements Signer {

  private final Signer signer;
  private final AtomicReference<@Nullable String> failure = new AtomicReference<>();
  private final AtomicReference<Runnable> before = new AtomicReference<>(() -> {});
  private final AtomicInteger asked = new AtomicInteger();

  /** One that signs with another, which it closes. */
  public FailingSigner(Signer signer) {
    this.signer = signer;
  }

  /** Fails from now on, with this message. */
  public void fail(String message) {
    failure.set(message);
  }

  /** Signs again. */
  public void recover() {
    failure.set(null);
  }

  /** Does something before each signature. */
  public void before(Runnable action) {
    before.set(action);
  }

  /** How many signatures it was asked for. */
  public int asked() {
    return asked.get();
  }

  @Override
  public PublicKey publicKey() {
    return signer.publicKey();
  }

  @Override
  public SignatureAlgorithm algorithm() {
    return signer.algorithm();
  }

  @Override
  public byte[] sign(byte[] message) {
    asked.incrementAndGet();
    before.get().run();
    String why = failure.get();
    if (why != null) {
      throw new SigningException(why);
    }
    return signer.sign(message);
  }

  @Override
  public void close() {
    signer.close();
  }
}
