package dev.countersign.simulator.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A human who may do everything ({@code ManagedFullAdminAccess}) acts through this parameter of a
 * {@link WithSimulator} test, with a key of its own.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface Admin {

  /** Its name, unique in the organisation. */
  String value() default "admin";
}
