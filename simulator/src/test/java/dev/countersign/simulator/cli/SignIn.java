package dev.countersign.simulator.cli;

import dev.countersign.action.Challenge;
import dev.countersign.action.KeyAssertions;
import dev.countersign.action.UserAction;
import dev.countersign.credential.Credential;
import dev.countersign.credential.EnvironmentCredentials;
import dev.countersign.http.JacksonCodec;
import dev.countersign.http.JdkTransport;
import dev.countersign.json.JsonCodec;
import dev.countersign.json.JsonObject;
import dev.countersign.pem.PemSignerProvider;
import dev.countersign.signing.SignerProviders;
import dev.countersign.transport.Reply;
import dev.countersign.transport.Request;
import dev.countersign.transport.Transport;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Has a user action signed, with nothing but environment variables. */
final class SignIn {

  private final JsonCodec codec = new JacksonCodec();
  private final Transport transport = JdkTransport.builder().build();

  /** The reply to the signed challenge. */
  Reply with(Map<String, String> environment) throws Exception {
    try (EnvironmentCredentials credentials =
        EnvironmentCredentials.read(environment, SignerProviders.of(new PemSignerProvider()))) {
      URI url = credentials.apiUrl();
      Credential credential = credentials.current();
      UserAction action = UserAction.withoutBody("deleteKey", "DELETE", "/keys/key-1", "");
      Reply challenged = post(url, "/auth/action/init", credential, action.challengeRequest());
      Challenge challenge = Challenge.of((JsonObject) codec.parse(challenged.body()));
      return post(
          url,
          "/auth/action",
          credential,
          new KeyAssertions(codec)
              .sign(challenge, credential.key().orElseThrow())
              .redemption(challenge));
    }
  }

  private Reply post(URI url, String path, Credential credential, JsonObject body)
      throws Exception {
    Request request =
        Request.of("signIn", "POST", url.resolve(path))
            .header("Authorization", "Bearer " + credential.token().reveal())
            .body("application/json", codec.write(body))
            .build();
    return transport.send(request).get(30, TimeUnit.SECONDS);
  }
}
