package dev.countersign.call;

import static dev.countersign.fuzz.Fuzz.require;

import dev.countersign.action.UserAction;
import dev.countersign.api.keys.KeysOperations;
import dev.countersign.api.wallets.WalletsOperations;
import dev.countersign.approval.WaitId;
import dev.countersign.fuzz.Fuzz;
import dev.countersign.fuzz.FuzzTarget;
import dev.countersign.http.JacksonCodec;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an application stored or somebody else signed comes back whole, or is refused as an argument
 * in a sentence without what is in it. {@code ^} stands for a secret.
 */
public final class StoredTextFuzz extends FuzzTarget {

  private static final JacksonCodec CODEC = new JacksonCodec();
  private static final List<Operation<?>> OPERATIONS =
      List.of(
          WalletsOperations.transferAsset(),
          WalletsOperations.createWallet(),
          KeysOperations.deleteKey(),
          WalletsOperations.listWallets());

  public static Stream<byte[]> seeds() {
    return Fuzz.seeds(
        "\0{\"frozen\":1,\"operation\":\"transferAsset\",\"method\":\"POST\",\"path\":\"/wallets/wa-1/transfers\",\"query\":\"\",\"contentType\":\"application/json\",\"payload\":\"e30=\"}",
        "\1{\"frozen\":1,\"operation\":\"createWallet\",\"method\":\"POST\",\"path\":\"/wallets\",\"query\":\"\",\"contentType\":\"application/json\",\"payload\":\"e30=\",\"body\":\"AAAA\"}",
        "\2{\"frozen\":1,\"operation\":\"deleteKey\",\"method\":\"DELETE\",\"path\":\"/keys/key-1\",\"query\":\"\"}",
        "\3{\"frozen\":1,\"operation\":\"listWallets\",\"method\":\"GET\",\"path\":\"/wallets\",\"query\":\"limit=1&a=%2F\"}",
        "\0{\"frozen\":1,\"operation\":\"^\",\"secret\":\"^\"}",
        "\0{\"challengeIdentifier\":\"^\",\"firstFactor\":{\"kind\":\"Key\",\"credentialAssertion\":{\"credId\":\"^\"}},\"secondFactor\":{\"kind\":\"Totp\"}}",
        "\0transfer:wa-1:xfr-1",
        "\0transaction:wa-1:..",
        "\0change:cr-1:ap-1");
  }

  @Override
  protected void fed(byte[] input) throws Exception {
    Operation<?> operation = OPERATIONS.get(Fuzz.choice(input, OPERATIONS.size()));
    String text = Fuzz.utf8(Fuzz.rest(input)).replace("^", Fuzz.CANARY);
    Fuzz.bounded(input.length, 5_000, () -> frozen(operation, text));
    Fuzz.bounded(input.length, 5_000, () -> signed(text));
    Fuzz.bounded(input.length, 5_000, () -> waited(text));
  }

  private static void frozen(Operation<?> operation, String text) {
    UserAction action = accepted(() -> FrozenText.read(operation, text, CODEC), "");
    if (action == null) {
      return;
    }
    require(action.method().equals(operation.method()), "The method is the operation's");
    require(operation.matches(action.path()), "The path is one of the operation's");
    require(!(action.path() + action.query()).matches("(?s).*[\\s#].*"), "No path has a space");
    if (!action.path().contains(Fuzz.CANARY) && !action.query().contains(Fuzz.CANARY)) {
      Fuzz.requireNoCanary(action); // a path is no secret
    }
    String again;
    try {
      again = FrozenText.write(action, CODEC);
    } catch (IllegalStateException secret) {
      Fuzz.requireNoCanary(secret);
      return;
    }
    UserAction second = FrozenText.read(operation, again, CODEC);
    require(FrozenText.write(second, CODEC).equals(again), "What is stored comes back whole");
    require(java.util.Arrays.equals(second.payload(), action.payload()), "The bytes are the same");
  }

  private static void signed(String text) {
    SignedChallenge challenge = accepted(() -> SignedChallenge.parse(text, CODEC), Fuzz.CANARY);
    if (challenge != null) {
      Fuzz.requireNoCanary(challenge, challenge.identifier());
      require(!challenge.identifier().reveal().isEmpty(), "There is an identifier");
      require(challenge.body().has("firstFactor"), "There is a factor");
    }
  }

  private static void waited(String text) {
    WaitId<?> id = accepted(() -> WaitId.parse(text), Fuzz.CANARY);
    if (id != null) {
      require(id.toString().equals(text), "A wait has one text");
      require(WaitId.parse(id.toString()).equals(id), "A wait is known by its text");
      require(text.matches("[A-Za-z0-9_.~:-]+"), "Nothing in it could be another path");
    }
  }

  /** What is read; null if it is refused as documented. */
  private static <T> @Nullable T accepted(Supplier<T> reading, String secret) {
    try {
      return reading.get();
    } catch (IllegalArgumentException e) {
      require(String.valueOf(e.getMessage()).contains(" "), "A refusal is a sentence");
      if (!secret.isEmpty()) {
        Fuzz.requireAbsent(secret, e);
      }
      return null;
    }
  }
}
