package dev.countersign.quickstart;

import dev.countersign.signing.Signer;
import java.io.IOException;
import java.nio.file.Path;

/** Where the service account's key comes from. */
@FunctionalInterface
interface Keys {

  /** The key, which the caller closes; tells how it was made. */
  Signer serviceAccountKey(Path folder, Transcript transcript) throws IOException;
}
