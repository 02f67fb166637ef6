package dev.countersign.quickstart;

import dev.countersign.hsm.HsmSignerProvider;
import dev.countersign.signing.Signer;
import dev.countersign.signing.SignerProviders;
import dev.countersign.signing.SignerUri;
import java.nio.file.Path;

/** A key pair that was made on a token and never leaves it: what {@code DFNS_SIGNER} names. */
final class KeyOnToken implements Keys {

  private final String uri;

  KeyOnToken(String uri) {
    this.uri = uri;
  }

  @Override
  public Signer serviceAccountKey(Path folder, Transcript transcript) {
    transcript.fact("made by", "bin/softhsm, on a token that the key never leaves");
    return SignerProviders.of(new HsmSignerProvider()).open(SignerUri.parse(uri));
  }
}
