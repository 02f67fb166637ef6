package dev.countersign.simulator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.spec.Description;
import dev.countersign.simulator.spec.Operation;
import dev.countersign.simulator.webhooks.Receipt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is answered with 501 is what the page of divergences lists, neither more nor less. */
final class NotSimulatedTest {

  private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");
  private static final String HEX = "0x" + "ab".repeat(32);

  /** A body for each kind of signature, complete enough to be understood. */
  private static final Map<String, String> SIGNATURES =
      Map.ofEntries(
          Map.entry("Hash", "'hash':'" + HEX + "'"),
          Map.entry("Message", "'message':'0x00'"),
          Map.entry("Transaction", "'transaction':'0x00'"),
          Map.entry("Eip191", "'message':'0x00'"),
          Map.entry(
              "Eip712",
              "'types':{'A':[{'name':'a','type':'string'}]},'domain':{},'message':{'a':'b'}"),
          Map.entry("Eip7702", "'address':'0x" + "00".repeat(20) + "','nonce':0,'chainId':1"),
          Map.entry("Snip12", "'primaryType':'A','types':{},'domain':{},'message':{}"),
          Map.entry("Psbt", "'psbt':'00'"),
          Map.entry("Bip322", "'message':'00'"),
          Map.entry("SignDocDirect", "'signDoc':'00'"),
          Map.entry("SignerPayload", "'payload':'00'"),
          Map.entry("Cip8", "'context':'Signature1'"),
          Map.entry(
              "DfnsSmartAccountTransaction",
              "'structured':{'address':'a','userOperations':[],'message':"
                  + "{'kind':'Eip712','types':{},'domain':{},'message':{}}},"
                  + "'signatures':{},'transactionReference':'r'"),
          Map.entry(
              "StellarFeeBumpTransaction", "'innerTransaction':'00','transactionReference':'r'"));

  private static final String SKIPS =
      "'skipUnscreenableTransaction':true,'skipUnsupportedNetwork':true,"
          + "'skipUnsupportedAsset':true,";
  private static final String ALERTS =
      "{'alerts':{'alertLevel':'LOW','categoryIds':[]},'exposures':{'direct':{'categoryIds':[]}},"
          + "'fallbackBehaviours':{"
          + SKIPS
          + "'skipChainalysisFailure':true}";

  /** A configuration for each kind of rule. */
  private static final Map<String, String> RULES =
      Map.of(
          "AlwaysTrigger", "{}",
          "TransactionAmountLimit", "{'limit':1,'currency':'USD'}",
          "TransactionAmountLimitNominal",
              "{'assets':[{'network':'Polygon','tid':'native:pol','limit':'1'}]}",
          "TransactionAmountVelocity", "{'limit':1,'currency':'USD','timeframe':1}",
          "TransactionCountVelocity", "{'limit':1,'timeframe':1}",
          "TransactionRecipientWhitelist", "{'addresses':[]}",
          "ChainalysisTransactionPrescreening", ALERTS + ",'addresses':{'categoryIds':[]}}",
          "ChainalysisTransactionScreening", ALERTS + "}",
          "GlobalLedgerTransactionPrescreening",
              "{'riskScoreThreshold':1,'fallbackBehaviours':{"
                  + SKIPS
                  + "'skipGlobalLedgerFailure':true}}",
          "TravelRuleTransactionPrescreening",
              "{'vendor':'Notabene','autoTriggerTimeoutSeconds':1}");

  private final Description description = Description.load();
  private final World world = new World();
  private final TestClient admin = world.admin;

  private static JsonNode schemas() throws IOException {
    Path document = Path.of("..", "core", "src", "main", "api", "dfns-api.json");
    return Json.parse(Files.readAllBytes(document)).orElseThrow().at("/components/schemas");
  }

  private static List<String> values(String schema) throws IOException {
    return schemas().path(schema).path("enum").valueStream().map(JsonNode::asText).toList();
  }

  /** The row of the page's table of what is missing. */
  private static String row(String where) throws IOException {
    return Files.readString(Path.of("..", "docs", "divergences.md"))
        .lines()
        .dropWhile(line -> !line.startsWith("| where | not simulated |"))
        .filter(line -> line.startsWith("| " + where + " |"))
        .findFirst()
        .orElseThrow(() -> new AssertionError("The page has no row for " + where));
  }

  private static TreeSet<String> quoted(String text) {
    TreeSet<String> quoted = new TreeSet<>();
    Matcher matcher = QUOTED.matcher(text);
    while (matcher.find()) {
      quoted.add(matcher.group(1));
    }
    return quoted;
  }

  /** Whether a request is answered with 501, which then says what is missing. */
  private boolean isMissing(String target, String body, String what) {
    Response response = admin.post(target, body.replace('\'', '"'));
    boolean missing = response.status() == 501;
    assertThat(missing || response.status() == 200 || response.status() == 400)
        .as(target + " " + body + " " + response)
        .isTrue();
    if (missing) {
      assertThat(response.message()).startsWith("The simulator does not simulate ").contains(what);
    }
    return missing;
  }

  private String key(String scheme, String curve) {
    return admin
        .post("/keys", "{\"scheme\":\"" + scheme + "\",\"curve\":\"" + curve + "\"}")
        .text("/id");
  }

  @Test
  void everyOperationOfTheDescriptionIsSimulated() throws IOException {
    Assembly assembly = new Assembly(description, parcel -> Receipt.answered(200));

    assertThat(assembly.behaviours().keySet())
        .containsAll(description.operations().stream().map(Operation::id).toList());
    assertThat(Files.readString(Path.of("..", "docs", "divergences.md")))
        .contains("That is all operations.");
  }

