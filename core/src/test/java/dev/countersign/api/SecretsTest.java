package dev.countersign.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.api.auth.CreateUserActionSignatureResponse;
import dev.countersign.api.auth.LoginToken;
import dev.countersign.api.auth.PasswordAssertion;
import dev.countersign.api.webhooks.WebhookWithSecret;
import dev.countersign.codegen.Property;
import dev.countersign.codegen.Schema;
import dev.countersign.credential.Secret;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonString;
import dev.countersign.json.SecretNames;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SecretsTest {

  record Place(String schema, Property property) {
    @Override
    public String toString() {
      return schema + "." + property.name();
    }
  }

  static List<Place> secrets() {
    List<Place> places = new ArrayList<>();
    for (Schema schema : Api.DESCRIPTION.schemas()) {
      if (schema instanceof Schema.ObjectSchema object) {
        object.properties().stream()
            .filter(Property::secret)
            .forEach(p -> places.add(new Place(object.name(), p)));
      }
    }
    return places;
  }

  @Test
  void theDescriptionKnowsSecrets() {
    assertThat(secrets()).hasSize(63);
  }

  @ParameterizedTest
  @MethodSource("secrets")
  void aSecretMemberIsMaskedWhereverItIsPrinted(Place place) {
    String name = place.property().name();
    assertThat(SecretNames.contains(name)).isTrue();
    JsonObject json = JsonObject.of(name, JsonString.of("t0p-s3cret"));
    Object view = Api.typeOf(Api.DESCRIPTION.schema(place.schema())).read(json);
    assertThat(view.toString()).contains(name).doesNotContain("t0p-s3cret");
  }

  @ParameterizedTest
  @MethodSource("secrets")
  void itsAccessorGivesASecret(Place place) throws ReflectiveOperationException {
    Class<?> type = Api.classOf(Api.DESCRIPTION.schema(place.schema()));
    assertThat(type.getMethod(place.property().name()).getGenericReturnType().getTypeName())
        .isIn(Secret.class.getName(), "java.util.Optional<" + Secret.class.getName() + ">");
  }

  @Test
  void aSecretSurvivesTheWayThroughABuilder() {
    LoginToken token = LoginToken.builder().token(Secret.of("eyJ")).build();
    assertThat(token.token().reveal()).isEqualTo("eyJ");
    assertThat(LoginToken.TYPE.write(token))
        .isEqualTo(JsonObject.of("token", JsonString.of("eyJ")));
  }

  @Test
  void aMissingSecretIsNamedAndTheOthersAreNotShown() {
    assertThatThrownBy(() -> WebhookWithSecret.builder().url("https://x.example").build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("WebhookWithSecret needs 'id'");
    assertThatThrownBy(() -> CreateUserActionSignatureResponse.of(JsonObject.empty()).userAction())
        .hasMessageContaining("userAction");
  }

  @Test
  void aSecretOfTheWrongKindIsNotShown() {
    PasswordAssertion assertion =
        PasswordAssertion.of(
            JsonObject.of("password", JsonObject.of("a", JsonString.of("hunter2"))));
    assertThatThrownBy(assertion::password)
        .hasMessageContaining("'password'")
        .hasMessageNotContaining("hunter2");
  }
}
