package dev.countersign.simulator.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.error.ConfigurationException;
import dev.countersign.error.ProtocolException;
import dev.countersign.error.ServiceUnavailableException;
import dev.countersign.simulator.documents.UsageJson;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.usage.Coverage;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A simulator in another process, by its control API. Safe for use by several threads at once;
 * holds nothing that has to be closed.
 *
 * <p>What the simulator refuses is an {@link IllegalArgumentException} with its sentence. {@link
 * ServiceUnavailableException} says that it does not answer, {@link ConfigurationException} that it
 * asks for another token, {@link ProtocolException} that it is no simulator of this version.
 */
public final class SimulatorClient {

  private static final String ROOT = "/__admin/dfns/v1";

  private final ControlExchange exchange;
  private final URI url;

  private SimulatorClient(URI url, @Nullable String token) {
    if (url.getHost() == null
        || !("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
      throw new IllegalArgumentException(
          "The simulator is at an http URL with a host, such as http://127.0.0.1:8977");
    }
    if (url.getRawUserInfo() != null || url.getRawQuery() != null) {
      throw new IllegalArgumentException("The simulator's URL has no user information or query");
    }
    this.url = url;
    this.exchange =
        new ControlExchange(URI.create(url.toString().replaceFirst("/+$", "") + ROOT), token);
  }

  /**
   * The simulator at a URL, which need not be there yet.
   *
   * @param url as a client of Dfns takes it, such as {@code http://127.0.0.1:8977}
   */
  public static SimulatorClient at(URI url) {
    return new SimulatorClient(url, null);
  }

  /**
   * The simulator at a URL that asks for a token.
   *
   * @param controlToken secret
   */
  public static SimulatorClient at(URI url, String controlToken) {
    return new SimulatorClient(url, controlToken);
  }

  /** Its organisations, in the order they came. */
  public List<OrganisationClient> organisations() {
    return exchange.get("/organisations").path("items").valueStream().map(this::client).toList();
  }

  /** The organisation of a name, if there is one. */
  public Optional<OrganisationClient> find(String name) {
    return organisations().stream().filter(it -> it.name().equals(name)).findFirst();
  }

  /** Adds an organisation with a state, a clock and chance of its own. */
  public OrganisationClient addOrganisation(String name) {
    return client(exchange.post("/organisations", Json.object().put("name", name)));
  }

  /**
   * Makes the organisation of a snapshot as it was then, and adds it if it is not there.
   *
   * @param snapshot from {@link OrganisationClient#snapshot}
   */
  public OrganisationClient restore(byte[] snapshot) {
    return client(exchange.post("/snapshots", snapshot));
  }

  /**
   * Adds the organisation that a scenario describes.
   *
   * @param text the scenario in YAML, or in JSON if it begins with a brace
   */
  public ScenarioClient load(String text) {
    ObjectNode body =
        Json.object()
            .put("text", text)
            .put("format", text.stripLeading().startsWith("{") ? "json" : "yaml");
    JsonNode loaded = exchange.post("/scenarios", body);
    return new ScenarioClient(client(loaded.path("organisation")), loaded.path("members"));
  }

  /** Which operations were called by requests to all organisations, and to none. */
  public Coverage coverage() {
    return UsageJson.coverage(exchange.get("/coverage"));
  }

  /** The control API's description: an OpenAPI 3.1 document as JSON. */
  public String description() {
    return exchange.get("/openapi.json").toString();
  }

  private OrganisationClient client(JsonNode json) {
    return new OrganisationClient(
        exchange, json.path("id").asText(), ((ObjectNode) json).path("name").asText());
  }

  /** Where it is. */
  @Override
  public String toString() {
    return "SimulatorClient[" + url.getScheme() + "://" + url.getRawAuthority() + "]";
  }
}
