package dev.countersign.hsm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.error.DfnsException;
import dev.countersign.signing.SignerUri;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/** The PIN can be read in nothing that is thrown, printed, logged or shown of this process. */
class PinCanaryTest {

  private final StringBuffer seen = new StringBuffer();

  @Test
  void nothingShowsThePin() throws Exception {
    SoftHsm hsm = SoftHsm.require();
    TestToken token = hsm.token("canary").with(TestKey.P256, "key");
    Shim shim = Shim.load(hsm);
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream out = System.out;
    PrintStream err = System.err;
    Logger root = Logger.getLogger("");
    Handler listener = new Listener();
    root.addHandler(listener);
    root.setLevel(Level.ALL);
    PrintStream capture = new PrintStream(printed, true, StandardCharsets.UTF_8);
    System.setOut(capture);
    System.setErr(capture);
    try {
      run(hsm, token, shim);
    } finally {
      System.setOut(out);
      System.setErr(err);
      root.removeHandler(listener);
      root.setLevel(Level.INFO);
    }
    see(printed.toString(StandardCharsets.UTF_8));
    for (String pin : new String[] {token.pin(), "canary-wrong"}) {
      assertThat(seen.indexOf(pin)).as("where the PIN can be read").isNegative();
      assertThat(seen.indexOf(HexFormat.of().formatHex(pin.getBytes(StandardCharsets.UTF_8))))
          .isNegative();
    }
    assertThat(seen).contains("CKR_PIN_INCORRECT", "CKR_DEVICE_ERROR", token.label());
  }

  private void run(SoftHsm hsm, TestToken token, Shim shim) throws Exception {
    SignerUri uri = token.uri(shim.path(), "key", "&probe-interval=10ms&sign-timeout=5s");
    see(uri);
    see(HsmUri.parse(uri, System::getenv));
    long slot;
    try (HsmSigner signer = new HsmSignerProvider().open(uri)) {
      slot = HealingTest.slotOf(shim, token);
      see(signer);
      see(signer.health());
      signer.sign(new byte[0]);
      processes();
      shim.fail(Shim.SIGN, Shim.DEVICE_ERROR, 1);
      failing(() -> signer.sign(new byte[0]));
      Shim.await(() -> signer.health().healthy());
      Files.writeString(token.pinFile(), "canary-wrong");
      failing(() -> new HsmSignerProvider().open(uri));
      shim.logOut(slot);
      failing(() -> signer.sign(new byte[0]));
      see(signer.health());
    }
    failing(() -> new HsmSignerProvider().open(uri));
    failing(() -> HsmUri.parse(SignerUri.parse("pkcs11:?pin-source=" + token.pin()), n -> null));
    try (Pin pin = new Pin(token.pin().getBytes(StandardCharsets.UTF_8))) {
      see(pin);
      see(PinMemory.of(pin));
    }
  }

  /** Command line and environment of this process, as others on the machine see them. */
  private void processes() throws Exception {
    for (String file : new String[] {"cmdline", "environ"}) {
      Path path = Path.of("/proc/self", file);
      if (Files.isReadable(path)) {
        see(new String(Files.readAllBytes(path), StandardCharsets.UTF_8));
      }
    }
  }

  private void failing(Runnable work) {
    try {
      work.run();
    } catch (DfnsException e) {
      see(e);
      return;
    }
    throw new AssertionError("This was to fail");
  }

  private void see(Object printed) {
    if (printed instanceof Throwable failure) {
      StringWriter trace = new StringWriter();
      failure.printStackTrace(new PrintWriter(trace));
      seen.append(trace);
    }
    seen.append(printed).append('\n');
  }

  private final class Listener extends Handler {
    @Override
    public void publish(LogRecord record) {
      see(record.getMessage());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
