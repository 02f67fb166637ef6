package dev.countersign.simulator.coverage;

import dev.countersign.Dfns;
import dev.countersign.call.CallEngine;
import dev.countersign.credential.Credential;
import dev.countersign.credential.CredentialSource;
import dev.countersign.credential.Issued;
import dev.countersign.http.JacksonCodec;
import dev.countersign.json.JsonCodec;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonString;
import dev.countersign.json.JsonValue;
import dev.countersign.signing.Signer;
import dev.countersign.simulator.Identity;
import dev.countersign.simulator.Organisation;
import dev.countersign.simulator.Simulator;
import dev.countersign.simulator.control.Switches;
import dev.countersign.transport.Transport;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An organisation with an administrator, who calls operations by their names. */
final class Scene {

  static final Signer KEY = new FreshSigner();
  static final JsonCodec CODEC = new JacksonCodec();

  final Organisation organisation;
  final Identity admin;
  final Transport transport;

  Scene(Simulator simulator, String name) {
    this.organisation = simulator.addOrganisation(name, Switches.defaults());
    this.admin = organisation.admin("admin", KEY.publicKeyPem());
    this.transport = simulator.transport();
  }

  /** The credential of somebody whose key is the one key. */
  static Credential credential(Identity identity) {
    return Issued.to(identity, KEY);
  }

  /** Dfns for somebody. */
  static Dfns dfns(Transport transport, Credential credential) {
    return Dfns.over(
        CallEngine.builder()
            .transport(transport)
            .codec(CODEC)
            .apiUrl(URI.create("https://dfns.invalid"))
            .credentials(CredentialSource.of(credential))
            .executor(Runnable::run)
            .build());
  }

  /** Calls an operation without a body as the administrator. */
  JsonObject call(String operation, List<String> ids) {
    return object(executed(credential(admin), operation, ids, null));
  }

  /** Calls an operation with a body as the administrator. */
  JsonObject call(String operation, List<String> ids, JsonObject body) {
    return call(credential(admin), operation, ids, body);
  }

  /** Calls an operation with a body as somebody. */
  JsonObject call(Credential caller, String operation, List<String> ids, JsonObject body) {
    return object(executed(caller, operation, ids, body));
  }

  /** Calls an operation that answers text. */
  String csv(String operation) {
    return (String) executed(credential(admin), operation, List.of(), null);
  }

  private Object executed(
      Credential caller, String operation, List<String> ids, @Nullable JsonObject body) {
    return TypedCall.execute(
        dfns(transport, caller), TypedCall.operation(operation), ids, body, JsonObject.empty());
  }

  /** A JSON object, with single quotes for double ones. */
  static JsonObject json(String singleQuoted, Object... values) {
    String text = singleQuoted.formatted(values).replace('\'', '"');
    return (JsonObject) CODEC.parse(text.getBytes(StandardCharsets.UTF_8));
  }

  static String text(JsonObject object, String field) {
    return ((JsonString) object.get(field)).value();
  }

  private static JsonObject object(Object result) {
    JsonValue json = TypedCall.json(result).orElseThrow();
    return (JsonObject) json;
  }
}
