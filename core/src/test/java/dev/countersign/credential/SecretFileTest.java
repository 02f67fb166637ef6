package dev.countersign.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.countersign.error.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretFileTest {

  private static final byte[] CONTENT = {1, 2, 3};
  private static final int MEBIBYTE = 1 << 20;

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void writeFile() throws IOException {
    file = write(folder.resolve("secret"), CONTENT);
  }

  @Test
  void aFileOfItsOwnersIsReadWhole() {
    assertThat(read(file)).isEqualTo(CONTENT);
  }

  @Test
  void aFileOfTheLargestSizeIsRead() throws IOException {
    write(file, new byte[MEBIBYTE]);
    assertThat(read(file)).hasSize(MEBIBYTE);
  }

  @Test
  void aLargerFileIsRefused() throws IOException {
    write(file, new byte[MEBIBYTE + 1]);
    requireRefusal(file, "is larger than 1 MiB", "check the path");
  }

  @Test
  void anEmptyFileIsRefused() throws IOException {
    write(file, new byte[0]);
    requireRefusal(file, "is empty", "check the path and the mount");
  }

  @Test
  void aMissingFileIsRefused() {
    requireRefusal(folder.resolve("~/secret"), "does not exist", "~ and variables");
  }

  @Test
  void aDirectoryIsRefused() {
    requireRefusal(folder, "is a directory", "name the file in it");
  }

  @Test
  void aFileInAFileIsRefused() {
    requireRefusal(file.resolve("secret"), "check the", "mount");
  }

  @Test
  void aFileThatTheProcessMayNotReadIsRefused() throws IOException {
    withMode(file, "-w-------");
    assumeFalse(Files.isReadable(file), "root reads everything");
    requireRefusal(file, "may not be read by this process", "chown");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r--r--", "r--r--r--", "rw-----w-", "rw--w----"})
  void aFileThatIsOpenToOthersIsRefusedWithTheRemedies(String mode) throws IOException {
    assumePosix();
    withMode(file, mode);
    requireRefusal(
        file,
        "(" + mode + ")",
        "run: chmod 6",
        file.toString(),
        "defaultMode 0440",
        "or where a mount leaves no choice set permissions to any");
  }

  @Test
  void aFileThatIsOpenToOthersIsReadIfThatIsSaidToBeRight() throws IOException {
    withMode(file, "rw-rw-rw-");
    assertThat(read(file, SecretFile.Readers.ANYONE)).isEqualTo(CONTENT);
  }

  /** Kubernetes mounts a secret's files as links to links. */
  @Test
  void aLinkIsFollowedAndTheFileItLeadsToCounts() throws IOException {
    assumePosix();
    Path link = Files.createSymbolicLink(folder.resolve("link"), file.getFileName());
    Path linkToLink = Files.createSymbolicLink(folder.resolve("link2"), link.getFileName());
    assertThat(read(linkToLink)).isEqualTo(CONTENT);
    withMode(file, "rw-r--r--");
    requireRefusal(linkToLink, "is open to others", linkToLink.toString());
  }

  @Test
  void aLinkThatLeadsNowhereIsRefused() throws IOException {
    assumePosix();
    Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("nowhere"));
    requireRefusal(link, "does not exist", "mount");
  }

  @ParameterizedTest(name = "{0}: of one''s own {1}, of root''s {2}")
  @CsvSource({
    "rw-------, closed, closed",
    "r--------, closed, closed",
    "r-x--x--x, closed, closed",
    "r--r-----, open, closed",
    "rw-r-----, open, closed",
    "rw-rw----, open, open",
    "rw--w----, open, open",
    "rw----r--, open, open",
    "rw-----w-, open, open",
    "rw-r--r--, open, open",
    "rwxrwxrwx, open, open",
  })
  void theGroupMayReadWhatIsRoots(String mode, String ofOnesOwn, String ofRoot) {
    var permissions = PosixFilePermissions.fromString(mode);
    assertThat(SecretFile.isOpen(permissions, false)).isEqualTo(ofOnesOwn.equals("open"));
    assertThat(SecretFile.isOpen(permissions, true)).isEqualTo(ofRoot.equals("open"));
  }

  @Test
  void theOwnerOfTheFileDecidesWhichRuleHolds() throws IOException {
    assumePosix();
    withMode(file, "rw-r-----");
    if (Files.getOwner(file).getName().equals("root")) {
      assertThatCode(() -> read(file)).doesNotThrowAnyException();
    } else {
      requireRefusal(file, "run: chmod 600 " + file);
    }
  }

  private void assumePosix() {
    assumeTrue(file.getFileSystem().supportedFileAttributeViews().contains("posix"));
  }

  private static byte[] read(Path file) {
    return read(file, SecretFile.Readers.OWNER_ONLY);
  }

  private static byte[] read(Path file, SecretFile.Readers readers) {
    return SecretFile.of("The file", file, readers, "set permissions to any").read();
  }

  private static Path write(Path file, byte[] bytes) throws IOException {
    return withMode(Files.write(file, bytes), "rw-------");
  }

  private static Path withMode(Path file, String permissions) throws IOException {
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }
    return file;
  }

  private static void requireRefusal(Path file, String... sentence) {
    assertThatThrownBy(() -> read(file))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("The file " + file + " ")
        .hasMessageContainingAll(sentence);
  }
}
