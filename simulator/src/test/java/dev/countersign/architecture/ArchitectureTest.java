package dev.countersign.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Holds the house to the rules in ARCHITECTURE.md. */
class ArchitectureTest {

  private static final JavaClasses CLASSES = House.classes();

  @TestFactory
  Stream<DynamicTest> rules() {
    return HouseRules.all().entrySet().stream()
        .flatMap(rule -> rule.getValue().stream().map(part -> check(rule.getKey(), part)));
  }

  private static DynamicTest check(int number, ArchRule part) {
    return DynamicTest.dynamicTest(
        "rule " + number + ": " + part.getDescription(), () -> part.check(CLASSES));
  }

  @Test
  void rule0_everyRoomNamedInARuleHasSomebodyInIt() {
    assertThat(House.emptyRooms(CLASSES)).isEmpty();
  }

  @Test
  void rule6_whatEmbeddersSeeOfAdaptersSignersAndSimulatorIsThisList() throws IOException {
    assertThat(PublicTypes.of(CLASSES)).containsExactlyElementsOf(PublicTypes.LIST);
  }
}