  @Test
  void thePageListsTheCurvesAndProtocols() throws IOException {
    TreeSet<String> missing = new TreeSet<>();
    for (String curve : values("KeyCurve")) {
      for (String scheme : values("KeyScheme")) {
        if (isMissing(
            "/keys", "{'scheme':'" + scheme + "','curve':'" + curve + "'}", "curve " + curve)) {
          missing.add(curve);
        }
      }
      for (String protocol : values("KeyProtocol")) {
        String shares =
            "{'curve':'%s','protocol':'%s','minSigners':1,'encryptedKeyShares':"
                + "[{'signerId':'s','encryptedKeyShare':'AA'}]}";
        if (isMissing("/keys/import", shares.formatted(curve, protocol), "")) {
          missing.add(protocol.equals("KU23") ? protocol : curve);
        }
      }
    }

    assertThat(quoted(row("keys"))).isEqualTo(missing);
  }

  @Test
  void thePageListsTheKindsOfSignaturesThatThereAre() throws IOException {
    assertThat(SIGNATURES.keySet())
        .isEqualTo(
            new TreeSet<>(
                schemas()
                    .at("/GenerateSignatureBody/discriminator/mapping")
                    .propertyStream()
                    .map(Map.Entry::getKey)
                    .toList()));
    String signatures = "/keys/" + key("ECDSA", "secp256k1") + "/signatures";
    TreeSet<String> there = new TreeSet<>();
    SIGNATURES.forEach(
        (kind, fields) -> {
          if (!isMissing(signatures, "{'kind':'" + kind + "'," + fields + "}", kind)) {
            there.add(kind);
          }
        });

    assertThat(quoted(row("signatures"))).isEqualTo(there);
  }

  @Test
  void thePageListsTheKindsOfCredentials() throws IOException {
    TreeSet<String> missing = new TreeSet<>();
    for (String kind : values("CredentialKind")) {
      Response response =
          admin.unsigned("POST", "/auth/credentials/init", Json.object().put("kind", kind));
      if (response.status() == 501) {
        missing.add(kind);
      }
    }

    assertThat(quoted(row("credentials"))).isEqualTo(missing);
  }

  @Test
  void thePageTellsWhatElseIsMissing() throws IOException {
    String schnorr = key("Schnorr", "secp256k1");
    assertThat(
            isMissing(
                "/keys/" + schnorr + "/signatures",
                "{'kind':'Hash','hash':'" + HEX + "'}",
                "Schnorr"))
        .isTrue();
    assertThat(row("keys")).contains("Schnorr signatures");

    String from = "'deriveFrom':{'keyId':'" + schnorr + "'}";
    assertThat(
            isMissing(
                "/keys", "{'scheme':'ECDSA','curve':'secp256k1'," + from + "}", "derived keys"))
        .isTrue();
    assertThat(
            isMissing(
                "/wallets", "{'network':'Polygon','signingKey':{" + from + "}}", "derived keys"))
        .isTrue();
    assertThat(row("keys")).contains("derived keys");

    assertThat(
            isMissing(
                "/keys/" + key("ECDSA", "secp256k1") + "/signatures",
                "{'kind':'Transaction','transaction':{'to':'0x00'}}",
                "as an object"))
        .isTrue();
    assertThat(row("signatures")).contains("transactions as objects");

    assertThat(
            isMissing(
                "/auth/users",
                "{'email':'a@b.c','kind':'CustomerEmployee','publicKey':'k'}",
                "publicKey"))
        .isTrue();
    assertThat(row("users")).contains("public key");
  }

  @Test
  void everyRuleOfAPolicyIsThere() throws IOException {
    assertThat(RULES.keySet())
        .isEqualTo(
            new TreeSet<>(
                schemas()
                    .propertyStream()
                    .filter(schema -> schema.getKey().startsWith("PolicyRule"))
                    .map(schema -> schema.getValue().at("/properties/kind/const").asText())
                    .filter(kind -> !kind.isEmpty())
                    .toList()));

    for (Map.Entry<String, String> rule : RULES.entrySet()) {
      boolean screens = rule.getKey().equals("ChainalysisTransactionScreening");
      String body =
          Policies.body(
              screens ? "Wallets:IncomingTransaction" : "Wallets:Sign",
              Policies.rule(rule.getKey(), rule.getValue().replace('\'', '"')),
              screens ? "{\"kind\":\"NoAction\"}" : Policies.block(),
              "{}");
      assertThat(admin.post("/v2/policies", body).status()).as(rule.getKey()).isEqualTo(200);
    }
  }

  /** Whoever adds a 501 adds it to the page, and to the tests above. */
  @Test
  void nowhereElseIsAnythingMissing() throws IOException {
    List<String> places = new ArrayList<>();
    try (Stream<Path> files = Files.walk(Path.of("src", "main", "java"))) {
      for (Path file : files.filter(it -> it.toString().endsWith(".java")).sorted().toList()) {
        Matcher matcher = Pattern.compile("\\b501\\b").matcher(Files.readString(file));
        while (matcher.find()) {
          places.add(String.valueOf(file.getFileName()));
        }
      }
    }

    assertThat(places)
        .containsExactly(
            "NewCredential.java",
            "Users.java",
            "Engine.java",
            "KeyShares.java",
            "Keys.java",
            "Keys.java",
            "Signatures.java",
            "Signatures.java",
            "Policies.java",
            "NewWallets.java");
  }
}
