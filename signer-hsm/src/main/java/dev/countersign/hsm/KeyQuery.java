package dev.countersign.hsm;

import dev.countersign.error.ConfigurationException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which key is meant: what is null may be anything, the rest must match.
 *
 * @param label CKA_LABEL
 * @param id CKA_ID in hexadecimal digits
 */
record KeyQuery(@Nullable String label, @Nullable String id) {

  private static final String CERTIFICATE =
      "SunPKCS11 sees a key only beside a certificate with the same CKA_ID; docs/hsm.md says how to make one";

  static KeyQuery of(Attributes attributes) {
    return new KeyQuery(attributes.text("object").orElse(null), attributes.hex("id").orElse(null));
  }

  private boolean matches(PrivateObject key) {
    return (label == null || label.equals(key.label())) && (id == null || id.equals(key.id()));
  }

  /**
   * The one key that matches, able to sign here.
   *
   * @param session logged in
   * @throws ConfigurationException if there is none, several, or one that cannot be used; a list of
   *     keys gives their labels
   */
  TokenKey choose(Cryptoki module, long session, TokenInfo token) {
    String place = "the token '" + token.label() + "'";
    List<PrivateObject> all = all(module, session);
    List<PrivateObject> matching = all.stream().filter(this::matches).toList();
    if (all.isEmpty()) {
      throw new ConfigurationException(
          "There is no private key on " + place + "; make one, as docs/hsm.md shows");
    }
    if (matching.size() != 1) {
      throw new ConfigurationException(
          (matching.isEmpty()
                  ? "No private key on " + place + " matches the pkcs11: URI; there "
                  : matching.size()
                      + " private keys on "
                      + place
                      + " match the pkcs11: URI, name one by object and id; there ")
              + (all.size() == 1 ? "is " : "are ")
              + all.stream().map(PrivateObject::name).sorted().collect(Collectors.joining(", ")));
    }
    PrivateObject key = matching.get(0);
    String name = "The key " + key.name() + " on " + place;
    key.requireUsable(name);
    requireOwnId(name, key, all);
    return TokenKey.of(name, key, certificate(module, session, name, key));
  }

  private static List<PrivateObject> all(Cryptoki module, long session) {
    List<PrivateObject> all = new ArrayList<>();
    for (long handle :
        module.find(
            session,
            Attribute.of(Attribute.CLASS, Attribute.PRIVATE_KEY_CLASS),
            Attribute.of(Attribute.TOKEN, true))) {
      all.add(PrivateObject.read(module, session, handle));
    }
    return all;
  }

  private static void requireOwnId(String name, PrivateObject key, List<PrivateObject> all) {
    if (key.id().isEmpty()) {
      throw new ConfigurationException(
          name
              + " has no CKA_ID, so that no certificate belongs to it; give it one (pkcs11-tool --set-id). "
              + CERTIFICATE);
    }
    if (all.stream().filter(other -> other.id().equals(key.id())).count() > 1) {
      throw new ConfigurationException(
          name
              + " shares its CKA_ID with another key, so that SunPKCS11 may take the one for the other;"
              + " give each an id of its own (pkcs11-tool --set-id)");
    }
  }

  private static byte[] certificate(Cryptoki module, long session, String name, PrivateObject key) {
    List<byte[]> certificates = new ArrayList<>();
    for (long handle :
        module.find(
            session,
            Attribute.of(Attribute.CLASS, Attribute.CERTIFICATE_CLASS),
            Attribute.of(Attribute.TOKEN, true),
            Attribute.of(Attribute.ID, HexFormat.of().parseHex(key.id())))) {
      module.attribute(session, handle, Attribute.VALUE).ifPresent(certificates::add);
    }
    if (certificates.isEmpty()) {
      throw new ConfigurationException(name + " has no certificate. " + CERTIFICATE);
    }
    if (certificates.size() > 1) {
      throw new ConfigurationException(
          name
              + " has "
              + certificates.size()
              + " certificates, so that it is open whose public key it is; leave one on the token");
    }
    return certificates.get(0);
  }

  /** A private key as the token describes it. */
  record PrivateObject(
      String label, String id, Optional<Long> type, String curve, boolean signs, boolean asks) {

    private static final long RSA = 0x00;
    private static final long EC = 0x03;
    private static final long EDWARDS = 0x40;
    private static final String CHOICES =
        "; here an RSA key (2048 to 4096 bits) or an ECDSA key on P-256 or secp256k1 signs";

    static PrivateObject read(Cryptoki module, long session, long handle) {
      Optional<Long> type =
          module.attribute(session, handle, Attribute.KEY_TYPE).map(Attribute::number);
      return new PrivateObject(
          module
              .attribute(session, handle, Attribute.LABEL)
              .map(label -> new String(label, StandardCharsets.UTF_8))
              .orElse(""),
          module.attribute(session, handle, Attribute.ID).map(HexFormat.of()::formatHex).orElse(""),
          type,
          type.filter(t -> t == EC)
              .flatMap(t -> module.attribute(session, handle, Attribute.EC_PARAMS))
              .map(HexFormat.of()::formatHex)
              .orElse(""),
          flag(module, session, handle, Attribute.SIGN),
          flag(module, session, handle, Attribute.ALWAYS_AUTHENTICATE));
    }

    private static boolean flag(Cryptoki module, long session, long handle, long type) {
      return module
          .attribute(session, handle, type)
          .filter(value -> value.length > 0 && value[0] != 0)
          .isPresent();
    }

    /** Its label in quotes. */
    String name() {
      return label.isEmpty() ? "without a label" : "'" + label + "'";
    }

    void requireUsable(String name) {
      long kind = type.orElse(-1L);
      if (kind == EDWARDS) {
        throw new ConfigurationException(
            name
                + " is an Ed25519 key, with which SunPKCS11 cannot sign on any Java so far"
                + CHOICES);
      }
      if (kind != RSA && kind != EC) {
        throw new ConfigurationException(
            name + " is of a type with which SunPKCS11 or Dfns cannot sign" + CHOICES);
      }
      if (kind == EC && KeyKind.ofParameters(curve).isEmpty()) {
        throw new ConfigurationException(name + " is on a curve that Dfns does not take" + CHOICES);
      }
      if (!signs) {
        throw new ConfigurationException(
            name + " is not for signing (CKA_SIGN is false); name a key that is, or make one");
      }
      if (asks) {
        throw new ConfigurationException(
            name
                + " asks for the PIN at every signature (CKA_ALWAYS_AUTHENTICATE), which no program can"
                + " give unattended; make a key without it");
      }
    }
  }
}
