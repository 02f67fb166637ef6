package dev.countersign.simulator.junit;

import dev.countersign.simulator.Identity;
import dev.countersign.simulator.Organisation;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.junit.jupiter.api.extension.ParameterContext;

/**
 * Who acts through a parameter.
 *
 * @param casting finds or makes them in an organisation
 */
record Casting(Function<Stage, Actor> casting) {

  private static Casting registered(
      String name, BiFunction<Organisation, String, Identity> registration) {
    return new Casting(stage -> stage.actor(name, registration));
  }

  /** Who it is in an organisation. */
  Actor on(Stage stage) {
    return casting.apply(stage);
  }

  /** As the parameter is annotated, if it is. */
  static Optional<Casting> of(ParameterContext parameter) {
    return parameter
        .findAnnotation(Named.class)
        .map(it -> new Casting(stage -> stage.described(it.value())))
        .or(() -> serviceAccount(parameter))
        .or(() -> human(parameter))
        .or(
            () ->
                parameter
                    .findAnnotation(Admin.class)
                    .map(it -> registered(it.value(), (in, key) -> in.admin(it.value(), key))))
        .or(
            () ->
                parameter
                    .findAnnotation(EndUser.class)
                    .map(it -> registered(it.value(), (in, key) -> in.endUser(it.value(), key))));
  }

  private static Optional<Casting> serviceAccount(ParameterContext parameter) {
    return parameter
        .findAnnotation(ServiceAccount.class)
        .map(
            it ->
                registered(it.value(), (in, key) -> in.serviceAccount(it.value(), key, it.may())));
  }

  private static Optional<Casting> human(ParameterContext parameter) {
    return parameter
        .findAnnotation(Human.class)
        .map(it -> registered(it.value(), (in, key) -> in.human(it.value(), key, it.may())));
  }
}
