package dev.countersign.simulator.crypto;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an authenticator says about itself and the person before it (WebAuthn, "Authenticator
 * Data"). Immutable.
 */
public final class AuthenticatorData {

  private static final int HASH = 32;
  private static final int HEAD = HASH + 1 + Integer.BYTES;
  private static final int AAGUID = 16;
  private static final int LONGEST_ID = 1023;

  private static final int PRESENT = 0x01;
  private static final int VERIFIED = 0x04;
  private static final int ATTESTED = 0x40;
  private static final int EXTENSIONS = 0x80;

  private final byte[] relyingParty;
  private final int flags;
  private final long counter;
  private final byte[] credentialId;
  private final @Nullable JsonNode key;

  private AuthenticatorData(
      byte[] relyingParty, int flags, long counter, byte[] credentialId, @Nullable JsonNode key) {
    this.relyingParty = relyingParty;
    this.flags = flags;
    this.counter = counter;
    this.credentialId = credentialId;
    this.key = key;
  }

  /** Reads it; nothing if it is malformed or there is something behind it. */
  public static Optional<AuthenticatorData> parse(byte[] bytes) {
    if (bytes.length < HEAD) {
      return Optional.empty();
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    byte[] relyingParty = take(buffer, HASH);
    int flags = buffer.get() & 0xff;
    long counter = buffer.getInt() & 0xffffffffL;
    byte[] credentialId = new byte[0];
    JsonNode key = null;
    if ((flags & ATTESTED) != 0) {
      if (buffer.remaining() < AAGUID + Short.BYTES) {
        return Optional.empty();
      }
      take(buffer, AAGUID);
      int length = buffer.getShort() & 0xffff;
      if (length > LONGEST_ID || length > buffer.remaining()) {
        return Optional.empty();
      }
      credentialId = take(buffer, length);
      Optional<Cbor> cose = value(buffer);
      if (cose.isEmpty()) {
        return Optional.empty();
      }
      key = cose.get().value();
    }
    if ((flags & EXTENSIONS) != 0 && value(buffer).isEmpty()) {
      return Optional.empty();
    }
    return buffer.hasRemaining()
        ? Optional.empty()
        : Optional.of(new AuthenticatorData(relyingParty, flags, counter, credentialId, key));
  }

  private static Optional<Cbor> value(ByteBuffer buffer) {
    ByteBuffer ahead = buffer.duplicate();
    byte[] rest = take(ahead, ahead.remaining());
    Optional<Cbor> value = Cbor.first(rest).filter(it -> it.value().isObject());
    value.ifPresent(it -> buffer.position(buffer.position() + it.length()));
    return value;
  }

  private static byte[] take(ByteBuffer buffer, int length) {
    byte[] taken = new byte[length];
    buffer.get(taken);
    return taken;
  }

  /** Whether it was made for a relying party. */
  public boolean isFor(String relyingPartyId) {
    return Arrays.equals(
        relyingParty, Sha256.digest(relyingPartyId.getBytes(StandardCharsets.UTF_8)));
  }

  /** Whether somebody was there. */
  public boolean userPresent() {
    return (flags & PRESENT) != 0;
  }

  /** Whether that was the person whose authenticator it is. */
  public boolean userVerified() {
    return (flags & VERIFIED) != 0;
  }

  /** How often the credential has signed; 0 if it does not count. */
  public long counter() {
    return counter;
  }

  /** Whether it holds a new credential of an identifier. */
  public boolean attests(byte[] credential) {
    return key != null && Arrays.equals(credentialId, credential);
  }

  /** The new credential's key in COSE. */
  Optional<JsonNode> key() {
    return Optional.ofNullable(key);
  }
}
