package dev.countersign.simulator.records;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.simulator.spec.Description;
import dev.countersign.simulator.spec.Operation;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** No answer is made up for what is simulated otherwise. */
final class RecordsTest {

  private static final Description DESCRIPTION = Description.load();

  @Test
  void noOperationOfADomainThatIsSimulatedOtherwiseIsARecord() {
    Set<String> records = Records.behaviours(DESCRIPTION).keySet();

    assertThat(DESCRIPTION.operations())
        .filteredOn(operation -> records.contains(operation.id()))
        .extracting(Operation::domain)
        .doesNotContain("keys", "networks", "permissions", "policies", "wallets", "webhooks");
    assertThat(records).doesNotContain("login", "register", "recover", "createUser");
  }

  @Test
  void whatIsNamedIsInTheDescription() {
    Set<String> domains =
        DESCRIPTION.operations().stream().map(Operation::domain).collect(Collectors.toSet());
    assertThat(domains).containsAll(Records.domains());
    assertThat(DESCRIPTION.operations())
        .extracting(Operation::id)
        .containsAll(Records.operations());
  }
}
