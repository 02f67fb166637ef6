package dev.countersign.fuzz;

import static dev.countersign.fuzz.Fuzz.require;

import dev.countersign.credential.AccessToken;
import dev.countersign.credential.TokenClaims;
import dev.countersign.error.ConfigurationException;
import dev.countersign.http.JacksonCodec;
import java.util.Base64;
import java.util.stream.Stream;

/** A token has claims or none; whatever it is, nothing of it is shown. */
public final class TokenFuzz extends FuzzTarget {

  private static final JacksonCodec CODEC = new JacksonCodec();

  static Stream<byte[]> seeds() {
    return Fuzz.seeds(
        "{\"exp\":1767225600,\"sub\":\"or-1\",\"https://custom/app_metadata\":{\"userId\":\"us-1\",\"orgId\":\"or-1\"}}",
        "{\"exp\":1e18}",
        "{\"exp\":-1.5}",
        "{\"https://custom/app_metadata\":[]}",
        "a.b.c",
        "...");
  }

  @Override
  protected void fed(byte[] input) throws Exception {
    String payload = Base64.getUrlEncoder().withoutPadding().encodeToString(input);
    Fuzz.bounded(input.length, 2_000, () -> read(Fuzz.CANARY + "." + payload + ".x"));
    read(Fuzz.latin(input) + Fuzz.CANARY);
  }

  private static void read(String text) {
    AccessToken token;
    try {
      token = AccessToken.of(text);
    } catch (ConfigurationException e) {
      Fuzz.requireNoCanary(e);
      return;
    }
    require(token.reveal().equals(text), "A token is kept as it is");
    TokenClaims claims = TokenClaims.read(token, CODEC);
    Fuzz.requireNoCanary(token, claims);
    require(
        claims.toString().matches("TokenClaims\\(expires [^\"{}]*\\)"), "Claims show a time alone");
    claims.expiresAt().ifPresent(at -> require(at.toString() != null, "A time prints"));
    require(claims.organisationId() != null && claims.userId() != null, "Claims can be asked");
  }
}
