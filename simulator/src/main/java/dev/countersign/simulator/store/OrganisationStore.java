package dev.countersign.simulator.store;

import dev.countersign.error.ConfigurationException;
import dev.countersign.simulator.state.Journal;
import dev.countersign.simulator.state.Tenant;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A directory in which organisations are kept. What a journal of it has written is there when the
 * process is killed; when the machine fails, the last seconds may be missing. Its file holds
 * secrets and only its owner can read it. Safe for use by several threads at once, and by one
 * process at a time.
 */
public final class OrganisationStore implements AutoCloseable {

  private static final String FILE = "organisations.jsonl";
  private static final String LOCK = "lock";

  /** A file is written anew when it is this long and twice as long as it had to be last time. */
  private static final long LONG = 16L * 1024 * 1024;

  private final Path path;
  private final Path file;
  private final FileChannel owner;
  private final long longEnough;
  private final AtomicReference<AppendLog> log;
  private final AtomicReference<Long> tidyAt;
  private final List<KeptOrganisation> kept;
  private final Set<String> ids = new HashSet<>();
  private final ReentrantLock lock = new ReentrantLock();

  private OrganisationStore(Path path, FileChannel owner, long longEnough) throws IOException {
    this.path = path;
    this.file = path.resolve(FILE);
    this.owner = owner;
    this.longEnough = longEnough;
    StoredLines lines = new StoredLines();
    long whole = AppendLog.read(file, lines::accept);
    if (!lines.isBegun() && !isCutShort()) {
      throw new IllegalArgumentException("it has no first line");
    }
    this.kept = lines.organisations();
    kept.forEach(it -> ids.add(it.id()));
    this.log = new AtomicReference<>(AppendLog.open(file, whole));
    this.tidyAt = new AtomicReference<>(Math.max(longEnough, 2 * whole));
    if (!lines.isBegun()) {
      log.get().append(StoredLines.first());
    }
  }

  /** Whether all that stands in the file is the beginning of a first line. */
  private boolean isCutShort() throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    byte[] first = StoredLines.first();
    return bytes.length <= first.length && Arrays.equals(bytes, Arrays.copyOf(first, bytes.length));
  }

  /**
   * Opens the store of a directory, which is made if it is not there.
   *
   * @throws ConfigurationException if another process has it open, it cannot be written, or what is
   *     there is damaged or something else
   */
  public static OrganisationStore open(Path path) {
    return open(path, LONG);
  }

  static OrganisationStore open(Path path, long longEnough) {
    try {
      Files.createDirectories(path, mode(path, "rwx------"));
      FileChannel owner = owner(path);
      try {
        create(path, path.resolve(FILE));
        return new OrganisationStore(path, owner, longEnough);
      } catch (IOException | RuntimeException e) {
        owner.close();
        throw e;
      }
    } catch (IOException e) {
      throw new ConfigurationException(
          "The simulator cannot write its store in " + path + " (" + e + ")", e);
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(
          "The file "
              + FILE
              + " in "
              + path
              + " is damaged or not the simulator's ("
              + e.getMessage()
              + "); name another directory, or remove it to start anew",
          e);
    }
  }

  /** Makes this process the only one to use a directory. */
  private static FileChannel owner(Path path) throws IOException {
    Path file = path.resolve(LOCK);
    create(path, file);
    FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() != null) {
        return channel;
      }
    } catch (OverlappingFileLockException e) {
      // said below: this very process has it open
    }
    channel.close();
    throw new ConfigurationException(
        "Another simulator has the store in " + path + " open; name another directory");
  }

  private static void create(Path path, Path file) throws IOException {
    try {
      Files.createFile(file, mode(path, "rw-------"));
    } catch (FileAlreadyExistsException e) {
      // it is opened, then
    }
  }

  private static FileAttribute<?>[] mode(Path path, String permissions) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  /** The organisations that were kept when it was opened, in the order they came. */
  public List<KeptOrganisation> organisations() {
    return kept;
  }

  /** Keeps what an organisation writes, which may be kept already. */
  public Journal journal(Tenant tenant) {
    lock.lock();
    try {
      if (ids.add(tenant.id())) {
        append(StoredLines.taken(tenant));
      }
    } finally {
      lock.unlock();
    }
    return changes -> write(StoredLines.changed(tenant.id(), changes));
  }

  /** Forgets an organisation. */
  public void forget(Tenant tenant) {
    lock.lock();
    try {
      if (ids.remove(tenant.id())) {
        append(StoredLines.forgotten(tenant.id()));
      }
    } finally {
      lock.unlock();
    }
  }

  private void write(byte[] line) {
    lock.lock();
    try {
      append(line);
      if (log.get().size() > tidyAt.get()) {
        tidy();
      }
    } finally {
      lock.unlock();
    }
  }

  private void append(byte[] line) {
    try {
      log.get().append(line);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The simulator cannot write its store in " + path + " (" + e.getMessage() + ")", e);
    }
  }

  /**
   * Writes the file anew without what is no longer true. It may fail, as it does on a full disk:
   * the file then stays as it is, and is tried again when it is twice as long.
   */
  private void tidy() {
    tidyAt.set(2 * log.get().size());
    try {
      StoredLines lines = new StoredLines();
      AppendLog.read(file, lines::accept);
      Path shorter = path.resolve(FILE + ".new");
      Files.deleteIfExists(shorter);
      create(path, shorter);
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(shorter))) {
        for (byte[] line : lines.rewritten()) {
          out.write(line);
          out.write('\n');
        }
      }
      AppendLog next = AppendLog.open(shorter, Files.size(shorter));
      AppendLog.replace(file, shorter);
      log.getAndSet(next).close();
      tidyAt.set(Math.max(longEnough, 2 * next.size()));
    } catch (IOException e) {
      // what was appended is there all the same
    }
  }

  /** Closes the file; what is written afterwards fails. */
  @Override
  public void close() {
    lock.lock();
    try {
      log.get().close();
      owner.close();
    } catch (IOException e) {
      throw new UncheckedIOException("The simulator cannot close its store in " + path, e);
    } finally {
      lock.unlock();
    }
  }

  /** Its directory. */
  @Override
  public String toString() {
    return path.toString();
  }
}
