package dev.countersign.credential;

import dev.countersign.error.ConfigurationException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;

/**
 * A small file with a secret in it, read whole after a look at who else can read it.
 *
 * <p>The rule is the one PostgreSQL has for its server key: a file of one's own is for its owner
 * only; a file of root's may be read by a group too, because that is how root hands a secret to a
 * service ({@code fsGroup} with mode 0440 in Kubernetes). A file that everybody can read, or that
 * others can write, is refused. Symbolic links are followed, and the file they lead to is what
 * counts. File systems without POSIX permissions are not checked.
 */
public final class SecretFile {

  /** Bytes. */
  private static final int MAXIMUM_SIZE = 1 << 20;

  private static final Set<String> ROOT = Set.of("root", "0");

  private final String name;
  private final Path file;
  private final Readers readers;
  private final String exemption;

  private SecretFile(String name, Path file, Readers readers, String exemption) {
    this.name = name + " " + file.toAbsolutePath();
    this.file = file;
    this.readers = Objects.requireNonNull(readers, "readers");
    this.exemption = Objects.requireNonNull(exemption, "exemption");
  }

  /**
   * A file that has not been looked at yet.
   *
   * @param name what the file is called in messages, such as {@code The key file}
   * @param exemption what to do where a mount leaves no choice, such as {@code add permissions=any
   *     to the pem: URI}
   */
  public static SecretFile of(String name, Path file, Readers readers, String exemption) {
    return new SecretFile(name, file, readers, exemption);
  }

  /** Who else may have access to a file with a secret in it. */
  public enum Readers {
    /** Nobody but its owner, and for a file of root's a group that may read it. */
    OWNER_ONLY,
    /** Whoever the file lets: for secrets that the platform mounts and guards. */
    ANYONE
  }

  /** What the file is called in messages. */
  public String name() {
    return name;
  }

  /**
   * Its bytes, in a new array that the caller wipes.
   *
   * @throws ConfigurationException if it cannot be read, is empty, is larger than 1 MiB, or is open
   *     to others
   */
  public byte[] read() {
    try {
      if (Files.isDirectory(file)) {
        throw refusal("is a directory; name the file in it");
      }
      if (readers == Readers.OWNER_ONLY) {
        requireClosed();
      }
      return bytes();
    } catch (NoSuchFileException e) {
      throw refusal(
          "does not exist; check the path (~ and variables are not expanded) and the mount");
    } catch (AccessDeniedException e) {
      throw refusal(
          "may not be read by this process; give it to the user that runs it, with chown");
    } catch (IOException e) {
      throw new ConfigurationException(name + " cannot be read; check the disk and the mount", e);
    }
  }

  private byte[] bytes() throws IOException {
    byte[] buffer = new byte[MAXIMUM_SIZE + 1];
    try (InputStream in = Files.newInputStream(file)) {
      int length = in.readNBytes(buffer, 0, buffer.length);
      if (length > MAXIMUM_SIZE) {
        throw refusal("is larger than 1 MiB, so it is something else; check the path");
      }
      if (length == 0) {
        throw refusal("is empty; check the path and the mount");
      }
      return Arrays.copyOf(buffer, length);
    } finally {
      Arrays.fill(buffer, (byte) 0);
    }
  }

  private void requireClosed() throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    if (view == null) {
      return;
    }
    PosixFileAttributes attributes = view.readAttributes();
    Set<PosixFilePermission> permissions = attributes.permissions();
    boolean ofRoot = ROOT.contains(attributes.owner().getName());
    if (isOpen(permissions, ofRoot)) {
      throw refusal(
          "is open to others than its owner ("
              + PosixFilePermissions.toString(permissions)
              + "); run: chmod "
              + (ofRoot ? "640 " : "600 ")
              + file.toAbsolutePath()
              + ", in Kubernetes set fsGroup and defaultMode 0440, or where a mount leaves no choice "
              + exemption);
    }
  }

  /** Whether a file with these permissions can be read or written by those who should not. */
  static boolean isOpen(Set<PosixFilePermission> permissions, boolean ofRoot) {
    return permissions.contains(PosixFilePermission.OTHERS_READ)
        || permissions.contains(PosixFilePermission.OTHERS_WRITE)
        || permissions.contains(PosixFilePermission.GROUP_WRITE)
        || (!ofRoot && permissions.contains(PosixFilePermission.GROUP_READ));
  }

  private ConfigurationException refusal(String sentence) {
    return new ConfigurationException(name + " " + sentence);
  }
}
