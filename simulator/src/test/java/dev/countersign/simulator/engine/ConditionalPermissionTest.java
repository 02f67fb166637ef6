package dev.countersign.simulator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.simulator.spec.ConditionalPermission;
import dev.countersign.simulator.spec.Description;
import dev.countersign.simulator.spec.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a body asks for needs a permission of its own, wherever the description says so. */
final class ConditionalPermissionTest {

  private static final String TO = "0x00000000000000000000000000000000000000Aa";

  private final World world = new World();

  record Case(Operation operation, ConditionalPermission conditional) {}

  static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (Operation operation : Description.load().operations()) {
      operation.conditionalPermissions().forEach(it -> cases.add(new Case(operation, it)));
    }
    assertThat(cases).hasSizeGreaterThan(10);
    return cases;
  }

  /** A body that meets a condition: permissions are asked before the body is looked at. */
  private static String meeting(ConditionalPermission conditional) {
    String[] path = conditional.bodyHas().split("\\.");
    String json = conditional.bodyHas().isEmpty() ? "{}" : "\"x\"";
    for (int i = path.length - 1; i >= 0 && !conditional.bodyHas().isEmpty(); i--) {
      json = "{\"" + path[i] + "\":" + json + "}";
    }
    return json;
  }

  private String target(Operation operation) {
    return operation.path().replaceAll("[{][a-zA-Z]+[}]", "x-1");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void itIsNeededWhenItsConditionHolds(Case it) {
    String body = meeting(it.conditional());
    if (!it.conditional().walletOwnerKind().isEmpty()) {
      return; // below, with a wallet that has an owner
    }
    Set<String> needed = new TreeSet<>(it.operation().permissions());
    for (ConditionalPermission other : it.operation().conditionalPermissions()) {
      if (!other.equals(it.conditional())) {
        needed.add(other.permission());
      }
    }
    TestClient without = world.human("without", needed.toArray(String[]::new));

    Response refused = without.signed(it.operation().method(), target(it.operation()), body);

    assertThat(refused.status()).as(refused.toString()).isEqualTo(403);
    assertThat(refused.message()).endsWith("(" + it.conditional().permission() + ")");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void withItTheCallGoesOn(Case it) {
    Set<String> needed = new TreeSet<>(it.operation().permissions());
    it.operation().conditionalPermissions().forEach(other -> needed.add(other.permission()));
    TestClient with = world.human("with", needed.toArray(String[]::new));

    Response answer =
        with.signed(it.operation().method(), target(it.operation()), meeting(it.conditional()));

    assertThat(answer.status()).as(answer.toString()).isIn(400, 404);
  }

  @Test
  void feesOfAnEndUsersWalletNeedItAndOthersDoNot() {
    String own = world.admin.post("/wallets", "{\"network\":\"EthereumSepolia\"}").text("/id");
    String user = world.endUser("owner").identity.userId();
    String theirs =
        world
            .admin
            .post("/wallets", "{\"network\":\"EthereumSepolia\",\"delegateTo\":\"" + user + "\"}")
            .text("/id");
    String body = "{\"walletId\":\"%s\",\"feeSponsorId\":\"fs-1\"}";
    Set<String> needs =
        new TreeSet<>(
            Description.load().operations().stream()
                .filter(it -> it.id().equals("createSwap"))
                .findFirst()
                .orElseThrow()
                .permissions());
    TestClient caller = world.serviceAccount("caller", needs.toArray(String[]::new));

    assertThat(caller.post("/swaps", body.formatted(theirs)).message())
        .endsWith("(FeeSponsors:Use)");
    assertThat(caller.post("/swaps", body.formatted(own)).status()).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource({"none, 404", "active, 200", "deactivated, 422"})
  void aFeeSponsorIsThereAndPays(String sponsor, int status) {
    String wallet = world.admin.post("/wallets", "{\"network\":\"EthereumSepolia\"}").text("/id");
    String id =
        sponsor.equals("none")
            ? "fs-none"
            : world.admin.post("/fee-sponsors", "{\"walletId\":\"" + wallet + "\"}").text("/id");
    if (sponsor.equals("deactivated")) {
      world.admin.put("/fee-sponsors/" + id + "/deactivate", null);
    }

    Response answer =
        world.admin.post(
            "/wallets/" + wallet + "/transfers",
            "{\"kind\":\"Native\",\"to\":\""
                + TO
                + "\",\"amount\":\"1\",\"feeSponsorId\":\""
                + id
                + "\"}");

    assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
  }
}
