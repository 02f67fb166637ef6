package dev.countersign.simulator.junit;

import dev.countersign.simulator.Identity;
import dev.countersign.simulator.Organisation;
import java.util.Optional;
import java.util.function.BiFunction;
import org.junit.jupiter.api.extension.ParameterContext;

/**
 * Who acts through a parameter.
 *
 * @param name the name in the organisation
 * @param registration registers them with a public key
 */
record Casting(String name, BiFunction<Organisation, String, Identity> registration) {

  /** As the parameter is annotated, if it is. */
  static Optional<Casting> of(ParameterContext parameter) {
    return serviceAccount(parameter)
        .or(() -> human(parameter))
        .or(
            () ->
                parameter
                    .findAnnotation(Admin.class)
                    .map(it -> new Casting(it.value(), (in, key) -> in.admin(it.value(), key))))
        .or(
            () ->
                parameter
                    .findAnnotation(EndUser.class)
                    .map(it -> new Casting(it.value(), (in, key) -> in.endUser(it.value(), key))));
  }

  private static Optional<Casting> serviceAccount(ParameterContext parameter) {
    return parameter
        .findAnnotation(ServiceAccount.class)
        .map(
            it ->
                new Casting(it.value(), (in, key) -> in.serviceAccount(it.value(), key, it.may())));
  }

  private static Optional<Casting> human(ParameterContext parameter) {
    return parameter
        .findAnnotation(Human.class)
        .map(it -> new Casting(it.value(), (in, key) -> in.human(it.value(), key, it.may())));
  }
}
