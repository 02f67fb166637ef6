package dev.countersign.simulator;

import dev.countersign.simulator.auth.Directory;
import dev.countersign.simulator.auth.IssuedToken;
import dev.countersign.simulator.auth.Tokens;
import dev.countersign.simulator.crypto.CredentialKey;
import dev.countersign.simulator.json.Nearest;
import dev.countersign.simulator.permissions.Assigning;
import dev.countersign.simulator.spec.Description;
import dev.countersign.simulator.state.Entity;
import dev.countersign.simulator.state.Tenant;
import java.util.List;
import java.util.Set;

/** Registers those who act in an organisation, without the API. What is wrong names its field. */
final class Members {

  private final Tenant tenant;
  private final Description description;

  Members(Tenant tenant, Description description) {
    this.tenant = tenant;
    this.description = description;
  }

  Identity admin(String username, String publicKey) {
    String key = checked(publicKey);
    return tenant.alone(
        () -> {
          requireFree(Directory.isTaken(tenant, username), username);
          IssuedToken issued = Directory.human(tenant, username, key);
          Entity permission = Assigning.named(tenant, Assigning.FULL_ADMIN);
          Assigning.assign(tenant, permission.id(), issued.token().text("linkedUserId"));
          return identity(issued);
        });
  }

  Identity human(String username, String publicKey, String... operations) {
    String key = checked(publicKey);
    requireKnown(operations);
    return tenant.alone(
        () -> {
          requireFree(Directory.isTaken(tenant, username), username);
          return permitted(Directory.human(tenant, username, key), username, operations);
        });
  }

  Identity serviceAccount(String name, String publicKey, String... operations) {
    String key = checked(publicKey);
    requireKnown(operations);
    return tenant.alone(
        () -> {
          requireFree(Directory.hasServiceAccount(tenant, name), name);
          return permitted(
              Directory.serviceAccount(tenant, name, key, Tokens.LIFETIME), name, operations);
        });
  }

  Identity endUser(String username, String publicKey) {
    String key = checked(publicKey);
    return tenant.alone(
        () -> {
          requireFree(Directory.isTaken(tenant, username), username);
          return identity(Directory.endUser(tenant, username, key));
        });
  }

  private Identity permitted(IssuedToken issued, String name, String... operations) {
    if (operations.length > 0) {
      Entity permission =
          Assigning.permission(tenant, description, "Permissions of " + name, List.of(operations));
      Assigning.assign(tenant, permission.id(), issued.token().text("linkedUserId"));
    }
    return identity(issued);
  }

  Identity identity(IssuedToken issued) {
    Entity token = issued.token();
    return Identity.of(
        tenant.id(), token.text("linkedUserId"), token.id(), token.text("credId"), issued.text());
  }

  private static void requireFree(boolean isTaken, String name) {
    if (isTaken) {
      throw new IllegalArgumentException("name: there is another of the name " + name);
    }
  }

  private void requireKnown(String... operations) {
    Set<String> known = description.permissions();
    for (String operation : operations) {
      if (!known.contains(description.canonical(operation))) {
        throw new IllegalArgumentException(
            "operations: there is no permission "
                + operation
                + "; the nearest is "
                + Nearest.to(operation, known));
      }
    }
  }

  private static String checked(String publicKey) {
    if (CredentialKey.parse(publicKey).isEmpty()) {
      throw new IllegalArgumentException(
          "publicKey: a credential's public key is a PEM text of an Ed25519 key, an ECDSA key, or an RSA key"
              + " of at least 2048 bits");
    }
    return publicKey;
  }
}
