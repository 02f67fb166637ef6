package dev.countersign.simulator.crypto;

import org.bouncycastle.crypto.digests.KeccakDigest;

/** Keccak-256, which Ethereum uses. */
public final class Keccak {

  private Keccak() {}

  /** The 32 bytes of the digest. */
  public static byte[] digest(byte[] message) {
    KeccakDigest digest = new KeccakDigest(256);
    digest.update(message, 0, message.length);
    byte[] result = new byte[digest.getDigestSize()];
    digest.doFinal(result, 0);
    return result;
  }
}
