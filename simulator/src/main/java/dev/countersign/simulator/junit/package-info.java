/**
 * The simulator in JUnit tests: an organisation for each, a client for each who acts in it, and
 * assertions in the words of Dfns.
 *
 * <p>JUnit is the embedder's: 5.11 or newer, or 6.
 */
@NullMarked
package dev.countersign.simulator.junit;

import org.jspecify.annotations.NullMarked;
