package dev.countersign.lookup;

import dev.countersign.api.addresswatches.AddressWatchesApi;
import dev.countersign.api.auth.AuthApi;
import dev.countersign.api.keys.KeysApi;
import dev.countersign.api.permissions.PermissionsApi;
import dev.countersign.api.policies.PoliciesApi;
import dev.countersign.api.policies.Policy;
import dev.countersign.api.vaults.VaultsApi;
import dev.countersign.api.wallets.WalletsApi;
import dev.countersign.api.webhooks.WebhooksApi;
import dev.countersign.call.Calls;
import dev.countersign.json.JsonArray;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonString;
import dev.countersign.json.JsonView;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an operation leaves behind: where it is listed, and what it is recognised by.
 *
 * @param listing lists what may be it; takes the id in the request's path, or an empty text
 * @param mark the field of the request that no two have in common, or null
 * @param markAt where that stands in what is listed, names from the outside in
 * @param likeness fields of the request that are told again as they are
 * @param isForEver whether Dfns binds the mark to one entity for ever, whichever request brought it
 *     about: else what bears it may be older than the request
 */
record Trace(
    BiFunction<Calls, String, Stream<JsonObject>> listing,
    @Nullable String mark,
    List<String> markAt,
    List<String> likeness,
    boolean isForEver) {

  private static final List<String> EXTERNAL_ID = List.of("externalId");

  /** The trace of an operation, if it leaves one that the API lists. */
  static Optional<Trace> of(String operation) {
    return Optional.ofNullable(
        switch (operation) {
          case "transferAsset" ->
              once(
                  (calls, id) ->
                      WalletsApi.over(calls).listTransfers(id).stream().map(JsonView::json));
          case "broadcastTransaction" ->
              once(
                  (calls, id) ->
                      WalletsApi.over(calls).listTransactions(id).stream().map(JsonView::json));
          case "generateWalletSignature" ->
              once(
                  (calls, id) ->
                      WalletsApi.over(calls).listWalletSignatures(id).stream().map(JsonView::json));
          case "generateSignature" ->
              once(
                  (calls, id) ->
                      KeysApi.over(calls).listSignatures(id).stream().map(JsonView::json));
          case "createWallet" ->
              new Trace(
                  (calls, id) -> WalletsApi.over(calls).listWallets().stream().map(JsonView::json),
                  "externalId",
                  EXTERNAL_ID,
                  List.of("name", "network"),
                  false);
          case "createVault" ->
              new Trace(
                  (calls, id) -> VaultsApi.over(calls).listVaults().stream().map(JsonView::json),
                  "externalId",
                  EXTERNAL_ID,
                  List.of("name"),
                  false);
          case "createAddressWatch" ->
              new Trace(
                  (calls, id) ->
                      AddressWatchesApi.over(calls).listAddressWatches().stream()
                          .map(JsonView::json),
                  "externalId",
                  EXTERNAL_ID,
                  List.of("name", "network", "address"),
                  false);
          case "createUser" ->
              marked(
                  (calls, id) -> AuthApi.over(calls).listUsers().stream().map(JsonView::json),
                  "email",
                  List.of("username"));
          case "createServiceAccount" ->
              marked(
                  (calls, id) ->
                      AuthApi.over(calls).listServiceAccounts().execute().items().stream()
                          .map(JsonView::json),
                  "publicKey",
                  List.of("accessTokens", "publicKey"));
          case "createPersonalAccessToken" ->
              marked(
                  (calls, id) ->
                      AuthApi.over(calls).listPersonalAccessTokens().execute().items().stream()
                          .map(JsonView::json),
                  "publicKey",
                  List.of("publicKey"));
          case "createKey" ->
              like(
                  (calls, id) -> KeysApi.over(calls).listKeys().stream().map(JsonView::json),
                  "name",
                  "scheme",
                  "curve");
          case "createPermission" ->
              like(
                  (calls, id) ->
                      PermissionsApi.over(calls).listPermissions().stream().map(JsonView::json),
                  "name");
          case "createPolicy" ->
              like(
                  (calls, id) -> PoliciesApi.over(calls).listPolicies().stream().map(Policy::json),
                  "name",
                  "activityKind");
          case "createWebhook" ->
              like(
                  (calls, id) ->
                      WebhooksApi.over(calls).listWebhooks().stream().map(JsonView::json),
                  "url");
          default -> null;
        });
  }

  /** Of an operation that Dfns carries out once for one {@code externalId}. */
  private static Trace once(BiFunction<Calls, String, Stream<JsonObject>> listing) {
    return new Trace(listing, "externalId", EXTERNAL_ID, List.of(), true);
  }

  private static Trace marked(
      BiFunction<Calls, String, Stream<JsonObject>> listing, String mark, List<String> markAt) {
    return new Trace(listing, mark, markAt, List.of(), false);
  }

  private static Trace like(
      BiFunction<Calls, String, Stream<JsonObject>> listing, String... likeness) {
    return new Trace(listing, null, List.of(), List.of(likeness), false);
  }

  /** Whether what is listed bears the mark. */
  boolean bears(JsonObject entity, String value) {
    List<JsonObject> level = List.of(entity);
    for (String name : markAt.subList(0, markAt.size() - 1)) {
      level =
          level.stream()
              .map(object -> object.get(name))
              .flatMap(
                  member ->
                      member instanceof JsonArray array
                          ? array.elements().stream()
                          : Stream.ofNullable(member))
              .filter(JsonObject.class::isInstance)
              .map(JsonObject.class::cast)
              .toList();
    }
    String last = markAt.get(markAt.size() - 1);
    return level.stream()
        .anyMatch(
            object -> object.get(last) instanceof JsonString text && same(text.value(), value));
  }

  /** The same but for the white space that PEM texts lose or gain at their ends and lines. */
  private static boolean same(String one, String other) {
    return one.equals(other) || one.replaceAll("\\s", "").equals(other.replaceAll("\\s", ""));
  }
}
