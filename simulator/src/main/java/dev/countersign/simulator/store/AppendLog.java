package dev.countersign.simulator.store;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * A file of lines to which lines are appended. A line is there whole once {@link #append} has
 * returned, however the process ends then; what a killed process left of an unfinished one is cut
 * off. Used by one thread at a time.
 */
final class AppendLog implements AutoCloseable {

  private final FileChannel channel;
  private final AtomicLong end;

  private AppendLog(FileChannel channel, long end) {
    this.channel = channel;
    this.end = new AtomicLong(end);
  }

  /** Opens a file that is there, and cuts off what stands behind its last whole line. */
  static AppendLog open(Path file, long wholeLines) throws IOException {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
    channel.truncate(wholeLines);
    return new AppendLog(channel, wholeLines);
  }

  /**
   * Reads the whole lines of a file.
   *
   * @return how many bytes they have, their line feeds included
   */
  static long read(Path file, Consumer<byte[]> lines) throws IOException {
    long whole = 0;
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      for (int b = in.read(); b >= 0; b = in.read()) {
        if (b == '\n') {
          whole += line.size() + 1;
          lines.accept(line.toByteArray());
          line.reset();
        } else {
          line.write(b);
        }
      }
    }
    return whole;
  }

  /** Puts another file in the place of this one, at once or not at all. */
  static void replace(Path file, Path by) throws IOException {
    try (FileChannel written = FileChannel.open(by, StandardOpenOption.WRITE)) {
      written.force(true);
    }
    Files.move(by, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Appends a line, or nothing if that fails. */
  void append(byte[] line) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(line.length + 1).put(line).put((byte) '\n').flip();
    long at = end.get();
    try {
      while (bytes.hasRemaining()) {
        at += channel.write(bytes, at);
      }
    } catch (IOException e) {
      channel.truncate(end.get());
      throw e;
    }
    end.set(at);
  }

  /** How long the file is, in bytes. */
  long size() {
    return end.get();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
