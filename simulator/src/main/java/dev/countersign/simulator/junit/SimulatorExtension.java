package dev.countersign.simulator.junit;

import dev.countersign.Dfns;
import dev.countersign.credential.CredentialSource;
import dev.countersign.signing.Signer;
import dev.countersign.simulator.Identity;
import dev.countersign.simulator.Organisation;
import dev.countersign.simulator.Scenario;
import dev.countersign.simulator.Simulator;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.platform.commons.support.AnnotationSupport;

/** What {@link WithSimulator} does. For that annotation; it needs no settings of its own. */
public final class SimulatorExtension
    implements BeforeEachCallback,
        ParameterResolver,
        TestExecutionExceptionHandler,
        LifecycleMethodExecutionExceptionHandler {

  private static final Namespace NAMESPACE = Namespace.create(SimulatorExtension.class);
  private static final Set<Class<?>> PLACES =
      Set.of(Organisation.class, Simulator.class, Happened.class, URI.class);
  private static final Set<Class<?>> ROLES =
      Set.of(Dfns.class, Identity.class, CredentialSource.class, Signer.class);

  /** For JUnit. */
  public SimulatorExtension() {}

  /** A scenario that is at fault fails the test, whatever the test asks for. */
  @Override
  public void beforeEach(ExtensionContext test) {
    stage(test);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
    Class<?> type = parameter.getParameter().getType();
    boolean cast = Casting.of(parameter).isPresent();
    if (cast && !ROLES.contains(type)) {
      throw new ParameterResolutionException(
          parameter.getParameter()
              + " says who acts, so it is a Dfns, an Identity, a"
              + " CredentialSource or a Signer");
    }
    if (!cast && ROLES.contains(type)) {
      throw new ParameterResolutionException(
          parameter.getParameter()
              + " does not say who acts: annotate it with @ServiceAccount, @Admin, @Human, @EndUser or @Named");
    }
    return cast || PLACES.contains(type);
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
    Stage stage = stage(test);
    Class<?> type = parameter.getParameter().getType();
    Optional<Casting> casting = Casting.of(parameter);
    if (casting.isPresent()) {
      return role(type, stage, casting.get().on(stage));
    }
    if (type == Organisation.class) {
      return stage.organisation();
    }
    if (type == Simulator.class) {
      return stage.house().simulator();
    }
    return type == Happened.class ? Happened.in(stage.organisation()) : stage.house().door().url();
  }

  private static Object role(Class<?> type, Stage stage, Actor actor) {
    if (type == Identity.class) {
      return actor.identity();
    }
    if (type == Signer.class) {
      return actor.signer();
    }
    return type == CredentialSource.class ? actor.credentials() : stage.dfns(actor);
  }

  @Override
  public void handleTestExecutionException(ExtensionContext test, Throwable failure)
      throws Throwable {
    throw explained(test, failure);
  }

  @Override
  public void handleBeforeEachMethodExecutionException(ExtensionContext test, Throwable failure)
      throws Throwable {
    throw explained(test, failure);
  }

  @Override
  public void handleAfterEachMethodExecutionException(ExtensionContext test, Throwable failure)
      throws Throwable {
    throw explained(test, failure);
  }

  /** The failure, with what the simulator decided beside it, where every runner prints it. */
  private static Throwable explained(ExtensionContext test, Throwable failure) {
    List<String> decisions = stage(test).organisation().decisions();
    AssertionError log =
        new AssertionError(
            decisions.isEmpty()
                ? "the simulator was asked nothing"
                : "what the simulator answered, and why:\n  " + String.join("\n  ", decisions));
    log.setStackTrace(new StackTraceElement[0]);
    failure.addSuppressed(log);
    return failure;
  }

  /** The organisation of the test or, if so annotated, of its class. */
  private static Stage stage(ExtensionContext test) {
    ExtensionContext owner = owner(test);
    Store store = owner.getStore(NAMESPACE);
    return Objects.requireNonNull(
        store.getOrComputeIfAbsent(
            Stage.class,
            it -> stage(house(test), "junit " + owner.getUniqueId(), ScenarioOf.test(test, owner)),
            Stage.class));
  }

  private static Stage stage(Playhouse house, String name, Optional<Scenario> scenario) {
    return scenario.map(it -> Stage.of(house, name, it)).orElseGet(() -> Stage.empty(house, name));
  }

  private static ExtensionContext owner(ExtensionContext test) {
    Optional<ExtensionContext> ofClass =
        test.getTestMethod().isPresent() ? test.getParent() : Optional.of(test);
    boolean perClass =
        test.getTestClass()
            .flatMap(type -> AnnotationSupport.findAnnotation(type, WithSimulator.class))
            .filter(annotation -> annotation.per() == WithSimulator.Per.CLASS)
            .isPresent();
    return perClass ? ofClass.orElse(test) : test;
  }

  private static Playhouse house(ExtensionContext test) {
    return Objects.requireNonNull(
        test.getRoot()
            .getStore(NAMESPACE)
            .getOrComputeIfAbsent(Playhouse.class, it -> new Playhouse(), Playhouse.class));
  }
}
