package dev.countersign.simulator.engine;

import static dev.countersign.fuzz.Fuzz.require;

import dev.countersign.fuzz.Fuzz;
import dev.countersign.fuzz.FuzzTarget;
import dev.countersign.simulator.call.Upload;
import dev.countersign.simulator.wire.SimRequest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A multipart body has its two parts as they were put in, or is none. The first line of an input is
 * the content type.
 */
public final class UploadFuzz extends FuzzTarget {

  public static Stream<byte[]> seeds() {
    return Fuzz.seeds(
        "multipart/form-data; boundary=\"b\"\n--b\r\nContent-Disposition: form-data; name=\"data\"\r\n\r\n{}\r\n--b\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\nx\r\n--b--\r\n",
        "multipart/form-data;boundary=b; boundary=c\n--b--",
        "application/json\n{}");
  }

  @Override
  protected void fed(byte[] input) throws Exception {
    String text = Fuzz.latin(input);
    int line = Math.max(text.indexOf('\n'), 0);
    byte[] body = text.substring(line).getBytes(StandardCharsets.ISO_8859_1);
    Fuzz.bounded(input.length, 2_000, () -> read(text.substring(0, line), body));
    written(input);
  }

  private static Optional<Upload> read(String type, byte[] body) {
    SimRequest request = SimRequest.single("POST", "/x", Map.of("Content-Type", type), body);
    Optional<Upload> upload = Upload.of(request);
    require(
        upload.isPresent() || Arrays.equals(Upload.payload(request), body),
        "What is no upload is its own body");
    upload.ifPresent(
        it -> {
          require(it.data().length <= body.length, "A part is of the body");
          require(it.checksum().matches("[0-9a-f]{64}"), "A file has a checksum");
        });
    return upload;
  }

  /** Whatever the file, it comes out as it went in, unless it holds the boundary. */
  private static void written(byte[] input) {
    String file = Fuzz.latin(input);
    if (file.contains("--b0und")) {
      return;
    }
    String body =
        "--b0und\r\nContent-Disposition: form-data; name=\"data\"\r\n\r\n"
            + file
            + "\r\n--b0und\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\n"
            + file
            + "\r\n--b0und--\r\n";
    Optional<Upload> upload =
        read("multipart/form-data; boundary=b0und", body.getBytes(StandardCharsets.ISO_8859_1));
    require(upload.isPresent(), "An upload is read");
    require(Arrays.equals(upload.orElseThrow().data(), input), "The data are as they were");
  }
}
