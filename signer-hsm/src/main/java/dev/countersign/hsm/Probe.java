package dev.countersign.hsm;

import java.nio.charset.StandardCharsets;

/**
 * What is signed to see whether a key signs, and of no use to whoever gets hold of the signature.
 *
 * <p>Dfns takes signatures over client data, a JSON object that names a fresh challenge
 * (docs.dfns.co, user action signing). This text begins with the byte zero, which no JSON text
 * does, and never changes, so that a signature of it proves nothing to anybody else.
 */
final class Probe {

  private static final String TEXT =
      "\0countersign.dev/probe/1: signed to see whether this key signs; authorises nothing";

  private Probe() {}

  static byte[] message() {
    return TEXT.getBytes(StandardCharsets.US_ASCII);
  }
}
