package dev.countersign.approval;

import dev.countersign.api.keys.KeysApi;
import dev.countersign.api.keys.ListSignaturesQuery;
import dev.countersign.api.policies.ApprovalStatus;
import dev.countersign.api.policies.ListApprovalsQuery;
import dev.countersign.api.policies.PoliciesApi;
import dev.countersign.api.policies.PolicyApproval;
import dev.countersign.api.wallets.ListTransactionsQuery;
import dev.countersign.api.wallets.ListTransfersQuery;
import dev.countersign.api.wallets.WalletsApi;
import dev.countersign.call.Calls;
import dev.countersign.call.PagedCall;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonType;
import dev.countersign.json.JsonValue;
import dev.countersign.json.JsonView;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The requests that looking takes; each is a call of the engine, within its rate budget. */
final class Looks {

  private static final JsonType<List<JsonValue>> ITEMS = JsonType.ANY.list();

  private final WalletsApi wallets;
  private final KeysApi keys;
  private final PoliciesApi policies;

  Looks(Calls calls) {
    this.wallets = WalletsApi.over(calls);
    this.keys = KeysApi.over(calls);
    this.policies = PoliciesApi.over(calls);
  }

  /** One page of a list: what is on it, and what the next is fetched with. */
  record Page(List<JsonObject> items, Optional<String> next) {

    /** Leaves out what is no object: nobody waits for that. */
    static Page of(JsonView page) {
      JsonValue items = page.json().get("items");
      List<JsonValue> all = items == null ? List.of() : ITEMS.read(items);
      return new Page(
          all.stream().filter(JsonObject.class::isInstance).map(JsonObject.class::cast).toList(),
          page.json().text("nextPageToken"));
    }
  }

  CompletableFuture<JsonObject> one(WaitId<?> id) {
    return switch (id.kind().name()) {
      case "transfer" -> json(wallets.getTransfer(id.parent(), id.id()).executeAsync());
      case "transaction" -> json(wallets.getTransaction(id.parent(), id.id()).executeAsync());
      case "signature" -> json(keys.getSignature(id.parent(), id.id()).executeAsync());
      default -> json(policies.getApproval(id.id()).executeAsync());
    };
  }

  CompletableFuture<PolicyApproval> approval(String id) {
    return policies.getApproval(id).executeAsync();
  }

  /**
   * A page of a shelf; of approvals only those that are pending.
   *
   * @param size how many on it; 0 for as many as Dfns likes
   */
  CompletableFuture<Page> page(Shelf shelf, @Nullable String token, int size) {
    return switch (shelf.list()) {
      case "transfer" -> {
        ListTransfersQuery.Builder query = ListTransfersQuery.builder();
        yield page(
            wallets.listTransfers(
                shelf.parent(), (token == null ? query : query.paginationToken(token)).build()),
            size);
      }
      case "transaction" -> {
        ListTransactionsQuery.Builder query = ListTransactionsQuery.builder();
        yield page(
            wallets.listTransactions(
                shelf.parent(), (token == null ? query : query.paginationToken(token)).build()),
            size);
      }
      case "signature" -> {
        ListSignaturesQuery.Builder query = ListSignaturesQuery.builder();
        yield page(
            keys.listSignatures(
                shelf.parent(), (token == null ? query : query.paginationToken(token)).build()),
            size);
      }
      default -> {
        ListApprovalsQuery.Builder query =
            ListApprovalsQuery.builder().status(ApprovalStatus.PENDING);
        yield page(
            policies.listApprovals((token == null ? query : query.paginationToken(token)).build()),
            size);
      }
    };
  }

  private static CompletableFuture<Page> page(PagedCall<? extends JsonView, ?> call, int size) {
    return (size == 0 ? call : call.pageSize(size)).executeAsync().thenApply(Page::of);
  }

  private static CompletableFuture<JsonObject> json(CompletableFuture<? extends JsonView> look) {
    return look.thenApply(JsonView::json);
  }
}
