package dev.countersign.simulator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.simulator.crypto.Recent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A token that came before is recognised: nothing but its very text is. */
final class RecognisedTokenTest {

  private final World world = new World();
  private final TestClient reader = world.serviceAccount("reader", "Wallets:Read");

  @Test
  void noPartOfARecognisedTokenMayChange() {
    assertThat(reader.get("/wallets").status()).isEqualTo(200);
    String token = reader.identity.token();
    List<Integer> statuses = new ArrayList<>();
    for (int i = 0; i < token.length(); i += 7) {
      char other = token.charAt(i) == 'A' ? 'B' : 'A';
      String changed = token.substring(0, i) + other + token.substring(i + 1);
      statuses.add(reader.bearing(changed).get("/wallets").status());
    }

    assertThat(statuses).isNotEmpty().containsOnly(401);
    assertThat(reader.get("/wallets").status()).isEqualTo(200);
  }

  @Test
  void aRecognisedTokenExpires() {
    assertThat(reader.get("/wallets").status()).isEqualTo(200);
    world.organisation.clock().advance(Duration.ofDays(731));

    assertThat(reader.get("/wallets").status()).isEqualTo(401);
  }

  @Test
  void aRecognisedTokenIsNoTokenOfARemovedOrganisation() {
    assertThat(reader.get("/wallets").status()).isEqualTo(200);
    world.simulator.remove(world.organisation);

    assertThat(reader.get("/wallets").status()).isEqualTo(401);
  }

  @Test
  void textsOfTheSameHashAreDifferentTexts() {
    Recent<String> recent = new Recent<>();
    recent.add("Aa", "first");

    assertThat("BB".hashCode()).isEqualTo("Aa".hashCode());
    assertThat(recent.find("BB")).isEmpty();
    assertThat(recent.find("Aa")).contains("first");
  }

  @Test
  void manyTokensTakeTurnsInTheSamePlaces() {
    Recent<Integer> recent = new Recent<>();
    int kept = 0;
    for (int i = 0; i < 1000; i++) {
      recent.add("token " + i, i);
    }
    for (int i = 0; i < 1000; i++) {
      int number = i;
      kept += recent.find("token " + i).map(it -> it == number ? 1 : 1000).orElse(0);
    }

    assertThat(kept).isBetween(1, 64);
  }
}
