package dev.countersign.simulator.door;

import com.github.tomakehurst.wiremock.common.BinaryFile;
import com.github.tomakehurst.wiremock.common.Errors;
import com.github.tomakehurst.wiremock.common.FileSource;
import com.github.tomakehurst.wiremock.common.NotPermittedException;
import com.github.tomakehurst.wiremock.common.TextFile;
import java.io.File;
import java.net.URI;
import java.util.List;

/**
 * A file source without files.
 *
 * <p>WireMock's default is {@code src/test/resources} of whoever embeds it: it would serve their
 * files, load their stubs before ours, and save stubs among them.
 */
final class NoFiles implements FileSource {

  /** Where no directory can be. */
  private static final String NOWHERE = "/dev/null/none";

  @Override
  public BinaryFile getBinaryFileNamed(String name) {
    throw refusal();
  }

  @Override
  public TextFile getTextFileNamed(String name) {
    throw refusal();
  }

  @Override
  public void createIfNecessary() {}

  @Override
  public FileSource child(String name) {
    return this;
  }

  @Override
  public String getPath() {
    return NOWHERE;
  }

  @Override
  public URI getUri() {
    return new File(NOWHERE).toURI();
  }

  @Override
  public List<TextFile> listFilesRecursively() {
    return List.of();
  }

  @Override
  public void writeTextFile(String name, String contents) {
    throw refusal();
  }

  @Override
  public void writeBinaryFile(String name, byte[] contents) {
    throw refusal();
  }

  @Override
  public boolean exists() {
    return false;
  }

  @Override
  public void deleteFile(String name) {
    throw refusal();
  }

  private static NotPermittedException refusal() {
    return new NotPermittedException(
        Errors.single(
            40, "The simulator has no files: put a body into its stub, and save nothing"));
  }
}
