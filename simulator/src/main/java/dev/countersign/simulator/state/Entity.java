package dev.countersign.simulator.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.json.Json;
import java.util.Objects;

/**
 * One thing an organisation remembers: what the API shows of it, and what it does not. Its trees
 * are frozen; a change gives another entity.
 */
public final class Entity {

  private final String id;
  private final ObjectNode shown;
  private final ObjectNode hidden;

  private Entity(String id, ObjectNode shown, ObjectNode hidden) {
    this.id = Objects.requireNonNull(id, "id");
    this.shown = shown;
    this.hidden = hidden;
  }

  /** An entity of which the API shows everything. */
  public static Entity of(String id, ObjectNode shown) {
    return new Entity(id, shown, Json.object());
  }

  /** An entity that was kept somewhere. */
  static Entity kept(String id, ObjectNode shown, ObjectNode hidden) {
    return new Entity(id, shown, hidden);
  }

  /** Its identifier within its table. */
  public String id() {
    return id;
  }

  /** What the API shows. Not a copy: do not change it. */
  public ObjectNode shown() {
    return shown;
  }

  /** What the API does not show. Not a copy: do not change it. */
  public ObjectNode hidden() {
    return hidden;
  }

  /** A shown field; missing if it is not there. */
  public JsonNode get(String field) {
    return shown.path(field);
  }

  /** A shown field's text; empty if it is not there. */
  public String text(String field) {
    return shown.path(field).asText();
  }

  /** A hidden field's text; empty if it is not there. */
  public String hiddenText(String field) {
    return hidden.path(field).asText();
  }

  /** Whether a shown field is there and true. */
  public boolean is(String field) {
    return shown.path(field).asBoolean();
  }

  /** This with other values for shown fields, of which {@code null} removes one. */
  public Entity with(JsonNode change) {
    return new Entity(id, Json.changed(shown, change), hidden);
  }

  /** This with another text for a shown field. */
  public Entity with(String field, String text) {
    return with(Json.object().put(field, text));
  }

  /** This with another truth for a shown field. */
  public Entity with(String field, boolean value) {
    return with(Json.object().put(field, value));
  }

  /** This with other values for hidden fields, of which {@code null} removes one. */
  public Entity withHidden(JsonNode change) {
    return new Entity(id, shown, Json.changed(hidden, change));
  }

  /** Its identifier. */
  @Override
  public String toString() {
    return id;
  }
}
