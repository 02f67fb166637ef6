package dev.countersign.simulator.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * An end user with what end users may do from the start acts through this parameter of a {@link
 * WithSimulator} test, with a key of its own.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface EndUser {

  /** Its name, unique in the organisation. */
  String value() default "end-user";
}
