package dev.countersign.simulator.junit;

import dev.countersign.simulator.Scenario;
import java.lang.reflect.AnnotatedElement;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** The scenario of a test: its own, else that of its class, else that of a class around it. */
final class ScenarioOf {

  private ScenarioOf() {}

  /**
   * Reads it.
   *
   * @param owner whose the organisation is: the test, or its class
   * @throws dev.countersign.error.ConfigurationException if it is at fault
   */
  static Optional<Scenario> test(ExtensionContext test, ExtensionContext owner) {
    Optional<Scenario> own =
        test.getTestMethod().flatMap(method -> read(method, method.getDeclaringClass()));
    if (own.isPresent() && !owner.equals(test)) {
      throw new ExtensionConfigurationException(
          "One organisation is for all tests of the class, so the class has the scenario and none of"
              + " its methods");
    }
    Optional<ExtensionContext> around = Optional.of(test);
    while (own.isEmpty() && around.isPresent()) {
      own = around.get().getTestClass().flatMap(ScenarioOf::of);
      around = around.get().getParent();
    }
    return own;
  }

  /** That of a class or of the one it inherits it from, beside which the file is. */
  private static Optional<Scenario> of(Class<?> type) {
    return AnnotationSupport.findAnnotation(type, WithSimulator.class)
        .flatMap(annotation -> read(type, declaring(type, annotation)));
  }

  private static Class<?> declaring(Class<?> type, WithSimulator annotation) {
    Class<?> above = type.getSuperclass();
    boolean inherited =
        above != null
            && !Arrays.asList(type.getDeclaredAnnotations()).contains(annotation)
            && AnnotationSupport.findAnnotation(above, WithSimulator.class)
                .filter(annotation::equals)
                .isPresent();
    return inherited && above != null ? declaring(above, annotation) : type;
  }

  private static Optional<Scenario> read(AnnotatedElement annotated, Class<?> beside) {
    return AnnotationSupport.findAnnotation(annotated, WithSimulator.class)
        .map(WithSimulator::scenario)
        .filter(name -> !name.isEmpty())
        .map(name -> Scenario.resource(beside, name));
  }
}
