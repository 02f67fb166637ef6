package dev.countersign.simulator.coverage;

import static dev.countersign.simulator.coverage.Scene.json;

import dev.countersign.json.JsonObject;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What operations on keys, wallets and networks need that a random body does not give. */
final class Custody {

  private static final String VALIDATOR_NETWORK = "canton-testnet";
  private static final String SHARES =
      "'minSigners':1,'encryptedKeyShares':[{'signerId':'a','encryptedKeyShare':'AAAA'}]";

  private final Scene scene;
  private final Ids ids;

  Custody(Scene scene, Ids ids) {
    this.scene = scene;
    this.ids = ids;
  }

  /** The identifier for a parameter of an operation's path, where not any will do. */
  Optional<String> id(String parameter, String operation) {
    if (parameter.equals("network")) {
      return Optional.of(
          operation.contains("CantonValidator") ? VALIDATOR_NETWORK : "EthereumSepolia");
    }
    return switch (operation) {
      case "activateWallet", "cantonLedgerApiProxy" -> Optional.of(wallet("CantonTestnet", ""));
      case "delegateWallet" -> Optional.of(wallet("Polygon", ",'delayDelegation':true"));
      case "delegateKey" -> Optional.of(key("'scheme':'ECDSA','delayDelegation':true"));
      case "deriveKey" -> Optional.of(key("'scheme':'DH'"));
      case "cancelTransfer", "speedUpTransfer", "cancelTransaction", "speedUpTransaction" ->
          Optional.of(broadcasted(parameter));
      case "getWalletSignature" ->
          parameter.equals("signatureId") ? Optional.of(signature()) : Optional.empty();
      default ->
          parameter.equals("offerId")
              ? Optional.of(offer())
              : parameter.equals("validatorId") ? Optional.of(validator()) : Optional.empty();
    };
  }

  /** The body for an operation, where not any will do. */
  Optional<JsonObject> body(String operation) {
    return Optional.ofNullable(
        switch (operation) {
          case "activateWallet" -> json("{'validatorId':'%s'}", validator());
          case "callFunction" ->
              json(
                  "{'contract':'0xabc','abi':{'type':'function','name':'f','stateMutability':'view',"
                      + "'inputs':[],'outputs':[{'name':'','type':'uint256'}]}}");
          case "createCantonValidator" -> json("{'kind':'Shared'}");
          case "updateCantonValidator" -> json("{'name':'ours'}");
          case "delegateKey" -> json("{'delegateTo':'%s'}", ids.of("endUserId"));
          case "delegateWallet" -> json("{'userId':'%s'}", ids.of("endUserId"));
          case "deriveKey" -> json("{'domain':'0x01','seed':'0x02'}");
          case "exportKey", "exportWallet" ->
              json(
                  "{'encryptionKey':'AAAA',"
                      + "'supportedSchemes':[{'protocol':'CGGMP24','curve':'secp256k1'}]}");
          case "generateWalletSignature" -> json("{'kind':'Hash','hash':'%s'}", "ab".repeat(32));
          case "importKey" -> json("{'curve':'secp256k1','protocol':'CGGMP24'," + SHARES + "}");
          case "importWallet" ->
              json("{'network':'Polygon','curve':'secp256k1','protocol':'CGGMP24'," + SHARES + "}");
          default -> null;
        });
  }

  /** The query for an operation, where not any will do. */
  Optional<JsonObject> query(String operation) {
    return Optional.ofNullable(
        switch (operation) {
          case "getFees" -> json("{'network':'Polygon'}");
          case "listOrgWalletHistory" ->
              json("{'startTime':'2020-01-01T00:00:00Z','endTime':'2999-01-01T00:00:00Z'}");
          default -> null;
        });
  }

  private String wallet(String network, String more) {
    return made("createWallet", List.of(), "{'network':'" + network + "'" + more + "}");
  }

  private String key(String fields) {
    return made("createKey", List.of(), "{'curve':'secp256k1'," + fields + "}");
  }

  private String validator() {
    return made("createCantonValidator", List.of(VALIDATOR_NETWORK), "{'kind':'Shared'}");
  }

  private String offer() {
    return scene.organisation.offer(
        ids.of("walletId"), "0xabc", BigInteger.TEN, Duration.ofHours(1));
  }

  private String signature() {
    return made(
        "generateWalletSignature",
        List.of(ids.of("walletId")),
        "{'kind':'Hash','hash':'" + "ab".repeat(32) + "'}");
  }

  /** A request that a chain has heard of and not confirmed, or its wallet. */
  private String broadcasted(String parameter) {
    if (parameter.equals("walletId")) {
      return ids.of(parameter);
    }
    scene.organisation.clock().freeze();
    String id = ids.of(parameter);
    scene.organisation.clock().advance(Duration.ofMillis(250));
    return id;
  }

  private String made(String operation, List<String> path, String body) {
    return Scene.text(scene.call(operation, path, json(body)), "id");
  }
}
