package dev.countersign.quickstart;

import dev.countersign.pem.PemKeys;
import dev.countersign.pem.PemSigner;
import dev.countersign.signing.SignatureAlgorithm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Makes the key pair as the Dfns guide says, with OpenSSL; where that is missing, the library makes
 * it.
 */
final class KeyFiles implements Keys {

  @Override
  public PemSigner serviceAccountKey(Path folder, Transcript transcript) throws IOException {
    Path file = folder.resolve("service-account.pem");
    Path publicFile = folder.resolve("service-account.public.pem");
    List<String> generate = List.of("openssl", "genrsa", "-out", file.toString(), "2048");
    List<String> derive =
        List.of(
            "openssl", "pkey", "-in", file.toString(), "-pubout", "-out", publicFile.toString());
    if (run(generate) && run(derive)) {
      transcript.fact("command", "openssl genrsa -out service-account.pem 2048");
      transcript.fact(
          "command",
          "openssl pkey -in service-account.pem -pubout -out service-account.public.pem");
      return PemSigner.open(file);
    }
    transcript.fact("made by", "the library itself, as there is no openssl here");
    return PemKeys.generate(SignatureAlgorithm.RSA_PKCS1_SHA256, file);
  }

  private static boolean run(List<String> command) throws IOException {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while OpenSSL ran", e);
    }
  }
}
