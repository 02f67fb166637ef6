package dev.countersign.call;

import dev.countersign.error.ProtocolException;
import dev.countersign.error.RequestRejectedException;
import dev.countersign.json.JsonCodec;
import dev.countersign.json.JsonNull;
import dev.countersign.json.JsonNumber;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonString;
import dev.countersign.json.JsonValue;
import dev.countersign.transport.Reply;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An error as Dfns words it, whatever generation the wording is of: {@code {"error":{"message":…}}}
 * today, {@code {"error":"…"}} and {@code {"message":…}} from gateways and older versions, or no
 * JSON at all (docs.dfns.co/api-reference/error-codes).
 *
 * <p>Whatever the wording, a secret of the call that it repeats is masked.
 */
final class ErrorReply {

  private static final int MAX_REASON = 500;

  private final Reply reply;
  private final String reason;
  private final @Nullable String errorId;
  private final @Nullable String details;
  private final @Nullable String duplicateId;

  private ErrorReply(
      Reply reply, JsonObject body, String fallback, JsonCodec codec, List<String> secrets) {
    JsonObject error = body.get("error") instanceof JsonObject object ? object : body;
    String message = text(error.get("message"));
    if (message == null) {
      message = text(body.get("error"));
    }
    if (message == null) {
      message = text(body.get("message"));
    }
    JsonValue allDetails = error.has("details") ? error.get("details") : body.get("details");
    this.reply = reply;
    this.reason = readable(mask(message == null ? fallback : message, secrets));
    this.errorId = masked(text(error.get("id")), secrets);
    this.details =
        allDetails == null || allDetails == JsonNull.NULL
            ? null
            : mask(new String(codec.write(allDetails), StandardCharsets.UTF_8), secrets);
    this.duplicateId =
        allDetails instanceof JsonObject d && d.get("duplicate") instanceof JsonObject duplicate
            ? masked(text(duplicate.get("id")), secrets)
            : null;
  }

  static ErrorReply read(Reply reply, JsonCodec codec, List<String> secrets) {
    String fallback = "Dfns gave no reason that could be read (" + described(reply) + ")";
    JsonObject body = JsonObject.empty();
    try {
      if (codec.parse(reply.body()) instanceof JsonObject object) {
        body = object;
      }
    } catch (ProtocolException notJson) {
      // a gateway's page; the fallback says so
    }
    return new ErrorReply(reply, body, fallback, codec, secrets);
  }

  String reason() {
    return reason;
  }

  RequestRejectedException rejection(String operation) {
    return RequestRejectedException.of(operation, reply.status(), reason)
        .errorId(errorId)
        .details(details)
        .duplicateId(duplicateId)
        .build();
  }

  /**
   * What {@code Retry-After} asks for, in seconds or as a date; null if it is not there or not
   * readable.
   */
  static @Nullable Duration retryAfter(Reply reply, Clock clock) {
    String text = reply.header("Retry-After").map(String::trim).orElse("");
    if (text.matches("[0-9]{1,9}")) {
      return Duration.ofSeconds(Long.parseLong(text));
    }
    try {
      Instant at = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      Duration wait = Duration.between(clock.instant(), at);
      return wait.isNegative() ? Duration.ZERO : wait;
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static String described(Reply reply) {
    return reply.header("Content-Type").map(type -> type + ", ").orElse("")
        + reply.body().length
        + " bytes";
  }

  private static @Nullable String text(@Nullable JsonValue value) {
    if (value instanceof JsonString string && !string.value().isBlank()) {
      return string.value();
    }
    return value instanceof JsonNumber number ? number.literal() : null;
  }

  private static @Nullable String masked(@Nullable String text, List<String> secrets) {
    return text == null ? null : readable(mask(text, secrets));
  }

  private static String mask(String text, List<String> secrets) {
    String masked = text;
    for (String secret : secrets) {
      masked = masked.replace(secret, "***");
    }
    return masked;
  }

  private static String readable(String text) {
    String line = text.replaceAll("\\p{Cntrl}+", " ").strip();
    return line.length() <= MAX_REASON ? line : line.substring(0, MAX_REASON) + "…";
  }
}
