package dev.countersign.hsm;

import dev.countersign.error.ConfigurationException;
import java.nio.file.Path;
import java.security.InvalidParameterException;
import java.security.Provider;
import java.security.ProviderException;
import java.security.Security;

/**
 * SunPKCS11, configured for one slot of one module and never installed in {@link Security}.
 *
 * <p>Its configuration is text: values that could begin a line, a quote or a variable of their own
 * are refused.
 */
final class SunModule {

  private static final long RSA_PKCS = 0x0001;
  private static final long SHA256_RSA_PKCS = 0x0040;
  private static final long ECDSA = 0x1041;
  private static final long ECDSA_SHA256 = 0x1044;

  private SunModule() {}

  /** A path that can stand between quotes and mean itself. */
  static Path requireQuotable(Path path) {
    String text = path.toString();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c == 0x7F || c == '"' || c == '$' || (c == '\\' && !isSeparator(path, c))) {
        throw new ConfigurationException(
            "The path of the PKCS#11 module has a control character, a quote, a dollar sign or a"
                + " backslash in it, which SunPKCS11's configuration would take for something else;"
                + " install it elsewhere, or link to it");
      }
    }
    return path;
  }

  private static boolean isSeparator(Path path, char c) {
    return path.getFileSystem().getSeparator().charAt(0) == c;
  }

  /**
   * The provider for a slot, new and with sessions of its own.
   *
   * @throws ProviderException if the module or the token does not play along
   */
  static Provider configure(Cryptoki module, long slot) {
    Provider unconfigured = Security.getProvider("SunPKCS11");
    if (unconfigured == null) {
      throw new ConfigurationException(
          "This Java has no provider SunPKCS11; use one with the module jdk.crypto.cryptoki");
    }
    try {
      return unconfigured.configure("--" + text(module, slot));
    } catch (InvalidParameterException e) {
      throw new ConfigurationException(
          "SunPKCS11 does not take the configuration for " + module.path(), e);
    }
  }

  /**
   * Only what signs is switched on, which makes a new provider cheap; the hash is calculated here,
   * which saves a trip to the HSM, where the token signs a hash.
   */
  private static String text(Cryptoki module, long slot) {
    if (slot < 0 || slot > Integer.MAX_VALUE) {
      throw new ConfigurationException(
          "The token is in slot " + slot + ", a number that SunPKCS11 does not take");
    }
    return String.join(
        "\n",
        "name = countersign",
        "library = \"" + requireQuotable(module.path()).toString().replace('\\', '/') + "\"",
        "slot = " + slot,
        "destroyTokenAfterLogout = true",
        "enabledMechanisms = {",
        "KeyStore",
        "0x" + Long.toHexString(module.signs(slot, RSA_PKCS) ? RSA_PKCS : SHA256_RSA_PKCS),
        "0x" + Long.toHexString(module.signs(slot, ECDSA) ? ECDSA : ECDSA_SHA256),
        "}",
        "");
  }
}
