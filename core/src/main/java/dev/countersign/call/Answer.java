package dev.countersign.call;

import dev.countersign.error.ProtocolException;
import dev.countersign.json.JsonCodec;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonString;
import dev.countersign.json.JsonType;
import dev.countersign.json.JsonValue;
import dev.countersign.transport.Reply;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * How an operation's successful answer becomes its result.
 *
 * @param <T> the result
 */
public abstract class Answer<T> {

  private Answer() {}

  /** The body is JSON of this type. */
  public static <T> Answer<T> json(JsonType<T> type) {
    return new Answer<>() {
      @Override
      T read(String operation, Reply reply, JsonCodec codec) {
        refuse202(operation, reply, codec);
        return value(operation, type, parse(operation, reply, codec));
      }
    };
  }

  /** The body is text in UTF-8. */
  public static Answer<String> text() {
    return new Answer<>() {
      @Override
      String read(String operation, Reply reply, JsonCodec codec) {
        refuse202(operation, reply, codec);
        return new String(reply.body(), StandardCharsets.UTF_8);
      }
    };
  }

  /**
   * The body is JSON of this type or, if its content type says so, text in UTF-8, which the type
   * reads from a JSON string.
   */
  public static <T> Answer<T> jsonOrText(JsonType<T> type) {
    return new Answer<>() {
      @Override
      T read(String operation, Reply reply, JsonCodec codec) {
        refuse202(operation, reply, codec);
        boolean isText =
            reply
                .header("Content-Type")
                .filter(t -> t.toLowerCase(Locale.ROOT).startsWith("text/"))
                .isPresent();
        JsonValue value =
            isText
                ? JsonString.of(new String(reply.body(), StandardCharsets.UTF_8))
                : parse(operation, reply, codec);
        return value(operation, type, value);
      }
    };
  }

  /** There is nothing to read. */
  public static Answer<NoContent> nothing() {
    return new Answer<>() {
      @Override
      NoContent read(String operation, Reply reply, JsonCodec codec) {
        refuse202(operation, reply, codec);
        return NoContent.DONE;
      }
    };
  }

  /**
   * A policy may hold the operation: 202 is a change request, anything else is read as {@code
   * done}.
   */
  public static <T> Answer<Outcome<T>> outcome(Answer<T> done) {
    return new Answer<>() {
      @Override
      Outcome<T> read(String operation, Reply reply, JsonCodec codec) {
        return reply.status() == 202
            ? Outcome.AwaitingApproval.of(
                value(operation, JsonType.OBJECT, parse(operation, reply, codec)))
            : new Outcome.Done<>(done.read(operation, reply, codec));
      }
    };
  }

  /**
   * Reads a reply whose status is 2xx.
   *
   * @throws ProtocolException if it cannot be read; the message never quotes the body
   */
  abstract T read(String operation, Reply reply, JsonCodec codec);

  private static void refuse202(String operation, Reply reply, JsonCodec codec) {
    if (reply.status() != 202) {
      return;
    }
    String ids = "";
    if (parse(operation, reply, codec) instanceof JsonObject body) {
      Outcome.AwaitingApproval<?> awaiting = Outcome.AwaitingApproval.of(body);
      ids =
          (awaiting.has("id") ? ", change request " + awaiting.changeRequestId() : "")
              + awaiting.approvalId().map(id -> ", approval " + id).orElse("");
    }
    throw new ProtocolException(
        "Dfns answered "
            + operation
            + " with 202 (awaiting approval"
            + ids
            + "), which the API description does not foresee; the change has not taken effect yet");
  }

  private static JsonValue parse(String operation, Reply reply, JsonCodec codec) {
    try {
      return codec.parse(reply.body());
    } catch (ProtocolException e) {
      throw new ProtocolException(
          "Dfns answered "
              + operation
              + " with "
              + reply.status()
              + " and "
              + reply.body().length
              + " bytes that are not JSON: "
              + e.getMessage());
    }
  }

  private static <T> T value(String operation, JsonType<T> type, JsonValue value) {
    try {
      return type.read(value);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new ProtocolException(
          "Dfns answered "
              + operation
              + " with "
              + value.describe()
              + " instead of "
              + type.description());
    }
  }
}
