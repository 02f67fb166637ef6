package dev.countersign.simulator.store;

import com.fasterxml.jackson.databind.JsonNode;
import dev.countersign.error.ConfigurationException;
import dev.countersign.simulator.json.Json;
import dev.countersign.simulator.state.Journal;
import dev.countersign.simulator.state.Tenant;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.StringDataType;

/**
 * A directory in which organisations are kept, one entry for each entity. What a journal of it has
 * written is there when the process is killed; when the machine fails, the last seconds may be
 * missing. Its file holds secrets and only its owner can read it. Safe for use by several threads
 * at once, and by one process at a time.
 */
public final class OrganisationStore implements AutoCloseable {

  private static final String FILE = "organisations.mv";
  private static final String DIRECTORY = "organisations";
  private static final int VERSION = 1;

  /** After how many commits space is taken back that older ones left, and how much at most. */
  private static final int TIDYING = 256;

  private static final int TIDIED = 4 * 1024 * 1024;

  private final Path path;
  private final MVStore store;
  private final MVMap<String, byte[]> directory;
  private final ReentrantLock lock = new ReentrantLock();

  private OrganisationStore(Path path, MVStore store) {
    this.path = path;
    this.store = store;
    this.directory = map(DIRECTORY);
  }

  /**
   * Opens the store of a directory, which is made if it is not there.
   *
   * @throws ConfigurationException if another process has it open, it cannot be written, or what is
   *     there is damaged or something else
   */
  public static OrganisationStore open(Path path) {
    Path file = path.resolve(FILE);
    try {
      create(path, file);
      MVStore store =
          new MVStore.Builder()
              .fileName(file.toString())
              .autoCommitDisabled()
              .autoCommitBufferSize(0)
              .cacheSize(1)
              .open();
      try {
        return opened(path, store);
      } catch (RuntimeException e) {
        store.closeImmediately();
        throw e;
      }
    } catch (IOException e) {
      throw new ConfigurationException(
          "The simulator cannot write its store in " + path + " (" + e + ")", e);
    } catch (MVStoreException e) {
      throw new ConfigurationException(sentence(path, e), e);
    }
  }

  private static OrganisationStore opened(Path path, MVStore store) {
    boolean isNew = store.getMapNames().isEmpty();
    if (!isNew && store.getStoreVersion() != VERSION) {
      throw new ConfigurationException(
          "The file "
              + FILE
              + " in "
              + path
              + " is not of this version of the simulator; name another directory");
    }
    store.setRetentionTime(0);
    store.setVersionsToKeep(0);
    store.setStoreVersion(VERSION);
    OrganisationStore opened = new OrganisationStore(path, store);
    store.commit();
    return opened;
  }

  private static String sentence(Path path, MVStoreException e) {
    if (e.getErrorCode() == DataUtils.ERROR_FILE_LOCKED) {
      return "Another simulator has the store in " + path + " open; name another directory";
    }
    if (e.getErrorCode() == DataUtils.ERROR_WRITING_FAILED) {
      return "The simulator cannot write its store in " + path;
    }
    return "The file "
        + FILE
        + " in "
        + path
        + " is damaged or not the simulator's; name another directory, or remove it to start anew";
  }

  private static void create(Path path, Path file) throws IOException {
    Files.createDirectories(path, mode(path, "rwx------"));
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

  /** The organisations that are kept, in the order they came. */
  public List<KeptOrganisation> organisations() {
    record Numbered(long number, KeptOrganisation kept) {}
    List<Numbered> all = new ArrayList<>();
    try {
      directory.forEach(
          (id, bytes) -> {
            JsonNode entry = read(bytes);
            all.add(
                new Numbered(
                    entry.path("number").longValue(),
                    new KeptOrganisation(
                        entry.path("seed").longValue(),
                        entry.path("name").textValue(),
                        Tenant.moment(entries(id)))));
          });
    } catch (MVStoreException | IllegalArgumentException e) {
      throw new ConfigurationException(
          "The store in " + path + " is damaged; remove it to start anew (" + e.getMessage() + ")",
          e);
    }
    return all.stream()
        .sorted(Comparator.comparingLong(Numbered::number))
        .map(Numbered::kept)
        .toList();
  }

  /** Keeps what an organisation writes, which may be kept already. */
  public Journal journal(Tenant tenant) {
    lock.lock();
    try {
      if (!directory.containsKey(tenant.id())) {
        JsonNode entry =
            Json.object()
                .put("seed", tenant.seedNumber())
                .put("name", tenant.name())
                .put("number", store.getCurrentVersion());
        directory.put(tenant.id(), Json.bytes(entry));
      }
    } finally {
      lock.unlock();
    }
    MVMap<String, byte[]> map = map(tenant.id());
    return changes -> write(map, changes);
  }

  private void write(MVMap<String, byte[]> map, Journal.Changes changes) {
    lock.lock();
    try {
      if (changes.anew()) {
        map.clear();
      }
      changes.put().forEach((key, value) -> map.put(key, Json.bytes(value)));
      changes.removed().forEach(map::remove);
      commit();
    } catch (MVStoreException e) {
      throw new IllegalStateException("The simulator cannot write its store in " + path, e);
    } finally {
      lock.unlock();
    }
  }

  /** Forgets an organisation. */
  public void forget(Tenant tenant) {
    lock.lock();
    try {
      directory.remove(tenant.id());
      store.removeMap(map(tenant.id()));
      commit();
    } finally {
      lock.unlock();
    }
  }

  private void commit() {
    long version = store.commit();
    if (version % TIDYING == 0) {
      store.compact(50, TIDIED);
    }
  }

  /** Closes the file; what is written afterwards fails. */
  @Override
  public void close() {
    lock.lock();
    try {
      store.close();
    } finally {
      lock.unlock();
    }
  }

  private Map<String, JsonNode> entries(String id) {
    Map<String, JsonNode> entries = new TreeMap<>();
    map(id).forEach((key, bytes) -> entries.put(key, read(bytes)));
    return entries;
  }

  private static JsonNode read(byte[] bytes) {
    return Json.parse(bytes)
        .orElseThrow(() -> new IllegalArgumentException("an entry is not JSON"));
  }

  private MVMap<String, byte[]> map(String name) {
    return store.openMap(
        name,
        new MVMap.Builder<String, byte[]>()
            .keyType(StringDataType.INSTANCE)
            .valueType(ByteArrayDataType.INSTANCE));
  }

  /** Its directory. */
  @Override
  public String toString() {
    return path.toString();
  }
}
