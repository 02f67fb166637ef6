package dev.countersign.jdbc;

import dev.countersign.error.ConfigurationException;
import dev.countersign.error.ServiceUnavailableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * A folder that its owner alone may enter, where the file system knows owners, and that one journal
 * has at a time. The system gives it up when its process ends, however that ends.
 */
final class OwnersFolder {

  private static final Set<PosixFilePermission> OWNER =
      PosixFilePermissions.fromString("rwx------");

  private final FileChannel lock;

  private OwnersFolder(FileChannel lock) {
    this.lock = lock;
  }

  /** Makes it if it is missing. */
  static OwnersFolder take(Path folder) {
    try {
      make(folder.toAbsolutePath());
      return lock(folder);
    } catch (IOException e) {
      throw new ServiceUnavailableException(
          "The folder " + folder + " of a journal cannot be used: " + e, e);
    }
  }

  private static void make(Path folder) throws IOException {
    Path parent = folder.getParent();
    if (parent == null) {
      throw new IllegalArgumentException("A journal has a folder of its own, not " + folder);
    }
    Files.createDirectories(parent);
    boolean knowsOwners = Files.getFileStore(parent).supportsFileAttributeView("posix");
    if (!Files.isDirectory(folder)) {
      if (knowsOwners) {
        Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(OWNER));
      } else {
        Files.createDirectory(folder);
      }
    }
    if (knowsOwners && !OWNER.containsAll(Files.getPosixFilePermissions(folder))) {
      throw new ConfigurationException(
          "A journal holds who is paid what, and others than its owner may enter its folder "
              + folder
              + "; run: chmod 700 "
              + folder
              + ", or name a folder in it, which is then made");
    }
  }

  private static OwnersFolder lock(Path folder) throws IOException {
    FileChannel channel =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    boolean taken = false;
    try {
      taken = channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      // this process has it
    } finally {
      if (!taken) {
        channel.close();
      }
    }
    if (!taken) {
      throw new ServiceUnavailableException(
          "The journal in " + folder + " is open already, in this process or another", null);
    }
    return new OwnersFolder(channel);
  }

  void close() {
    try {
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
