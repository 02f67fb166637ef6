package dev.countersign.http;

import dev.countersign.signing.SignatureAlgorithm;
import dev.countersign.signing.Signer;
import dev.countersign.signing.SignerProvider;
import dev.countersign.signing.SignerUri;
import java.security.PublicKey;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A signer plugin without keys that remembers what was opened, closed, and signed on. */
final class FakeSigners implements SignerProvider {

  private final String scheme;
  private final List<String> opened = new CopyOnWriteArrayList<>();
  private final List<String> closed = new CopyOnWriteArrayList<>();
  private final List<String> threads = new CopyOnWriteArrayList<>();

  FakeSigners(String scheme) {
    this.scheme = scheme;
  }

  List<String> opened() {
    return opened;
  }

  List<String> closed() {
    return closed;
  }

  /** The names of the threads that signed. */
  List<String> threads() {
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
