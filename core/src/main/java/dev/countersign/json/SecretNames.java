package dev.countersign.json;

import java.util.Set;

/**
 * The member names whose values are secret wherever they stand: never printed, and given to callers
 * as a secret.
 *
 * <p>The list covers the properties that the API description marks with {@code x-dfns-secret}, and
 * the names that such things have elsewhere.
 */
public final class SecretNames {

  private static final Set<String> NAMES =
      Set.of(
          "accessToken",
          "actionToken",
          "authToken",
          "challengeIdentifier",
          "clientSecret",
          "code",
          "encryptedKeyShare",
          "encryptedPrivateKey",
          "encryptedRecoveryKey",
          "idToken",
          "loginCode",
          "oneTimePassword",
          "otp",
          "otpCode",
          "otpUrl",
          "output",
          "password",
          "pin",
          "privateApiKey",
          "privateKey",
          "recoveryCode",
          "registrationCode",
          "secret",
          "seed",
          "temporaryAuthenticationToken",
          "token",
          "userAction",
          "verificationCode");

  private SecretNames() {}

  /** Whether a member of this name holds a secret. */
  public static boolean contains(String name) {
    return NAMES.contains(name);
  }
}
