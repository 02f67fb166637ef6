package dev.countersign.call;

import static dev.countersign.fuzz.Fuzz.require;

import dev.countersign.api.wallets.WalletsOperations;
import dev.countersign.error.ProtocolException;
import dev.countersign.error.RequestRejectedException;
import dev.countersign.fuzz.Fuzz;
import dev.countersign.fuzz.FuzzTarget;
import dev.countersign.http.JacksonCodec;
import dev.countersign.transport.Reply;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A reply is read, or refused by the documented exception; what it repeats of the call's secrets is
 * masked. The first byte of an input is the status, its first line {@code Retry-After}, the rest
 * the body, in which {@code ^} stands for a secret.
 */
public final class ReplyFuzz extends FuzzTarget {

  private static final JacksonCodec CODEC = new JacksonCodec();
  private static final int[] STATUSES = {200, 202, 400, 401, 403, 404, 409, 429, 500, 502};
  private static final Clock CLOCK =
      Clock.fixed(Instant.ofEpochSecond(1_767_225_600), ZoneOffset.UTC);
  private static final List<Operation<?>> OPERATIONS =
      List.of(
          WalletsOperations.getWallet(),
          WalletsOperations.listWallets(),
          WalletsOperations.transferAsset(),
          WalletsOperations.createWallet(),
          WalletsOperations.listTransfers());

  public static Stream<byte[]> seeds() {
    return Fuzz.seeds(
        "\0\n{\"id\":\"wa-1\",\"network\":\"EthereumSepolia\",\"status\":\"Active\",\"dateCreated\":\"2026-01-01T00:00:00Z\",\"custodial\":true,\"tags\":[\"a\"],\"signingKey\":{\"curve\":\"secp256k1\",\"scheme\":\"ECDSA\",\"publicKey\":\"02\"}}",
        "\0\n{\"items\":[{\"id\":\"wa-1\"}],\"nextPageToken\":\"^\"}",
        "\1\n{\"id\":\"cr-1\",\"approvalId\":\"ap-1\",\"accessToken\":\"^\"}",
        "\2\n{\"error\":{\"message\":\"no ^\",\"id\":\"^\",\"details\":{\"duplicate\":{\"id\":\"^\"},\"^\":1}}}",
        "\3\n{\"message\":\"^\",\"error\":\"^\"}",
        "\7" + "120\n^",
        "\7Wed, 21 Oct 2026 07:28:00 GMT\n<html>^</html>",
        "\7999999999\n{\"error\":{\"message\":1.50,\"id\":1}}");
  }

  @Override
  protected void fed(byte[] input) throws Exception {
    int line = 1;
    while (line < input.length && input[line] != '\n') {
      line++;
    }
    String retryAfter = line < input.length ? Fuzz.latin(Arrays.copyOfRange(input, 1, line)) : "";
    byte[] rest = Arrays.copyOfRange(input, Math.min(line + 1, input.length), input.length);
    byte[] body = Fuzz.latin(rest).replace("^", Fuzz.CANARY).getBytes(StandardCharsets.ISO_8859_1);
    Reply reply =
        Reply.of(
            STATUSES[Fuzz.choice(input, STATUSES.length)],
            Map.of(
                "Retry-After", List.of(retryAfter), "Content-Type", List.of("text/" + retryAfter)),
            body);
    Fuzz.bounded(body.length, 10_000, () -> read(reply));
  }

  private static void read(Reply reply) {
    Fuzz.requireNoCanary(reply);
    Duration wait = ErrorReply.retryAfter(reply, CLOCK);
    require(wait == null || !wait.isNegative(), "A wait is not negative");
    if (reply.status() >= 300) {
      RequestRejectedException rejection =
          ErrorReply.read(reply, CODEC, List.of(Fuzz.CANARY)).rejection("createWallet");
      Fuzz.requireNoCanary(rejection, rejection.reason(), rejection.errorId(), rejection.details());
      Fuzz.requireNoCanary(rejection.duplicateId());
      require(rejection.reason().length() <= 501, "A reason is no page");
      require(!rejection.reason().matches("(?s).*\\p{Cntrl}.*"), "A reason is one line");
      return;
    }
    for (Operation<?> operation : OPERATIONS) {
      try {
        Object answer = operation.answer().read(operation.name(), reply, CODEC);
        ask(answer);
        ask(answer instanceof Outcome.Done<?> done ? done.value() : answer);
      } catch (ProtocolException e) {
        require(e.getCause() == null, "No message of a parser is passed on");
        if (reply.status() != 202) { // then it names the change request and its approval
          Fuzz.requireNoCanary(e);
        }
      }
    }
  }

  /** Every accessor answers, or throws the exception of an answer that cannot be read. */
  private static void ask(Object answer) {
    for (Method method : answer.getClass().getMethods()) {
      if (method.getParameterCount() > 0
          || Modifier.isStatic(method.getModifiers())
          || !method.getDeclaringClass().getName().startsWith("dev.countersign.")) {
        continue;
      }
      try {
        method.invoke(answer);
      } catch (InvocationTargetException e) {
        require(
            e.getCause() instanceof ProtocolException,
            method.getName() + " throws " + e.getCause());
        Fuzz.requireNoCanary(e.getCause());
      } catch (IllegalAccessException e) {
        throw new AssertionError(e);
      }
    }
  }
}
