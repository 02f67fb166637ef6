package dev.countersign.simulator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.simulator.control.Switches;
import dev.countersign.simulator.control.Switches.PayloadComparison;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A file goes beside what is signed, and is bound to it by its checksum. */
final class UploadTest {

  private static final String PATH = "/key-stores/default/onchain-sign/output";
  private static final String FILE = "line\r\n--b\nmore\r\n";
  private static final String TYPE = "multipart/form-data; boundary=\"b0und\"";

  private final World world = new World();
  private final TestClient admin = world.admin;

  private static String data(String checksum) {
    return """
        {"fileChecksum":"%s","outputJson":{"type":"keystore-output","version":1,"org_id":"o",\
        "fleet_id":"f","keystore_id":"k","group_id":"g","status":"success","outputs":{}}}"""
        .formatted(checksum);
  }

  private static String part(String name, String content) {
    return "--b0und\r\nContent-Disposition: form-data; name=\""
        + name
        + "\"\r\n\r\n"
        + content
        + "\r\n";
  }

  private static String body(String data, String file) {
    return part("data", data) + part("file", file) + "--b0und--\r\n";
  }

  private Response send(TestClient client, String type, String signed, String body) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Authorization", "Bearer " + client.identity.token());
    headers.put("Content-Type", type);
    headers.put("X-DFNS-USERACTION", client.userAction("POST", PATH, signed));
    return client.raw("POST", PATH, headers, body.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @EnumSource
  void theDataIsWhatIsSigned(PayloadComparison comparison) {
    TestClient client =
        new World(Switches.defaults().toBuilder().payloadComparison(comparison).build()).admin;
    String data = data(TestKey.sha256(FILE));

    Response response = send(client, TYPE, data, body(data, FILE));

    assertThat(response.status()).as(response.toString()).isEqualTo(200);
    assertThat(response.text("/status")).isEqualTo("success");
  }

  @Test
  void aFileThatIsNotTheOneSignedIsRefused() {
    String data = data(TestKey.sha256(FILE));

    Response response = send(admin, TYPE, data, body(data, FILE + "x"));

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.message()).startsWith("fileChecksum:");
  }

  @ParameterizedTest
  @EnumSource
  void dataThatIsNotTheOneSignedIsRefused(PayloadComparison comparison) {
    TestClient client =
        new World(Switches.defaults().toBuilder().payloadComparison(comparison).build()).admin;
    String data = data(TestKey.sha256(FILE));

    assertThat(send(client, TYPE, data.replace("success", "partial"), body(data, FILE)).status())
        .isEqualTo(403);
    assertThat(send(client, TYPE, "", body(data, FILE)).status()).isEqualTo(403);
  }

  @Test
  void aBodyInPiecesIsRefused() {
    String data = data(TestKey.sha256(FILE));
    String whole = body(data, FILE);

    for (String broken :
        new String[] {
          part("data", data) + "--b0und--\r\n",
          part("data", data) + part("file", FILE),
          part("data", data) + part("data", data) + part("file", FILE) + "--b0und--\r\n",
          whole.replace("--b0und--", ""),
          whole.replace("--b0und--", "--b0und"),
          whole.replace("name=\"file\"", "name=\"fail\""),
          part("data", "{") + part("file", FILE) + "--b0und--\r\n",
          "x",
          data
        }) {
      assertThat(send(admin, TYPE, data, broken).status()).as(broken).isEqualTo(400);
    }
    assertThat(send(admin, "multipart/form-data", data, whole).status()).isEqualTo(400);
    assertThat(send(admin, "application/json", data, data).status()).isEqualTo(400);
  }

  @Test
  void partsAreForUploadsOnly() {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Authorization", "Bearer " + admin.identity.token());
    headers.put("Content-Type", TYPE);
    headers.put("X-DFNS-USERACTION", admin.userAction("POST", "/vaults", "{}"));
    byte[] body = body("{}", "").getBytes(StandardCharsets.UTF_8);

    assertThat(admin.raw("POST", "/vaults", headers, body).status()).isEqualTo(400);
  }
}
