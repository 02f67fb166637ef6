package dev.countersign.hsm;

import dev.countersign.signing.SignerUri;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A token of SoftHSM, and the keys that a test makes on it. */
public final class TestToken {

  private final SoftHsm hsm;
  private final String label;
  private final String pin;
  private final Path folder;
  private final Path pinFile;
  private final Path module;

  TestToken(SoftHsm hsm, String label, String pin, Path folder, Path pinFile) {
    this.hsm = hsm;
    this.label = label;
    this.pin = pin;
    this.folder = folder;
    this.pinFile = pinFile;
    this.module = hsm.copyOfModule();
  }

  String label() {
    return label;
  }

  String pin() {
    return pin;
  }

  Path folder() {
    return folder;
  }

  Path pinFile() {
    return pinFile;
  }

  /** Makes a key with its certificate; its id is its name. */
  public TestToken with(TestKey kind, String name) {
    key(kind, name, name);
    return certified(name, name);
  }

  /** Makes a key without a certificate. */
  TestToken key(TestKey kind, String name, String id, String... more) {
    List<String> arguments = new ArrayList<>();
    Collections.addAll(
        arguments,
        "--keypairgen",
        "--key-type",
        kind.type(),
        "--label",
        name,
        "--id",
        SoftHsm.hex(id));
    Collections.addAll(arguments, more);
    tool(arguments.toArray(String[]::new));
    return this;
  }

  /** Writes a certificate with an id, over the public key that has another or the same. */
  TestToken certified(String id, String idOfPublicKey) {
    Path work = hsm.newFolder();
    Path publicKey = work.resolve("public.der");
    Path authority = work.resolve("authority.pem");
    Path certificate = work.resolve("certificate.der");
    tool(
        "--read-object",
        "--type",
        "pubkey",
        "--id",
        SoftHsm.hex(idOfPublicKey),
        "-o",
        publicKey.toString());
    hsm.run(
        "openssl",
        "genpkey",
        "-algorithm",
        "EC",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-out",
        authority.toString());
    hsm.run(
        "openssl",
        "x509",
        "-new",
        "-subj",
        "/CN=" + id,
        "-key",
        authority.toString(),
        "-force_pubkey",
        publicKey.toString(),
        "-outform",
        "DER",
        "-out",
        certificate.toString());
    tool(
        "--write-object",
        certificate.toString(),
        "--type",
        "cert",
        "--label",
        id,
        "--id",
        SoftHsm.hex(id));
    return this;
  }

  /** Runs pkcs11-tool, logged in; the PIN is of a throw-away token. */
  String tool(String... arguments) {
    List<String> command = new ArrayList<>();
    Collections.addAll(
        command,
        "pkcs11-tool",
        "--module",
        SoftHsm.module().toString(),
        "--token-label",
        label,
        "--login",
        "--pin",
        pin);
    Collections.addAll(command, arguments);
    return hsm.run(command.toArray(String[]::new));
  }

  /** Its slot, by a module that this process has loaded or now loads. */
  long slotIn(Path module) {
    Cryptoki loaded = LoadedModules.ofThisProcess().load(module);
    return loaded.slots().stream()
        .filter(slot -> loaded.tokenInfo(slot).label().equals(label))
        .findFirst()
        .orElseThrow();
  }

  /** A copy of the module that nobody has loaded before this token was made: SoftHSM looks once. */
  Path module() {
    return module;
  }

  /** The URI of a key, over a module that nothing else uses. */
  public SignerUri uri(String key) {
    return uri(module, key, "");
  }

  SignerUri uri(Path module, String key, String more) {
    return SignerUri.parse(
        "pkcs11:token="
            + label
            + ";object="
            + key
            + "?module-path="
            + module
            + "&pin-source=file:"
            + pinFile
            + more);
  }

  void changePinFile(String text) {
    try {
      Files.write(pinFile, text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
