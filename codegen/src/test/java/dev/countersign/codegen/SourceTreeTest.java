package dev.countersign.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceTreeTest {

  private static final FileTime LONG_AGO = FileTime.from(Instant.EPOCH);

  @TempDir private Path folder;

  private void generate(String schemas) {
    Path file = Descriptions.write(folder, Descriptions.text("", schemas));
    Codegen.main(new String[] {file.toString(), out().toString()});
  }

  private Path out() {
    return folder.resolve("out");
  }

  private Path source(String name) {
    return out().resolve("dev/countersign/api/things").resolve(name + ".java");
  }

  @Test
  void whatDidNotChangeIsNotTouched() throws IOException {
    String a = Descriptions.object("A", "", "");
    generate(a + "," + Descriptions.object("B", "", ""));
    Files.setLastModifiedTime(source("A"), LONG_AGO);
    Files.setLastModifiedTime(source("B"), LONG_AGO);
    generate(a + "," + Descriptions.object("B", "'x': {'type': 'string'}", ""));
    assertThat(Files.getLastModifiedTime(source("A"))).isEqualTo(LONG_AGO);
    assertThat(Files.getLastModifiedTime(source("B"))).isGreaterThan(LONG_AGO);
  }

  @Test
  void whatIsStaleGoes() {
    generate(Descriptions.object("A", "", "") + "," + Descriptions.object("B", "", ""));
    generate(Descriptions.object("A", "", ""));
    assertThat(source("A")).exists();
    assertThat(source("B")).doesNotExist();
  }

  @Test
  void theFacadeAndThePackagesAreThere() {
    generate("");
    assertThat(out().resolve("dev/countersign/Dfns.java")).content().contains("ThingsApi things()");
    assertThat(source("package-info")).content().contains("/** Things. For everyone");
    assertThat(source("CallsThingsApi")).content().doesNotContain("public final class");
  }
}
