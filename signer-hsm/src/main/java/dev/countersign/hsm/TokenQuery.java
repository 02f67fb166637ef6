package dev.countersign.hsm;

import dev.countersign.error.ConfigurationException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which token is meant: what is null may be anything, the rest must match. */
record TokenQuery(
    @Nullable String label,
    @Nullable String serial,
    @Nullable String manufacturer,
    @Nullable String model,
    @Nullable Long slot) {

  static TokenQuery of(Attributes attributes) {
    return new TokenQuery(
        attributes.text("token").orElse(null),
        attributes.text("serial").orElse(null),
        attributes.text("manufacturer").orElse(null),
        attributes.text("model").orElse(null),
        attributes.text("slot-id").map(TokenQuery::slot).orElse(null));
  }

  private static Long slot(String text) {
    if (!text.matches("0|[1-9][0-9]{0,9}")) {
      throw new ConfigurationException(
          "The attribute slot-id of the pkcs11: URI is not a decimal number");
    }
    return Long.valueOf(text);
  }

  private boolean matches(TokenInfo token) {
    return (label == null || label.equals(token.label()))
        && (serial == null || serial.equals(token.serial()))
        && (manufacturer == null || manufacturer.equals(token.manufacturer()))
        && (model == null || model.equals(token.model()))
        && (slot == null || slot == token.slot());
  }

  /** The one token that matches; an error lists what is there. */
  TokenInfo choose(Cryptoki module) {
    List<TokenInfo> all =
        module.slots().stream().map(module::tokenInfo).filter(TokenInfo::isInitialized).toList();
    List<TokenInfo> matching = all.stream().filter(this::matches).toList();
    if (matching.size() == 1) {
      return matching.get(0);
    }
    if (all.isEmpty()) {
      throw new ConfigurationException(
          "The PKCS#11 module "
              + module.path()
              + " shows no initialised token; check that the HSM is connected and its client configured"
              + " for this user");
    }
    throw new ConfigurationException(
        (matching.isEmpty()
                ? "No token matches the pkcs11: URI; there "
                : matching.size()
                    + " tokens match the pkcs11: URI, name one by token or serial; there ")
            + (all.size() == 1 ? "is " : "are ")
            + all.stream()
                .map(token -> "'" + token.label() + "' (serial " + token.serial() + ")")
                .sorted()
                .collect(Collectors.joining(", ")));
  }

  /** The token that an open signer is of, where it was. */
  static Optional<TokenInfo> find(Cryptoki module, TokenInfo known) {
    return module.slots().stream()
        .filter(slot -> slot == known.slot())
        .map(module::tokenInfo)
        .filter(known::isSameAs)
        .findFirst();
  }
}
