package dev.countersign.simulator.crypto;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/** Signs and verifies the tokens of one organisation, JWTs over Ed25519. Does not print its key. */
public final class Jwts {

  private static final String HEADER = Base64Url.encode("{\"typ\":\"JWT\",\"alg\":\"EdDSA\"}");

  private final Ed25519PrivateKeyParameters key;
  private final Ed25519PublicKeyParameters publicKey;
  private final Recent<JsonNode> verified = new Recent<>();

  /** Over a private key of 32 bytes. */
  public Jwts(byte[] privateKey) {
    this.key = new Ed25519PrivateKeyParameters(privateKey, 0);
    this.publicKey = key.generatePublicKey();
  }

  /** A signed token with these claims. */
  public String sign(ObjectNode claims) {
    String signed = HEADER + "." + Base64Url.encode(Json.bytes(claims));
    Ed25519Signer signer = new Ed25519Signer();
    byte[] bytes = signed.getBytes(StandardCharsets.US_ASCII);
    signer.init(true, key);
    signer.update(bytes, 0, bytes.length);
    return signed + "." + Base64Url.encode(signer.generateSignature());
  }

  /** The claims of a token that this organisation signed. */
  public Optional<JsonNode> verify(String token) {
    String[] parts = token.split("\\.", -1);
    if (parts.length != 3 || !parts[0].equals(HEADER)) {
      return Optional.empty();
    }
    byte[] bytes = (parts[0] + "." + parts[1]).getBytes(StandardCharsets.UTF_8);
    Ed25519Signer verifier = new Ed25519Signer();
    verifier.init(false, publicKey);
    verifier.update(bytes, 0, bytes.length);
    return Base64Url.decode(parts[2])
        .filter(signature -> signature.length == 64 && verifier.verifySignature(signature))
        .flatMap(signature -> unverified(token));
  }

  /**
   * The claims of a token that this organisation signed and that comes with many requests: its
   * signature is verified when it comes for the first time, and then now and again. Not a copy: do
   * not change them.
   */
  public Optional<JsonNode> verifyOnce(String token) {
    Optional<JsonNode> known = verified.find(token);
    if (known.isPresent()) {
      return known;
    }
    Optional<JsonNode> claims = verify(token);
    claims.ifPresent(it -> verified.add(token, it));
    return claims;
  }

  /** The claims of a token that anybody may have signed: to find out who has to verify it. */
  public static Optional<JsonNode> unverified(String token) {
    String[] parts = token.split("\\.", -1);
    return parts.length != 3 ? Optional.empty() : Base64Url.decode(parts[1]).flatMap(Json::parse);
  }
}
