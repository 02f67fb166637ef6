package dev.countersign.hsm;

import java.util.Arrays;
import java.util.Locale;

/** The return values of PKCS#11 that change what is done next (OASIS PKCS#11 3.0, 6.1). */
enum Ckr {
  HOST_MEMORY(0x02, Kind.BUSY),
  SLOT_ID_INVALID(0x03, Kind.DEVICE),
  GENERAL_ERROR(0x05, Kind.DEVICE),
  FUNCTION_FAILED(0x06, Kind.DEVICE),
  ARGUMENTS_BAD(0x07, Kind.REFUSED),
  CANT_LOCK(0x0A, Kind.BUSY),
  ATTRIBUTE_SENSITIVE(0x11, Kind.REFUSED),
  ATTRIBUTE_TYPE_INVALID(0x12, Kind.REFUSED),
  ATTRIBUTE_VALUE_INVALID(0x13, Kind.REFUSED),
  ACTION_PROHIBITED(0x1B, Kind.REFUSED),
  DATA_INVALID(0x20, Kind.REFUSED),
  DATA_LEN_RANGE(0x21, Kind.REFUSED),
  DEVICE_ERROR(0x30, Kind.DEVICE),
  DEVICE_MEMORY(0x31, Kind.BUSY),
  DEVICE_REMOVED(0x32, Kind.DEVICE),
  FUNCTION_CANCELED(0x50, Kind.BUSY),
  FUNCTION_NOT_SUPPORTED(0x54, Kind.REFUSED),
  KEY_HANDLE_INVALID(0x60, Kind.LOST),
  KEY_SIZE_RANGE(0x62, Kind.REFUSED),
  KEY_TYPE_INCONSISTENT(0x63, Kind.REFUSED),
  KEY_CHANGED(0x65, Kind.LOST),
  KEY_FUNCTION_NOT_PERMITTED(0x68, Kind.REFUSED),
  MECHANISM_INVALID(0x70, Kind.REFUSED),
  MECHANISM_PARAM_INVALID(0x71, Kind.REFUSED),
  OBJECT_HANDLE_INVALID(0x82, Kind.LOST),
  OPERATION_ACTIVE(0x90, Kind.LOST),
  OPERATION_NOT_INITIALIZED(0x91, Kind.LOST),
  PIN_INCORRECT(0xA0, Kind.PIN),
  PIN_INVALID(0xA1, Kind.PIN),
  PIN_LEN_RANGE(0xA2, Kind.PIN),
  PIN_EXPIRED(0xA3, Kind.PIN),
  PIN_LOCKED(0xA4, Kind.PIN),
  SESSION_CLOSED(0xB0, Kind.LOST),
  SESSION_COUNT(0xB1, Kind.BUSY),
  SESSION_HANDLE_INVALID(0xB3, Kind.LOST),
  TOKEN_NOT_PRESENT(0xE0, Kind.DEVICE),
  TOKEN_NOT_RECOGNIZED(0xE1, Kind.DEVICE),
  USER_ALREADY_LOGGED_IN(0x100, Kind.REFUSED),
  USER_NOT_LOGGED_IN(0x101, Kind.LOST),
  USER_PIN_NOT_INITIALIZED(0x102, Kind.PIN),
  USER_ANOTHER_ALREADY_LOGGED_IN(0x104, Kind.REFUSED),
  USER_TOO_MANY_TYPES(0x105, Kind.BUSY),
  CURVE_NOT_SUPPORTED(0x140, Kind.REFUSED),
  CRYPTOKI_NOT_INITIALIZED(0x190, Kind.DEVICE),
  CRYPTOKI_ALREADY_INITIALIZED(0x191, Kind.REFUSED),
  FUNCTION_REJECTED(0x200, Kind.REFUSED),
  TOKEN_RESOURCE_EXCEEDED(0x201, Kind.BUSY),
  OPERATION_CANCEL_FAILED(0x202, Kind.LOST),
  KEY_EXHAUSTED(0x203, Kind.REFUSED);

  /** What helps. */
  enum Kind {
    /** Session, login or handle is gone: all of them made anew, then the signature once more. */
    LOST,
    /** Waiting a little. */
    BUSY,
    /** Nothing here: the token or its library has to come back. */
    DEVICE,
    /** Nobody but a person: the PIN is wrong, locked or expired, and trying again locks it. */
    PIN,
    /** Nothing: this key does not do this. */
    REFUSED
  }

  static final long OK = 0;

  private final long value;
  private final Kind kind;

  Ckr(long value, Kind kind) {
    this.value = value;
    this.kind = kind;
  }

  Kind kind() {
    return kind;
  }

  /** As PKCS#11 and SunPKCS11's messages write it. */
  String label() {
    return "CKR_" + name();
  }

  /** The name of a return value, or its number where it is a vendor's own or of no interest. */
  static String label(long value) {
    return Arrays.stream(values())
        .filter(ckr -> ckr.value == value)
        .map(Ckr::label)
        .findFirst()
        .orElseGet(() -> String.format(Locale.ROOT, "0x%08X", value));
  }
}
