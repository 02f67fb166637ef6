package dev.countersign.hsm;

import dev.countersign.error.ConfigurationException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The PKCS#11 modules of common HSMs, where their makers install them. */
@SuppressWarnings("ImmutableEnumChecker") // List.of is immutable, and does not say so
enum ModuleName {
  SOFTHSM(
      "softhsm2",
      "/usr/lib/softhsm/libsofthsm2.so",
      "/usr/lib64/pkcs11/libsofthsm2.so",
      "/usr/lib64/softhsm/libsofthsm2.so",
      "/usr/local/lib/softhsm/libsofthsm2.so",
      "/opt/homebrew/lib/softhsm/libsofthsm2.so"),
  CLOUDHSM("cloudhsm", "/opt/cloudhsm/lib/libcloudhsm_pkcs11.so"),
  LUNA(
      "luna",
      "/usr/safenet/lunaclient/lib/libCryptoki2_64.so",
      "/usr/lunasa/lib/libCryptoki2_64.so"),
  YUBIHSM(
      "yubihsm",
      "/usr/lib/x86_64-linux-gnu/pkcs11/yubihsm_pkcs11.so",
      "/usr/lib/aarch64-linux-gnu/pkcs11/yubihsm_pkcs11.so",
      "/usr/lib64/pkcs11/yubihsm_pkcs11.so",
      "/usr/local/lib/pkcs11/yubihsm_pkcs11.so"),
  NSHIELD("nshield", "/opt/nfast/toolkits/pkcs11/libcknfast.so");

  private final String name;
  private final List<String> places;

  ModuleName(String name, String... places) {
    this.name = name;
    this.places = List.of(places);
  }

  /** The module of this name that is installed. */
  static Path find(String name) {
    ModuleName module =
        Arrays.stream(values())
            .filter(known -> known.name.equals(name))
            .findFirst()
            .orElseThrow(
                () ->
                    new ConfigurationException(
                        "The attribute module-name of the pkcs11: URI is not one that is known; there are "
                            + Arrays.stream(values())
                                .map(known -> known.name)
                                .collect(Collectors.joining(", "))
                            + ", and for any other module there is module-path"));
    return module.places.stream()
        .map(Path::of)
        .filter(Files::isRegularFile)
        .findFirst()
        .orElseThrow(
            () ->
                new ConfigurationException(
                    "The PKCS#11 module "
                        + name
                        + " is not where it is usually installed ("
                        + String.join(", ", module.places)
                        + "); install it, or name its file with module-path"));
  }
}
