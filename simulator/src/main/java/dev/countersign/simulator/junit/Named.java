package dev.countersign.simulator.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A person or service account whom the {@linkplain WithSimulator#scenario() scenario} describes
 * acts through this parameter of a {@link WithSimulator} test. An {@link
 * dev.countersign.simulator.Identity} can be anybody; who is to sign has {@code key: generate} in
 * the scenario.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface Named {

  /** The name in the scenario. */
  String value();
}
