package dev.countersign.simulator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.simulator.Organisation;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is called without a token says in its body which organisation it is for. */
final class OpenOperationTest {

  private final World world = new World();
  private final Organisation other = world.simulator.addOrganisation("other");

  private Response initiate(String body) {
    return world.admin.raw(
        "POST",
        "/auth/login/oidc/init",
        Map.of("Content-Type", "application/json"),
        body.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void theOrganisationOfTheBodyAnswers() {
    assertThat(
            initiate("{\"redirectUri\":\"https://a\",\"orgId\":\"" + other.id() + "\"}").status())
        .isEqualTo(200);
    assertThat(other.decisions()).containsExactly("200 POST /auth/login/oidc/init");
    assertThat(world.organisation.decisions()).isEmpty();
  }

  @Test
  void theFirstOrganisationAnswersUnlessOneIsNamed() {
    assertThat(initiate("{\"redirectUri\":\"https://a\"}").status()).isEqualTo(200);
    assertThat(world.organisation.decisions()).containsExactly("200 POST /auth/login/oidc/init");
  }

  @Test
  void anUnknownOrganisationIsNotFound() {
    Response response = initiate("{\"redirectUri\":\"https://a\",\"orgId\":\"or-1\"}");
    assertThat(response.status()).isEqualTo(404);
  }

  @Test
  void theBodyIsCheckedAllTheSame() {
    assertThat(initiate("{}").status()).isEqualTo(400);
    assertThat(initiate("[]").status()).isEqualTo(400);
    assertThat(initiate("{\"redirectUri\":\"https://a\",\"no\":1}").status()).isEqualTo(400);
  }
}
