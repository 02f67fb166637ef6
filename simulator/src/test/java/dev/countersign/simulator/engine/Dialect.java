package dev.countersign.simulator.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.simulator.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How the official SDKs differ on the wire. */
enum Dialect {
  /** Empty bodies are {@code {}}, signed and sent; lower-case header. */
  TYPESCRIPT("{}", "{}", "x-dfns-useraction") {
    @Override
    ObjectNode clientData(String challenge) {
      return Json.object().put("type", "key.get").put("challenge", challenge);
    }
  },
  /** Empty bodies are signed as {@code {}} and not sent. */
  JAVA("{}", "", "X-DFNS-USERACTION") {
    @Override
    ObjectNode clientData(String challenge) {
      return Json.object()
          .put("type", "key.get")
          .put("challenge", challenge)
          .put("crossOrigin", false);
    }
  },
  /** Empty bodies are signed as nothing; bodies are sent with other spaces than signed. */
  PYTHON("", "", "X-DFNS-USERACTION") {
    @Override
    ObjectNode clientData(String challenge) {
      return Json.object()
          .put("type", "key.get")
          .put("challenge", challenge)
          .put("origin", "https://app.dfns.io")
          .put("crossOrigin", false);
    }

    @Override
    byte[] sent(String text) {
      String spaced = text.replace("\":", "\": ").replace(",\"", ", \"");
      return spaced.getBytes(StandardCharsets.UTF_8);
    }
  },
  /** Sorted client data; the query is part of the signed path. */
  GO("", "", "X-Dfns-Useraction") {
    @Override
    ObjectNode clientData(String challenge) {
      return Json.object()
          .put("challenge", challenge)
          .put("crossOrigin", false)
          .put("type", "key.get");
    }

    @Override
    String signedPath(String target) {
      return target;
    }
  };

  private final String signedNothing;
  private final String sentNothing;
  private final String header;

  Dialect(String signedNothing, String sentNothing, String header) {
    this.signedNothing = signedNothing;
    this.sentNothing = sentNothing;
    this.header = header;
  }

  abstract ObjectNode clientData(String challenge);

  String signedPath(String target) {
    return target.split("\\?", 2)[0];
  }

  byte[] sent(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  String signed(@Nullable String body) {
    return body == null ? signedNothing : body;
  }

  byte[] body(@Nullable String body) {
    return sent(body == null ? sentNothing : body);
  }

  Map<String, String> userAction(String value) {
    return Map.of(header, value);
  }
}
