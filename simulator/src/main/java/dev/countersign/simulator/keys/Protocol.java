package dev.countersign.simulator.keys;

import java.util.List;
import java.util.Optional;

/** How a key's shares sign together, as imports and exports name it. */
enum Protocol {
  CGGMP24("ECDSA", "secp256k1 stark"),
  CGGMP21("ECDSA", "secp256k1 stark"),
  FROST("EdDSA", "ed25519"),
  FROST_BITCOIN("Schnorr", "secp256k1"),
  GLOW20_DH("DH", "secp256k1");

  private final String scheme;

  /** Their names, with a blank between them. */
  private final String curves;

  Protocol(String scheme, String curves) {
    this.scheme = scheme;
    this.curves = curves;
  }

  /** The protocol of a name; nothing for one whose scheme is not documented. */
  static Optional<Protocol> of(String name) {
    for (Protocol protocol : values()) {
      if (protocol.name().equals(name)) {
        return Optional.of(protocol);
      }
    }
    return Optional.empty();
  }

  /** The scheme of its keys. */
  String scheme() {
    return scheme;
  }

  /** Whether it works on a curve. */
  boolean runsOn(String curve) {
    return List.of(curves.split(" ")).contains(curve);
  }
}
