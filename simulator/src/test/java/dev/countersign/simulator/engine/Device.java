package dev.countersign.simulator.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What a person has in the hand: it makes a credential and signs with it. */
interface Device {

  /** The new credential as registrations send it. */
  ObjectNode credential(JsonNode challenge);

  /** The answer to a challenge as the first or second factor. */
  ObjectNode factor(JsonNode challenge);
}
