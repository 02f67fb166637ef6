package dev.countersign.simulator.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives each test an organisation of its own in a simulator, and parameters that act in it:
 *
 * <pre>{@code
 * @WithSimulator
 * class PayoutsTest {
 *
 *   @Test
 *   void aPayoutIsTransferred(
 *       @ServiceAccount(may = {"Wallets:Create", "Keys:Create"}) Dfns dfns, Happened happened) {
 *     new Payouts(dfns).pay("0x…", "1000");
 *
 *     happened.transferred("1000", "0x…");
 *   }
 * }
 * }</pre>
 *
 * <p>Parameters without annotation: {@link dev.countersign.simulator.Organisation}, {@link
 * dev.countersign.simulator.Simulator}, {@link Happened}, and {@link java.net.URI}, the address at
 * which any SDK reaches the simulator. Parameters of the types {@link dev.countersign.Dfns}, {@link
 * dev.countersign.simulator.Identity}, {@link dev.countersign.credential.CredentialSource} and
 * {@link dev.countersign.signing.Signer} say who acts: {@link ServiceAccount}, {@link Admin},
 * {@link Human}, {@link EndUser}, or {@link Named} for those of a {@link #scenario()}. The same
 * name is the same identity throughout a test.
 *
 * <p>A {@code Dfns} is wired as {@link dev.countersign.http.DfnsBuilder} does unless told
 * otherwise: it tries again, and it keeps under its rate limit by the real clock. Who wants it
 * otherwise, or tests wiring of their own, takes a {@code CredentialSource} and {@link
 * dev.countersign.simulator.Simulator#transport()}.
 *
 * <p>One simulator serves all tests of a run, and its organisations share nothing; so tests may run
 * in parallel. Identifiers come from the name of the test and are the same in each run. When a test
 * fails, what the simulator answered and why stands beside the failure, without secrets.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@ExtendWith(SimulatorExtension.class)
public @interface WithSimulator {

  /** Whether each test method has an organisation of its own, or all of a class one. */
  Per per() default Per.METHOD;

  /**
   * The scenario that the organisation is made of; none unless set. A resource of the class path,
   * beside the class that is annotated, such as {@code payouts.yaml}, or anywhere, such as {@code
   * /scenarios/payouts.yaml}. Its organisation has another name and so other identifiers in each
   * test. What is wrong with it fails the test, with file and line.
   */
  String scenario() default "";

  /** Whom an organisation is for. */
  enum Per {
    /** Each test method. */
    METHOD,
    /** All test methods of the class, which then depend on each other's order. */
    CLASS
  }
}
