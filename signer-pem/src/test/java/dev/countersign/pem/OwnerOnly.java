package dev.countersign.pem;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Writes files that only their owner can read, where the file system knows of owners. */
final class OwnerOnly {

  private OwnerOnly() {}

  static Path write(Path file, String text) throws IOException {
    return write(file, PemText.bytes(text));
  }

  static Path write(Path file, byte[] bytes) throws IOException {
    Files.write(file, bytes);
    return withMode(file, "rw-------");
  }

  static Path withMode(Path file, String permissions) throws IOException {
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }
    return file;
  }
}
