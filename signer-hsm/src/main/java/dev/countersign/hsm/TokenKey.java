package dev.countersign.hsm;

import dev.countersign.error.ConfigurationException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** The key to sign with: what it is called in messages, its certificate, and its public half. */
final class TokenKey {

  private static final int SEQUENCE = 0x30;
  private static final int VERSION = 0xA0;

  private final String name;
  private final byte[] certificate;
  private final PublicHalf publicHalf;

  private TokenKey(String name, byte[] certificate, PublicHalf publicHalf) {
    this.name = name;
    this.certificate = certificate;
    this.publicHalf = publicHalf;
  }

  /** The public half is taken from the certificate; whether they match, a signature tells. */
  static TokenKey of(String name, KeyQuery.PrivateObject key, byte[] certificate) {
    PublicHalf publicHalf = PublicHalf.read(name, publicKeyInfo(name, certificate));
    if (!key.curve().isEmpty()
        && !KeyKind.ofParameters(key.curve()).equals(Optional.of(publicHalf.kind()))) {
      throw ofAnotherKey(name);
    }
    return new TokenKey(name, certificate, publicHalf);
  }

  static ConfigurationException ofAnotherKey(String name) {
    return new ConfigurationException(
        name
            + " has the certificate of another key beside it: a signature does not verify with it;"
            + " make one over this key's own public key, as docs/hsm.md shows");
  }

  /** The SubjectPublicKeyInfo in a certificate (RFC 5280, 4.1). */
  private static byte[] publicKeyInfo(String name, byte[] certificate) {
    try {
      ByteBuffer body = inside(inside(ByteBuffer.wrap(certificate)));
      if ((body.get(body.position()) & 0xFF) == VERSION) {
        skip(body);
      }
      for (int i = 0; i < 5; i++) { // serial number, signature, issuer, validity, subject
        skip(body);
      }
      int from = body.position();
      inside(body.duplicate());
      skip(body);
      byte[] info = new byte[body.position() - from];
      body.position(from).get(info);
      return info;
    } catch (RuntimeException e) {
      throw new ConfigurationException(
          name + " has a certificate that is not one (X.509 in DER); make a new one", e);
    }
  }

  private static ByteBuffer inside(ByteBuffer der) {
    if ((der.get() & 0xFF) != SEQUENCE) {
      throw new IllegalArgumentException("Not a sequence");
    }
    int length = length(der);
    return der.slice(der.position(), length);
  }

  private static void skip(ByteBuffer der) {
    der.get();
    int length = length(der);
    der.position(der.position() + length);
  }

  private static int length(ByteBuffer der) {
    int first = der.get() & 0xFF;
    if (first < 0x80) {
      return first;
    }
    int length = 0;
    for (int i = 0; i < (first & 0x7F); i++) {
      length = (length << 8) | (der.get() & 0xFF);
    }
    return length;
  }

  /** The AlgorithmIdentifier of a SubjectPublicKeyInfo, in hexadecimal digits. */
  static String algorithmIdentifier(byte[] info) {
    ByteBuffer inside = inside(ByteBuffer.wrap(info));
    int from = inside.position();
    skip(inside);
    byte[] identifier = new byte[inside.position() - from];
    inside.position(from).get(identifier);
    return HexFormat.of().formatHex(identifier);
  }

  /** The key and its token, at the beginning of a sentence. */
  String name() {
    return name;
  }

  boolean hasCertificate(byte[] encoded) {
    return Arrays.equals(certificate, encoded);
  }

  PublicHalf publicHalf() {
    return publicHalf;
  }
}
