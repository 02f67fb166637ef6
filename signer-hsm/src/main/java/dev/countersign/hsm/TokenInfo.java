package dev.countersign.hsm;

import java.nio.charset.StandardCharsets;

/**
 * What a token says of itself.
 *
 * @param flags as in CK_TOKEN_INFO
 * @param maxSessions for reading and writing; 0 is without limit, -1 unknown
 */
record TokenInfo(
    long slot,
    String label,
    String manufacturer,
    String model,
    String serial,
    long flags,
    long maxSessions) {

  static final String FINAL_TRY_FLAG = "CKF_USER_PIN_FINAL_TRY";

  private static final long LOGIN_REQUIRED = 0x4;
  private static final long PROTECTED_PATH = 0x100;
  private static final long INITIALIZED = 0x400;
  private static final long FINAL_TRY = 0x20000;
  private static final long LOCKED = 0x40000;

  static String text(byte[] padded) {
    return new String(padded, StandardCharsets.UTF_8).replace('\0', ' ').stripTrailing();
  }

  boolean needsLogin() {
    return has(LOGIN_REQUIRED);
  }

  /** Whether the PIN is typed on the device and not given by programs. */
  boolean hasPinPad() {
    return has(PROTECTED_PATH);
  }

  boolean isInitialized() {
    return has(INITIALIZED);
  }

  /** Whether one more wrong PIN locks it. */
  boolean isAtFinalTry() {
    return has(FINAL_TRY);
  }

  boolean isLocked() {
    return has(LOCKED);
  }

  private boolean has(long flag) {
    return (flags & flag) != 0;
  }

  /** Whether this is the same token, perhaps in another condition. */
  boolean isSameAs(TokenInfo other) {
    return label.equals(other.label)
        && serial.equals(other.serial)
        && model.equals(other.model)
        && manufacturer.equals(other.manufacturer);
  }
}
