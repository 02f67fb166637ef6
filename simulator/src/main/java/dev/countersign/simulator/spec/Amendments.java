package dev.countersign.simulator.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/**
 * What Dfns refuses although the description would let it pass, and the reverse: lengths and
 * patterns of the API reference, and what its guides send against its own schemas.
 */
final class Amendments {

  /** A narrower schema for a property of each schema whose name starts so. */
  private record Constraint(String schema, String property, String json) {}

  private static final List<Constraint> CONSTRAINTS =
      List.of(
          new Constraint("TransferAssetBody", "amount", "{'maxLength':100}"),
          new Constraint("CreateServiceAccountBody", "daysValid", "{'maximum':730}"),
          new Constraint("CreatePersonalAccessTokenBody", "daysValid", "{'maximum':730}"),
          new Constraint(
              "CreatePersonalAccessTokenBody", "secondsValid", "{'minimum':1,'maximum':63072000}"),
          new Constraint("KeyAssertionData", "clientData", "{'minLength':1}"),
          new Constraint("KeyAssertionData", "signature", "{'minLength':1}"),
          new Constraint("UpdatePermissionBody", "name", "{'minLength':1}"),
          new Constraint("UpdatePermissionBody", "operations", "{'minItems':1}"),
          new Constraint("PolicyBody", "name", "{'minLength':1}"),
          new Constraint("PolicyActionRequestApproval", "approvalGroups", "{'minItems':1}"),
          new Constraint(
              "PolicyActionRequestApproval",
              "autoRejectTimeout",
              "{'minimum':1,'maximum':2147483647}"),
          new Constraint("ApprovalGroup", "quorum", "{'minimum':1,'maximum':2147483647}"),
          new Constraint("PolicyBodyRegistry", "filters", "{'maxProperties':0}"),
          new Constraint("PolicyRuleAlwaysTrigger", "configuration", "{'maxProperties':0}"),
          // fungible, and in lower case where the network's addresses are hexadecimal
          new Constraint(
              "NominalAssetLimit",
              "tid",
              "{'pattern':'^(?!(erc721|trc721|hip17|snip3):)(?!.*0x[0-9a-f]*[A-F])'}"),
          // the policy guide sends it although the schema has no such field
          new Constraint("PolicyBody", "status", "{'enum':['Active','Archived']}"));

  private Amendments() {}

  /** The schemas with the amendments; the old permission names are accepted beside the new. */
  static ObjectNode apply(ObjectNode original, Set<String> oldPermissions) {
    ObjectNode schemas = original.deepCopy();
    for (Constraint constraint : CONSTRAINTS) {
      schemas
          .properties()
          .forEach(
              schema -> {
                if (schema.getKey().startsWith(constraint.schema())) {
                  narrow(schema.getValue(), constraint);
                }
              });
    }
    if (schemas.at("/PermissionOperation/enum") instanceof ArrayNode permissions) {
      oldPermissions.forEach(permissions::add);
    }
    return schemas;
  }

  private static void narrow(JsonNode schema, Constraint constraint) {
    if (schema.get("properties") instanceof ObjectNode properties) {
      ObjectNode change = json(constraint.json());
      JsonNode property = properties.get(constraint.property());
      if (property instanceof ObjectNode object) {
        change.properties().forEach(field -> object.set(field.getKey(), field.getValue()));
      } else if (property == null && change.has("enum")) {
        properties.set(constraint.property(), change);
      }
    }
  }

  private static ObjectNode json(String singleQuoted) {
    return (ObjectNode)
        Json.parse(singleQuoted.replace('\'', '"').getBytes(StandardCharsets.UTF_8)).orElseThrow();
  }
}
