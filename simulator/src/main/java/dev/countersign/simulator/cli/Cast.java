package dev.countersign.simulator.cli;

import dev.countersign.simulator.Organisation;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.stream.Stream;

/** The two who can act on a fresh simulator: a backend's service account, and a human. */
final class Cast {

  /** Keeps wallets; a new wallet makes a key. */
  private static final List<String> WALLETS =
      List.of("Wallets:Create", "Wallets:Read", "Keys:Create", "Keys:Read");

  /** Moves what is in them. */
  private static final List<String> PAYMENTS =
      List.of(
          "Wallets:Transfers:Create",
          "Wallets:Transfers:Read",
          "Wallets:Transactions:Create",
          "Wallets:Transactions:Read",
          "Keys:Signatures:Create",
          "Keys:Signatures:Read");

  /**
   * Follows the approvals that its payments wait for, and proposes changes of policies. It may even
   * vote: when Dfns refuses that, it is because no service account approves, not for want of a
   * permission.
   */
  private static final List<String> POLICIES =
      List.of(
          "Policies:Read",
          "Policies:Update",
          "Policies:Evaluations:Read",
          "Policies:Evaluations:Vote");

  private Cast() {}

  /**
   * The service account of a backend that pays, with the permissions for that and no others. It
   * manages neither users nor permissions nor other service accounts.
   */
  static Login serviceAccount(Organisation organisation) {
    KeyPair keys = keys();
    String[] operations =
        Stream.of(WALLETS, PAYMENTS, POLICIES).flatMap(List::stream).toArray(String[]::new);
    return Login.of(
        "service-account",
        keys,
        organisation.serviceAccount("service-account", PemText.of(keys.getPublic()), operations));
  }

  /** A human who may do everything and signs with a key, as a script can. */
  static Login admin(Organisation organisation) {
    KeyPair keys = keys();
    return Login.of("admin", keys, organisation.admin("admin", PemText.of(keys.getPublic())));
  }

  private static KeyPair keys() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("This JDK has no Ed25519; use another of version 17", e);
    }
  }
}
