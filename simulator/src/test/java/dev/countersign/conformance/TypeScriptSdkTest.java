package dev.countersign.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.Identity;
import dev.countersign.simulator.Organisation;
import dev.countersign.simulator.Simulator;
import dev.countersign.simulator.door.HttpSimulator;
import dev.countersign.simulator.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The official TypeScript SDK and its key signer, as npm has them, against the HTTP door. */
class TypeScriptSdkTest {

  @Test
  void aDayOfAServiceAccountFromWalletToApprovalToWebhook(@TempDir Path folder) throws Exception {
    Node node = Node.withPackages(Path.of("src/test/node"), Path.of("target/node"));
    Simulator simulator = Simulator.start();
    Organisation organisation = simulator.organisation();
    try (HttpSimulator door = HttpSimulator.start(simulator)) {
      KeyPair humanKey = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      KeyPair accountKey = KeyPairGenerator.getInstance("EC").generateKeyPair();
      Identity human =
          organisation.admin("admin", pem("PUBLIC KEY", humanKey.getPublic().getEncoded()));
      Identity account =
          organisation.serviceAccount(
              "payouts",
              pem("PUBLIC KEY", accountKey.getPublic().getEncoded()),
              "Wallets:Create",
              "Wallets:Read",
              "Keys:Create",
              "Keys:Read",
              "Keys:Signatures:Create",
              "Wallets:Transfers:Create",
              "Wallets:Transfers:Read",
              "Policies:Read",
              "Policies:Delete",
              "Policies:Evaluations:Read",
              "Policies:Evaluations:Vote",
              "Auth:Delegated:Register",
              "Auth:Delegated:Login");
      Path cast = folder.resolve("cast.json");
      ObjectNode people = Json.object().put("url", door.url().toString());
      people.set("admin", identity(human, humanKey));
      people.set("account", identity(account, accountKey));
      Files.write(cast, Json.bytes(people));

      Node.Run run = node.run("day.mjs", cast.toString());

      assertThat(run.status()).as(() -> run.output() + latest(organisation.decisions())).isZero();
      assertThat(run.output()).containsPattern("holds: the events are stored\\n\\d+ things held");
    }
  }

  private static List<String> latest(List<String> decisions) {
    return decisions.subList(Math.max(0, decisions.size() - 10), decisions.size());
  }

  private static ObjectNode identity(Identity identity, KeyPair keys) {
    return Json.object()
        .put("userId", identity.userId())
        .put("token", identity.token())
        .put("credId", identity.credentialId())
        .put("privateKey", pem("PRIVATE KEY", keys.getPrivate().getEncoded()));
  }

  private static String pem(String type, byte[] encoded) {
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded);
    return "-----BEGIN " + type + "-----\n" + base64 + "\n-----END " + type + "-----\n";
  }
}
