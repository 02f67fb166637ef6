package dev.countersign.hsm;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.HotSpotDiagnosticMXBean;
import dev.countersign.signing.SignerUri;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A process that is logged in has the PIN nowhere in its heap, not even in what is garbage. */
class PinHeapTest {

  /** The process: opens a key, signs, and writes down its whole heap. */
  static final class LoggedIn {

    public static void main(String[] arguments) throws IOException {
      try (HsmSigner signer = new HsmSignerProvider().open(SignerUri.parse(arguments[0]))) {
        signer.sign("kept-as-it-is".getBytes(StandardCharsets.US_ASCII));
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
            .dumpHeap(arguments[1], false);
      }
    }
  }

  @Test
  void theHeapOfAProcessThatIsLoggedInHasNoPinInIt() throws IOException {
    SoftHsm hsm = SoftHsm.require();
    TestToken token = hsm.token("heap").with(TestKey.P256, "key");
    Path dump = hsm.newFolder().resolve("heap.hprof");

    hsm.run(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx64m",
        "-XX:+UseSerialGC",
        "-cp",
        System.getProperty("java.class.path"),
        LoggedIn.class.getName(),
        "pkcs11:token="
            + token.label()
            + "?module-path="
            + token.module()
            + "&pin-source=file:"
            + token.pinFile(),
        dump.toString());

    byte[] heap = Files.readAllBytes(dump);
    Files.delete(dump);
    assertThat(contains(heap, token.label(), StandardCharsets.US_ASCII)).isTrue();
    assertThat(contains(heap, token.pin(), StandardCharsets.US_ASCII)).isFalse();
    assertThat(contains(heap, token.pin(), StandardCharsets.UTF_16LE)).isFalse();
    assertThat(contains(heap, token.pin(), StandardCharsets.UTF_16BE)).isFalse();
  }

  private static boolean contains(byte[] heap, String text, Charset charset) {
    byte[] wanted = text.getBytes(charset);
    for (int i = 0; i <= heap.length - wanted.length; i++) {
      int same = 0;
      while (same < wanted.length && heap[i + same] == wanted[same]) {
        same++;
      }
      if (same == wanted.length) {
        return true;
      }
    }
    return false;
  }
}
