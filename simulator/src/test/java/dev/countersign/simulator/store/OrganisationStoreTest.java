package dev.countersign.simulator.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.error.ConfigurationException;
import dev.countersign.simulator.Organisation;
import dev.countersign.simulator.Simulator;
import dev.countersign.simulator.control.Switches;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.state.Journal;
import dev.countersign.simulator.state.Tenant;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrganisationStoreTest {

  @TempDir Path directory;
  private Path file = Path.of("");

  @BeforeEach
  void oneOrganisation() {
    file = directory.resolve("organisations.jsonl");
    try (Simulator simulator = Simulator.builder().store(directory).build()) {
      simulator.organisation().clock().freeze();
    }
  }

  private List<String> names() {
    try (Simulator simulator = Simulator.builder().store(directory).empty().build()) {
      return simulator.organisations().stream().map(Organisation::name).toList();
    }
  }

  @Test
  void whatAKilledProcessBeganToWriteIsCutOff() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    Files.writeString(file, "{\"organisation\":\"or-", StandardOpenOption.APPEND);

    assertThat(names()).containsExactly("default");
    assertThat(Files.readAllBytes(file)).isEqualTo(whole);
  }

  @Test
  void aFirstLineThatWasCutShortIsAnEmptyStore() throws IOException {
    Files.writeString(file, "{\"format\":\"counter");

    assertThat(names()).isEmpty();
  }

  @Test
  void aDamagedLineIsToldAndNothingIsWritten() throws IOException {
    List<String> lines = Files.readAllLines(file);
    Files.writeString(file, String.join("\n", lines.get(0), "{\"organis", lines.get(1)) + "\n");
    byte[] damaged = Files.readAllBytes(file);

    assertThatThrownBy(this::names)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("is damaged or not the simulator's (a line is not JSON)");
    assertThat(Files.readAllBytes(file)).isEqualTo(damaged);
  }

  @Test
  void aLaterVersionIsRefused() throws IOException {
    Files.writeString(file, "{\"format\":\"countersign-simulator-store\",\"version\":2}\n");

    assertThatThrownBy(this::names).hasMessageContaining("does not name this version's format");
  }

  @Test
  void aLongFileIsWrittenAnewAndSaysTheSame() throws IOException {
    StoredLines before = read();
    try (OrganisationStore store = OrganisationStore.open(directory, 4_000)) {
      Journal journal = store.journal(tenant());
      for (int i = 0; i < 1_000; i++) {
        journal.write(
            new Journal.Changes(
                false, Map.of("test/" + i % 3, Json.object().put("number", i)), Set.of()));
      }
    }

    assertThat(Files.size(file)).isLessThan(100_000);
    assertThat(before.rewritten()).hasSameSizeAs(read().rewritten());
    String last = new String(read().rewritten().get(2), StandardCharsets.UTF_8);
    assertThat(last).contains("{\"number\":999}", "{\"number\":998}", "{\"number\":997}");
    assertThat(last).doesNotContain("{\"number\":996}");
  }

  /** The organisation that is in the store, without what it remembers. */
  private static Tenant tenant() {
    return new Tenant(1, "default", Clock.systemUTC(), Switches.defaults(), (tenant, due) -> {});
  }

  private StoredLines read() throws IOException {
    StoredLines lines = new StoredLines();
    assertThat(AppendLog.read(file, lines::accept)).isEqualTo(Files.size(file));
    return lines;
  }
}
