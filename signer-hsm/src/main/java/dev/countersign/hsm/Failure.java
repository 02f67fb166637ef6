package dev.countersign.hsm;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.security.auth.login.LoginException;

/**
 * What a failed call to the module means: SunPKCS11 and {@link Cryptoki} leave the return value
 * nowhere but in the message of an exception.
 *
 * @param code the return value as text, such as {@code CKR_DEVICE_ERROR}, or "no return value"
 */
record Failure(String code, Ckr.Kind kind) {

  /** SunPKCS11 says so when its own count of sessions is full. */
  private static final Pattern NO_SESSION = Pattern.compile("(No more|not obtain) session");

  private static final Pattern CODE = Pattern.compile("CK[RF]_[A-Z_]+|0x[0-9A-Fa-f]{8,16}");

  static Failure of(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      String message = cause.getMessage() == null ? "" : cause.getMessage();
      Matcher code = CODE.matcher(message);
      if (code.find()) {
        return of(named(code.group()));
      }
      if (NO_SESSION.matcher(message).find()) {
        return new Failure(Ckr.SESSION_COUNT.label(), Ckr.Kind.BUSY);
      }
      if (cause instanceof LoginException) {
        return new Failure(Ckr.USER_NOT_LOGGED_IN.label(), Ckr.Kind.LOST);
      }
    }
    // what SunPKCS11 throws when it finds its own state broken, which a new one has not
    return new Failure("no return value", Ckr.Kind.LOST);
  }

  /** Java 17 has no names for the newer return values, and gives their numbers. */
  private static String named(String code) {
    return code.startsWith("0x")
        ? Ckr.label(Long.parseUnsignedLong(code, 2, code.length(), 16))
        : code;
  }

  /** An unknown return value may be a vendor's word for anything: the probe will tell. */
  static Failure of(String code) {
    if (code.equals(TokenInfo.FINAL_TRY_FLAG)) {
      return new Failure(code, Ckr.Kind.PIN);
    }
    return Arrays.stream(Ckr.values())
        .filter(ckr -> ckr.label().equals(code))
        .findFirst()
        .map(ckr -> new Failure(code, ckr.kind()))
        .orElseGet(() -> new Failure(code, Ckr.Kind.DEVICE));
  }

  boolean is(Ckr ckr) {
    return code.equals(ckr.label());
  }

  /** What happened to a token and what to do, as the rest of a sentence that begins with it. */
  String sentence() {
    if (kind != Ckr.Kind.PIN) {
      return "failed (" + code + ")";
    }
    if (is(Ckr.PIN_LOCKED)) {
      return "has locked its PIN after too many wrong ones ("
          + code
          + "); have the HSM's security officer unlock it";
    }
    if (is(Ckr.PIN_EXPIRED)) {
      return "says that its PIN has expired ("
          + code
          + "); set a new one and put it where pin-source says";
    }
    if (is(Ckr.USER_PIN_NOT_INITIALIZED)) {
      return "has no user PIN yet (" + code + "); have the HSM's security officer set one";
    }
    if (code.equals(TokenInfo.FINAL_TRY_FLAG)) {
      return "locks its PIN at the next wrong one ("
          + code
          + "), so it is not tried here; log in once with another tool and the right PIN";
    }
    return "refused the PIN (" + code + "); put the right one where pin-source says";
  }
}
