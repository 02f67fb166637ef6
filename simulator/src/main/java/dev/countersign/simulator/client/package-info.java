/**
 * The simulator in another process, in the test's hands. For tests that do not run it themselves.
 */
@NullMarked
package dev.countersign.simulator.client;

import org.jspecify.annotations.NullMarked;
