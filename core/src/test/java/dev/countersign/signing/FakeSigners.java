package dev.countersign.signing;

import java.security.PublicKey;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A signer plugin without keys that remembers what was opened, closed, and signed on. */
public final class FakeSigners implements SignerProvider {

  private final String scheme;
  private final List<String> opened = new CopyOnWriteArrayList<>();
  private final List<String> closed = new CopyOnWriteArrayList<>();
  private final List<String> threads = new CopyOnWriteArrayList<>();

  /** A plugin for this scheme. */
  public FakeSigners(String scheme) {
    this.scheme = scheme;
  }

  /** The paths that were opened. */
  public List<String> opened() {
    return opened;
  }

  /** The paths whose signers were closed. */
  public List<String> closed() {
    return closed;
  }

  /** The names of the threads that signed. */
  public List<String> threads() {
    return threads;
  }

  @Override
  public String scheme() {
    return scheme;
  }

  @Override
  public Signer open(SignerUri uri) {
    opened.add(uri.path());
    return new Signer() {
      @Override
      public PublicKey publicKey() {
        throw new IllegalStateException("Nobody asks");
      }

      @Override
      public SignatureAlgorithm algorithm() {
        return SignatureAlgorithm.ED25519;
      }

      @Override
      public byte[] sign(byte[] message) {
        threads.add(Thread.currentThread().getName());
        return new byte[64];
      }

      @Override
      public void close() {
        closed.add(uri.path());
      }
    };
  }
}
