package dev.countersign.simulator.steering;

import static dev.countersign.fuzz.Fuzz.require;

import dev.countersign.fuzz.Fuzz;
import dev.countersign.fuzz.FuzzTarget;
import dev.countersign.simulator.Identity;
import dev.countersign.simulator.Organisation;
import dev.countersign.simulator.Simulator;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.spec.Description;
import dev.countersign.simulator.wire.SimRequest;
import dev.countersign.simulator.wire.SimResponse;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The control API answers any request, and never with a fault of its own; a token that was issued
 * before is in none of its answers but a snapshot. The first line of an input is method and target,
 * {@code ~} the organisation's identifier.
 */
public final class ControlFuzz extends FuzzTarget {

  private static final Simulator SIMULATOR = Simulator.builder().empty().build();
  private static final ControlApi API = new ControlApi(SIMULATOR);
  private static final Organisation ORGANISATION = SIMULATOR.addOrganisation("fuzz");
  private static final Identity ADMIN = ORGANISATION.admin("alice", key());

  /** What each input begins with. */
  private static final byte[] SNAPSHOT = ORGANISATION.snapshot();

  private static String key() {
    try {
      byte[] spki =
          KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPublic().getEncoded();
      return "-----BEGIN PUBLIC KEY-----\n"
          + Base64.getEncoder().encodeToString(spki)
          + "\n-----END PUBLIC KEY-----\n";
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  public static Stream<byte[]> seeds() {
    return Fuzz.seeds(
        Description.of(ControlApi.document()).operations().stream()
            .map(
                it ->
                    it.method()
                        + " "
                        + it.path()
                            .replace("{organisationId}", "~")
                            .replaceAll("\\{[A-Za-z]+}", "x")
                        + "\n{}")
            .toArray(String[]::new));
  }

  @Override
  protected void fed(byte[] input) throws Exception {
    String text = Fuzz.latin(input).replace("~", ORGANISATION.id());
    if (text.contains("webhooks")) {
      return; // nothing here sends anything to anybody
    }
    int line = text.indexOf('\n') < 0 ? text.length() : text.indexOf('\n');
    String[] head = text.substring(0, line).split(" ", 2);
    String target =
        head.length < 2 || !head[1].startsWith("/") ? "/" + text.substring(0, line) : head[1];
    byte[] body =
        text.substring(Math.min(line + 1, text.length())).getBytes(StandardCharsets.ISO_8859_1);
    for (Organisation organisation : SIMULATOR.organisations()) {
      SIMULATOR.remove(organisation);
    }
    SIMULATOR.restore(SNAPSHOT);
    List<SimResponse> responses = new ArrayList<>();
    Fuzz.bounded(
        body.length,
        50_000,
        () -> responses.add(API.handle(SimRequest.single(head[0], target, Map.of(), body))));
    // what this takes is not the simulator's
    responses.forEach(response -> judge(response, target));
  }

  private static void judge(SimResponse response, String target) {
    String shown = Fuzz.utf8(response.body());
    require(
        response.status() >= 200 && response.status() < 500,
        "It was answered with " + response.status() + " " + shown);
    if (response.body().length > 0) {
      require(Json.parse(response.body()).isPresent(), "An answer is JSON");
    }
    if (response.status() >= 400) {
      require(
          !Json.parse(response.body()).orElseThrow().at("/error/message").asText().isEmpty(),
          "A refusal says why");
    }
    if (!target.contains("snapshot")) {
      Fuzz.requireAbsent(ADMIN.token(), shown);
    }
  }
}
