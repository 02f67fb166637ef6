package dev.countersign.simulator.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A directory with files that only their owner can read.
 *
 * <p>What it creates has the mode 700 or 600 from the first moment. Where files have no modes, they
 * have what the directory above them passes on.
 */
final class OwnerOnlyDirectory {

  private static final boolean HAS_MODES =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

  private static final FileAttribute<?>[] DIRECTORY_MODE = mode("rwx------");
  private static final FileAttribute<?>[] FILE_MODE = mode("rw-------");

  private final Path path;
  private final List<Path> written = new CopyOnWriteArrayList<>();

  private OwnerOnlyDirectory(Path path) {
    this.path = path;
  }

  /** A fresh directory among the system's temporary files. */
  static OwnerOnlyDirectory temporary() throws IOException {
    return new OwnerOnlyDirectory(Files.createTempDirectory("dfns-simulator-", DIRECTORY_MODE));
  }

  /** The directory of a path, created with those above it unless it exists. */
  static OwnerOnlyDirectory at(Path path) throws IOException {
    return new OwnerOnlyDirectory(Files.createDirectories(path, DIRECTORY_MODE));
  }

  /** Where a file of that name is or would be. */
  Path file(String name) {
    return path.resolve(name);
  }

  /** Its files whose names match a pattern. */
  List<Path> files(String glob) throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(path, glob)) {
      stream.forEach(files::add);
    }
    return files;
  }

  /** Writes one of its files, whole or not at all, in place of what is there. */
  void write(Path file, String text) throws IOException {
    Path whole = Files.createTempFile(path, file.getFileName().toString(), ".tmp", FILE_MODE);
    try {
      Files.writeString(whole, text, UTF_8);
      Files.move(whole, file, ATOMIC_MOVE, REPLACE_EXISTING);
      written.add(file);
    } finally {
      Files.deleteIfExists(whole);
    }
  }

  /** Deletes what was written, and the directory unless something else is in it. */
  void remove() throws IOException {
    try {
      for (Path file : written) {
        Files.deleteIfExists(file);
      }
      Files.deleteIfExists(path);
    } catch (DirectoryNotEmptyException e) {
      // somebody else's file is not ours to delete
    }
  }

  private static FileAttribute<?>[] mode(String permissions) {
    return HAS_MODES
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  /** Its absolute path. */
  @Override
  public String toString() {
    return path.toString();
  }
}
