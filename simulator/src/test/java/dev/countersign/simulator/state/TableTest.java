package dev.countersign.simulator.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countersign.simulator.json.Json;
import org.junit.jupiter.api.Test;

/** A table finds its entities by identifier and index, in the order they came. */
final class TableTest {

  private static final TableKey KEY = TableKey.of("things").by("colour");

  private static Entity thing(String id, String colour) {
    return Entity.of(id, Json.object().put("colour", colour));
  }

  @Test
  void aChangedEntityKeepsItsPlaceAndMovesInTheIndex() {
    Table table =
        Table.empty(KEY)
            .with(thing("a", "red"))
            .with(thing("b", "red"))
            .with(thing("c", "blue"))
            .with(thing("a", "blue"));

    assertThat(table.all().map(Entity::id)).containsExactly("a", "b", "c");
    assertThat(table.where("colour", "red").map(Entity::id)).containsExactly("b");
    assertThat(table.where("colour", "blue").map(Entity::id)).containsExactly("a", "c");
    assertThat(table.latestWhere("colour", "blue").map(Entity::id)).containsExactly("c", "a");
  }

  @Test
  void aRemovedEntityIsFoundNowhere() {
    Table table = Table.empty(KEY).with(thing("a", "red")).with(thing("b", "red")).without("a");

    assertThat(table.find("a")).isEmpty();
    assertThat(table.size()).isEqualTo(1);
    assertThat(table.where("colour", "red").map(Entity::id)).containsExactly("b");
  }

  @Test
  void aPositionIsNotUsedAgain() {
    Table table = Table.empty(KEY).with(thing("a", "red")).with(thing("b", "red"));
    long last = table.after(0).map(Table.Row::position).reduce((x, y) -> y).orElseThrow();

    Table later = table.without("b").with(thing("c", "red"));

    assertThat(later.after(last).map(row -> row.entity().id())).containsExactly("c");
  }

  @Test
  void anEntityWithoutTheFieldIsNotInTheIndex() {
    Table table = Table.empty(KEY).with(Entity.of("a", Json.object()));

    assertThat(table.where("colour", "")).isEmpty();
    assertThat(table.size()).isEqualTo(1);
  }

  @Test
  void anIndexThatDoesNotExistIsAMistake() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Table.empty(KEY).where("size", "1"))
        .withMessageContaining("size");
  }
}
